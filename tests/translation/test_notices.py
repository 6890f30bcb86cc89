"""Who hears of what, how, and once."""

import datetime
from contextlib import contextmanager
from html import unescape

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from tests import factories
from tests.scenes import scene
from tests.translating import change_source, edit_url
from translation.models import Assignment, Notice, NoticeKind, NoticePreference
from translation.notices import mail as mailing
from translation.notices.writing import tell
from translation.sending.jobs import request_send
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db
BROKEN = "tests.translation.test_notices.BrokenBackend"


class BrokenBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    @contextmanager
    def run():
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return run


@scene
def translator(site):
    return factories.UserFactory(groups=["Translator ru"])


def told(person, kind: str = "") -> list[str]:
    notices = Notice.objects.filter(person=person).order_by("pk")
    return [notice.title for notice in (notices.filter(kind=kind) if kind else notices)]


def notify(person, site, title: str = "Romit", kind: str = NoticeKind.ASSIGNED, detail=""):
    quote = factories.QuoteFactory()
    return tell(person, kind, quote.translation_key, site.locales["ru"].pk, title, detail)[0]


def test_notice__is_mailed_after_the_transaction_in_the_persons_language(translator, site, committed):
    profile = UserProfile.get_for_user(translator)
    profile.preferred_language = "ru"
    profile.save()

    with committed():
        notice = notify(translator, site, detail="What to do.")
        assert mail.outbox == []

    sent = mail.outbox[0]
    assert sent.to == [translator.email]
    assert sent.subject.startswith("Romit: ")
    assert f"http://localhost:8000{reverse('translation_notices:open', args=[notice.pk])}" in sent.body
    assert "What to do." in sent.body
    assert "Русский" in sent.body
    assert Notice.objects.get(pk=notice.pk).mailed_at


def test_digest__is_one_mail_a_day_where_the_person_prefers_it(translator, site, committed):
    NoticePreference.objects.create(person=translator, daily_digest=True)
    with committed():
        notify(translator, site, "Romit")
        notify(translator, site, "Khujand")
    assert mail.outbox == []

    call_command("send_notices")
    call_command("send_notices")

    assert len(mail.outbox) == 1
    assert "Romit" in mail.outbox[0].body
    assert "Khujand" in mail.outbox[0].body
    with committed():
        notify(translator, site, "Later")
    call_command("send_notices")
    assert len(mail.outbox) == 1
    Notice.objects.exclude(mailed_at=None).update(mailed_at=timezone.now() - datetime.timedelta(days=1))
    call_command("send_notices")
    assert len(mail.outbox) == 2


def test_failing_mail_server__loses_nothing_and_stops_nobody(newsroom, site, committed, settings):
    settings.EMAIL_BACKEND = BROKEN
    takeaway = factories.TakeawayFactory(statement="Keep it.")
    with committed():
        newsroom.bring_live(takeaway, "ru")
    with committed():
        change_source(takeaway, statement="Always keep it.")

    assert type(takeaway).objects.get(pk=takeaway.pk).statement == "Always keep it."
    assert told(newsroom.translators["ru"], NoticeKind.SOURCE_CHANGED) == ["Always keep it."]
    with pytest.raises(CommandError):
        call_command("send_notices")
    assert not Notice.objects.exclude(mailed_at=None).exists()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("send_notices")

    assert not Notice.objects.filter(mailed_at=None).exists()
    assert {message.to[0] for message in mail.outbox} >= {newsroom.translators["ru"].email}


def test_one_persons_mail__that_fails_keeps_nobody_elses(site, translator, monkeypatch):
    other = factories.UserFactory(email="other@example.org")
    notify(translator, site)
    notify(other, site)
    real = mailing.send_mail

    def send_mail(subject, text, to):
        if to == [translator.email]:
            raise ConnectionResetError
        return real(subject, text, to)

    monkeypatch.setattr(mailing, "send_mail", send_mail)

    with pytest.raises(CommandError):
        call_command("send_notices")

    assert [message.to for message in mail.outbox] == [["other@example.org"]]
    assert Notice.objects.get(person=translator).mailed_at is None


