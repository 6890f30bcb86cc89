"""A quote or a person withdrawn: what the screens show, who may, and that nothing brings the words back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Person, Quote
from core.consent.withdrawals import undo, withdraw
from core.models import Withdrawal
from core.publishing.gate import PublishBlocked
from home.rights import make_groups
from tests import factories
from tests.scenes import scene
from tests.withdrawing import stored

pytestmark = pytest.mark.django_db

WORD = "zarnigorinabrak"
TEXT = f"They sold me for a {WORD} and a telephone."
KEPT = {"core_withheldcontent.rows", "core_withheldcontent.words"}


@scene
def story(site):
    make_groups()
    return factories.NewsPageFactory(parent=site.news_index, title="Lanterns in Romit")


@scene
def quote(story):
    quote = factories.QuoteFactory(text=TEXT, source=story)
    quote.save_revision().publish()
    return quote


def url(instance) -> str:
    meta = instance._meta
    return reverse("consent:withdraw", args=[meta.app_label, meta.model_name, instance.withdrawal_key])


def logged_in(client, group):
    client.force_login(factories.UserFactory(groups=[group]))
    return client


def test_screen__shows_where_it_is_shown_and_whom_to_ask(client, site, story, quote):
    html = logged_in(client, "Editor").get(url(quote)).content.decode()

    assert f'href="{story.full_url}"' in html
    assert f"/api/v2/quotes/{quote.translation_key}/" in html
    for address in ("search.google.com", "bing.com", "webmaster.yandex", "info@archive.org"):
        assert address in html
    assert TEXT in client.get(story.url).content.decode()
    assert not Withdrawal.objects.exists()


def test_quote__is_gone_with_the_next_request(client, story, quote):
    quote.copy_for_translation(story.locale.__class__.objects.get(language_code="ru")).save()
    logged_in(client, "Editor").post(url(quote), {"reason": "Asked for"})

    client.logout()
    assert WORD not in client.get(story.url).content.decode()
    assert WORD not in client.get("/api/v2/quotes/").content.decode()
    assert client.get(f"/api/v2/quotes/{quote.translation_key}/").status_code == 404
    record = Withdrawal.objects.get()
    assert story.full_url in record.addresses


@pytest.mark.parametrize(
    ("group", "withdrawn"), [("Editor", True), ("Publisher", True), ("Translator ru", False), ("Reviewer", False)]
)
def test_quote__withdrawn_by_whoever_may_change_it(client, quote, group, withdrawn):
    logged_in(client, group).post(url(quote), {"reason": "Asked for"})

    quote.refresh_from_db()
    assert bool(quote.consent_withdrawn) is withdrawn


@pytest.mark.parametrize(("group", "undone"), [("Editor", False), ("Publisher", True), ("Reviewer", False)])
def test_quote__undone_by_publishers(client, quote, group, undone):
    record = withdraw(quote, None, "Asked for")
    logged_in(client, group).post(reverse("consent:undo", args=[record.pk]), {"reason": "Another quote"})

    quote.refresh_from_db()
    assert (quote.text == TEXT) is undone


@pytest.mark.parametrize("said", [TEXT, f"Remove “{TEXT}”", TEXT.upper(), f"She said {TEXT[:41]}"])
def test_reason__does_not_repeat_the_words(client, quote, said):
    form = logged_in(client, "Editor").post(url(quote), {"reason": said}).context["form"]

    assert form.errors["reason"]
    assert not Withdrawal.objects.exists()


def test_draft__keeps_its_newest_words_for_undoing_alone(story):
    quote = factories.QuoteFactory(text="First draft of it.", live=False)
    quote.save_revision()
    quote.text = TEXT
    quote.save_revision()

    record = withdraw(quote, None, "Asked for")
    assert stored(WORD) == KEPT

    undo(record, None, "Mistake")
    quote.refresh_from_db()
    assert (quote.text, quote.live) == (TEXT, False)
    assert quote.get_latest_revision_as_object().text == TEXT


def test_schedule__is_ended(story, quote):
    later = timezone.now() + timezone.timedelta(hours=1)
    quote.go_live_at = later
    quote.save_revision().publish()
    withdraw(quote, None, "Asked for")

    assert not quote.revisions.exclude(approved_go_live_at=None).exists()
    assert stored(WORD) == KEPT


def test_old_version__brought_back_has_no_words(client, quote):
    old = quote.latest_revision
    quote.text = "Something harmless instead."
    quote.save_revision().publish()
    withdraw(quote, None, "Asked for")

    revert = reverse(Quote.snippet_viewset.get_url_name("revisions_revert"), args=[quote.pk, old.pk])
    html = logged_in(client, "Publisher").get(revert).content.decode()
    assert WORD not in html
    old.refresh_from_db()
    with pytest.raises(PublishBlocked):
        old.publish()
    quote.refresh_from_db()
    assert not quote.consent_holds()
    assert stored(WORD) == {"core_withheldcontent.words"}


@pytest.mark.parametrize("way", ["save", "update_fields", "save_revision", "copy_for_translation", "same_key"])
def test_code_that_holds_an_old_copy__writes_no_words(site, quote, way):
    old = Quote.objects.get(pk=quote.pk)
    withdraw(quote, None, "Asked for")

    if way == "save":
        old.save()
    elif way == "update_fields":
        old.role = "herder"
        old.save(update_fields=["role", "text"])
    elif way == "save_revision":
        old.save_revision()
    elif way == "copy_for_translation":
        copy = old.copy_for_translation(site.locales["tg"])
        with pytest.raises(PublishBlocked):
            copy.save()
        copy.live = False
        copy.save()
    else:
        Quote.objects.filter(pk=quote.pk).delete()
        Quote(text=TEXT, translation_key=quote.translation_key, locale=quote.locale, live=False).save()

    assert stored(WORD) <= KEPT
    assert all(row.consent_withdrawn for row in Quote.objects.all())


def test_person__is_withdrawn_with_quotes_photo_and_name(client, story):
    photo = factories.SiteImageFactory(people=True, title=f"Photo of {WORD}")
    person = factories.PersonFactory(name=f"Zarina {WORD}", photo=photo)
    quotes = [factories.QuoteFactory(text=f"{n}. {TEXT}", speaker=person, source=story) for n in range(2)]
    other = factories.QuoteFactory(text="Somebody else said this.", source=story)
    person.save_revision().publish()
    html = logged_in(client, "Editor").get(url(person)).content.decode()
    assert all(each.text in html for each in quotes)
    assert WORD in client.get(story.url).content.decode()

    answer = client.post(url(person), {"reason": "Take everything of me away"})
    assert answer.url != reverse("wagtailadmin_home")

    client.logout()
    page = client.get(story.url).content.decode()
    assert WORD not in page
    assert other.text in page
    person.refresh_from_db()
    photo.refresh_from_db()
    assert not person.live
    assert photo.consent_withdrawn
    assert Withdrawal.objects.count() == 4
    assert stored(WORD) <= KEPT
    with pytest.raises(PublishBlocked):
        person.save_revision().publish()


def test_person__photo_of_others_as_well_stays(story):
    photo = factories.SiteImageFactory(people=True)
    person, _other = factories.PersonFactory(photo=photo), factories.PersonFactory(photo=photo)

    withdraw(person, None, "Asked for")

    photo.refresh_from_db()
    assert photo.consent_withdrawn is None
    assert Person.objects.filter(live=True).count() == 1