def test_source_change__is_told_once_for_each_thing(newsroom, site, committed):
    story = factories.NewsPageFactory(parent=site.news_index, title="Romit", summary="What happened.")
    with committed():
        newsroom.bring_live(story, "ru", "tg")
    person = newsroom.translators["ru"]

    with committed():
        change_source(story, title="Romit again", summary="What happened there.")
    with committed():
        change_source(story, title="Romit once more")

    assert told(person, NoticeKind.SOURCE_CHANGED) == ["Romit again"]
    assert told(newsroom.translators["tg"], NoticeKind.SOURCE_CHANGED) == ["Romit again"]
    Notice.objects.update(seen_at=timezone.now())
    with committed():
        change_source(story, title="Romit for the last time")
    assert told(person, NoticeKind.SOURCE_CHANGED) == ["Romit again", "Romit for the last time"]


def test_source_change__is_told_to_whom_it_is_assigned(newsroom, site, committed):
    other = factories.UserFactory(groups=["Translator ru"])
    takeaway = factories.TakeawayFactory(statement="Keep it.")
    with committed():
        newsroom.bring_live(takeaway, "ru")
    Assignment.objects.create(object_key=takeaway.translation_key, locale=site.locales["ru"], person=other)

    with committed():
        change_source(takeaway, statement="Always keep it.")

    assert told(other, NoticeKind.SOURCE_CHANGED) == ["Always keep it."]
    assert told(newsroom.translators["ru"], NoticeKind.SOURCE_CHANGED) == []


def test_source_change__is_not_told_to_whom_may_no_longer_translate(newsroom, site, committed):
    other = factories.UserFactory(groups=["Translator ru"])
    takeaway = factories.TakeawayFactory(statement="Keep it.")
    with committed():
        newsroom.bring_live(takeaway, "ru")
    Assignment.objects.create(object_key=takeaway.translation_key, locale=site.locales["ru"], person=other)
    other.groups.clear()

    with committed():
        change_source(takeaway, statement="Always keep it.")

    assert told(other) == []
    assert told(newsroom.translators["ru"], NoticeKind.SOURCE_CHANGED) == ["Always keep it."]


def test_review__is_told_to_reviewers_and_its_result_to_the_translator(newsroom, site, committed):
    translation = newsroom.send(factories.TakeawayFactory(statement="Keep it."), "ru")[0]
    newsroom.word(translation)
    translator = newsroom.translators["ru"]

    with committed():
        review = newsroom.submit(translation)
    assert told(newsroom.reviewer, NoticeKind.SUBMITTED) == ["Keep it."]
    opened = newsroom.as_(newsroom.reviewer).get(
        reverse("translation_notices:open", args=[Notice.objects.get(person=newsroom.reviewer).pk])
    )
    assert opened.url == reverse("translation_review:review", args=[review.pk])

    with committed():
        newsroom.decide(review, "reject", "Say it shorter.")
    assert Notice.objects.get(person=translator, kind=NoticeKind.REFUSED).detail == "Say it shorter."

    with committed():
        review = newsroom.submit(translation)
        newsroom.decide(review)
    assert told(translator, NoticeKind.APPROVED) == ["Keep it."]
    assert told(newsroom.reviewer, NoticeKind.APPROVED) == []


def test_page_that_waits_to_be_published__opens_where_the_publisher_publishes_it(newsroom, site, committed):
    [translation] = newsroom.send(factories.NewsPageFactory(parent=site.news_index, title="A morning"), "ru")
    newsroom.word(translation)
    with committed():
        newsroom.decide(newsroom.submit(translation))
    notice = Notice.objects.get(person=newsroom.publisher, kind=NoticeKind.READY)

    opened = newsroom.as_(newsroom.publisher).get(
        reverse("translation_notices:open", args=[notice.pk]), follow=True
    )

    assert opened.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[target_of(translation).pk])
    assert '"canPublish": true' in unescape(opened.text)
    Notice.objects.filter(pk=notice.pk).update(seen_at=None)
    newsroom.publish(translation)
    assert Notice.objects.get(pk=notice.pk).seen_at


def test_page_that_waits_to_be_published__waits_no_longer_once_its_source_has_changed(newsroom, site, committed):
    story = factories.NewsPageFactory(parent=site.news_index, title="A morning")
    [translation] = newsroom.send(story, "ru")
    newsroom.word(translation)
    with committed():
        newsroom.decide(newsroom.submit(translation))
    ready = Notice.objects.filter(person=newsroom.publisher, kind=NoticeKind.READY, seen_at=None)
    assert ready.exists()

    with committed():
        change_source(story, title="An evening")

    assert not ready.exists()


def test_assignment__is_told_once_for_what_was_sent_together(translator, site, committed):
    editor = factories.UserFactory(groups=["Editor"])
    quotes = [factories.QuoteFactory() for _number in range(3)]

    with committed():
        request_send(quotes, [site.locales["ru"]], editor, "Voices", translator, datetime.date(2027, 7, 1))
    with committed():
        request_send(quotes, [site.locales["ru"]], editor, "Voices", translator, datetime.date(2027, 7, 1))

    notice = Notice.objects.get(person=translator)
    assert (notice.kind, notice.title) == (NoticeKind.ASSIGNED, "Voices")
    assert "3 items to translate" in notice.detail
    assert len(mail.outbox) == 1


def test_dashboard__shows_what_is_new_until_it_is_seen(client, translator, site):
    notice = notify(translator, site, "Romit")
    notify(factories.UserFactory(), site, "Not mine")
    client.force_login(translator)
    home = reverse("wagtailadmin_home")
    assert "Romit" in (shown := client.get(home).text)
    assert "Not mine" not in shown

    client.get(reverse("translation_notices:open", args=[notice.pk]))

    assert Notice.objects.get(pk=notice.pk).seen_at
    assert "translation-notices" not in client.get(home).text
    assert "Romit" in client.get(reverse("translation_notices:index")).text


def test_notices__are_marked_as_seen_by_their_person_only(client, translator, site):
    mine, others = notify(translator, site), notify(factories.UserFactory(), site)
    client.force_login(translator)

    client.post(reverse("translation_notices:seen"))

    assert client.get(reverse("translation_notices:open", args=[others.pk])).status_code == 404
    assert Notice.objects.get(pk=mine.pk).seen_at
    assert Notice.objects.get(pk=others.pk).seen_at is None


def test_account__lets_a_person_choose_one_mail_a_day(client, translator):
    client.force_login(translator)
    url = reverse("wagtailadmin_account")
    shown = client.get(url)
    assert "One mail a day" in shown.text
    data = {
        "name_email-first_name": "A",
        "name_email-last_name": "B",
        "name_email-email": translator.email,
        "locale-preferred_language": "en",
        "locale-current_time_zone": "Asia/Dushanbe",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
        "theme-keyboard_shortcuts": "on",
        "translation_notices-mails": "daily",
    }

    client.post(url, data)

    assert NoticePreference.objects.get(person=translator).daily_digest


def test_account__lets_a_person_choose_no_mails(translator, site, committed):
    NoticePreference.objects.create(person=translator, never=True)

    with committed():
        notify(translator, site, "Romit")
    call_command("send_notices")

    assert mail.outbox == []
    assert told(translator) == ["Romit"]


def test_source_change__is_told_to_whoever_is_in_the_middle_and_shown_in_the_editor(newsroom, site, committed):
    """It is assigned to somebody else, and nothing of it was ever approved."""
    other = factories.UserFactory(groups=["Translator ru"])
    takeaway = factories.TakeawayFactory(statement="Keep it.")
    [russian] = newsroom.send(takeaway, "ru")
    Assignment.objects.create(object_key=takeaway.translation_key, locale=site.locales["ru"], person=other)
    person = newsroom.translators["ru"]
    newsroom.word_one(russian, "Keep it.", "Держи.")
    mail.outbox.clear()

    with committed():
        change_source(takeaway, statement="Always keep it.")

    assert {message.to[0] for message in mail.outbox} == {person.email, other.email}
    client, url = newsroom.as_(person), edit_url(target_of(russian))
    assert "The source has changed since you were here last" in client.get(url).text
    assert "The source has changed since you were here last" not in client.get(url).text


def test_workflow__sends_no_mails_of_its_own_beside_ours(newsroom, site, committed):
    """Superusers hear of every workflow from Wagtail, and who has submitted hears of its end."""
    factories.UserFactory(is_superuser=True, email="root@example.org")
    [russian] = newsroom.send(factories.TakeawayFactory(statement="Keep it."), "ru")
    newsroom.word(russian)
    mail.outbox.clear()

    with committed():
        review = newsroom.submit(russian)
    with committed():
        newsroom.decide(review)

    assert [message.to for message in mail.outbox] == [
        [newsroom.reviewer.email],
        [newsroom.translators["ru"].email],
    ]
