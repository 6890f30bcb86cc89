"""Alternative texts: each by people of its language, approved by others before readers see it, and out of date
once the original says something else."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import SiteImage
from tests import factories
from tests.translating import Newsroom, change_alt_texts, edit_url
from tests.typed import Response
from translation.board.readiness import Readiness, readiness_of
from translation.campaign_contents.seen_by_readers import members_of
from translation.launch.plan import Plan
from translation.models import AltTextDraft, Notice, NoticeKind
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def image() -> SiteImage:
    return factories.SiteImageFactory(title="Road", alt_texts={"en": "A road", "ru": "Дорога"})


@pytest.fixture
def campaign(site, image):
    return factories.CampaignPageFactory(parent=site.campaign_index, slug="wdatip", lead_image=image)


def write(newsroom: Newsroom, image: SiteImage, user, text: str, code: str = "ru") -> Response:
    """Where the board leads to."""
    url = reverse("translation_alt_texts:edit", args=[code, image.pk])
    response = newsroom.as_(user).post(url, {"text": text})
    image.refresh_from_db()
    return response


def decide(newsroom: Newsroom, image: SiteImage, user=None, action="approve", draft=None, **sent) -> Response:
    draft = draft or AltTextDraft.objects.get(image=image, locale=newsroom.site.locales["ru"])
    url = reverse("translation_alt_texts:edit", args=["ru", image.pk])
    client = newsroom.as_(user or newsroom.reviewer)
    response = client.post(url, {"action": action, "draft": draft.pk, **sent})
    image.refresh_from_db()
    return response


def on_the_board(newsroom: Newsroom, campaign) -> str:
    cells = readiness_of(members_of(campaign), [newsroom.site.locales["ru"].pk])
    return next(cell.status for cell in cells.values() if cell.member.title == "Road")


@pytest.mark.parametrize("person", ["editor", "publisher"])
def test_image_form__writes_only_the_sites_own_language(newsroom, image, person):
    response = change_alt_texts(
        newsroom, image, getattr(newsroom, person), en="A wide road", ru="Улица", tg="Кӯча"
    )

    assert response.status_code == 302
    assert image.alt_texts == {"en": "A wide road", "ru": "Дорога"}


def test_image_form__writes_a_language_with_the_right_for_it(newsroom, image):
    both = factories.UserFactory(groups=["Editor", "Translator ru"])

    change_alt_texts(newsroom, image, both, ru="Широкая дорога", tg="Кӯча")
    [draft] = AltTextDraft.objects.all()

    assert image.alt_texts == {"en": "A road", "ru": "Дорога"}
    assert (draft.text, draft.written_by) == ("Широкая дорога", both)


def test_image_form__says_what_the_checks_find_in_other_languages(newsroom, image):
    both = factories.UserFactory(groups=["Editor", "Translator ru"])

    def said(text: str) -> list[str]:
        request = change_alt_texts(newsroom, image, both, ru=text).wsgi_request
        return [str(each).strip() for each in get_messages(request) if each.level_tag == "warning"]

    assert said("Дорога дорога.") == [
        "Русский: A word is repeated.",
        "Русский: The final punctuation mark differs from the source.",
    ]
    assert AltTextDraft.objects.get().text == "Дорога дорога."
    assert said("Широкая дорога") == []
    assert said("Дорога") == []


def test_image_form__with_a_new_picture_writes_only_the_sites_own_language_at_once(newsroom, image):
    both = factories.UserFactory(groups=["Editor", "Translator ru"])
    with image.file.open("rb") as file:
        upload = SimpleUploadedFile("other.png", file.read(), "image/png")
    sent = {"title": "Bus", "file": upload, "consent_scope": "website", "alt_en": "A bus", "alt_ru": "Автобус"}

    newsroom.as_(both).post(reverse("wagtailimages:add"), sent)
    made = SiteImage.objects.get(title="Bus")
    [draft] = AltTextDraft.objects.all()

    assert made.alt_texts == {"en": "A bus"}
    assert (draft.image, draft.text, draft.source) == (made, "Автобус", "A bus")


def test_translator__writes_the_own_language_where_the_board_leads(newsroom, image, campaign):
    translator = newsroom.translators["ru"]
    text = newsroom.as_(translator).get(reverse("translation_board:index")).content.decode()
    url = reverse("translation_alt_texts:edit", args=["ru", image.pk])
    assert url in text
    assert "A road" in newsroom.as_(translator).get(url).content.decode()

    write(newsroom, image, translator, "Широкая дорога")
    refused = [write(newsroom, image, translator, "x", code) for code in ("tg", "en")]
    refused += [write(newsroom, image, person, "x") for person in (newsroom.editor, newsroom.translators["tg"])]

    assert image.alt_texts == {"en": "A road", "ru": "Дорога"}
    assert [draft.text for draft in AltTextDraft.objects.all()] == ["Широкая дорога"]
    assert all(response.status_code in (302, 403) for response in refused)


def test_text__for_a_source_that_has_changed_is_shown_again_beside_the_new_one(newsroom, image, campaign):
    person = newsroom.as_(newsroom.translators["ru"])
    url = reverse("translation_alt_texts:edit", args=["ru", image.pk])

    def seen(response: Response) -> str:
        return str(BeautifulSoup(response.content, "html.parser").select("input[name='source']")[0]["value"])

    before = seen(person.get(url))
    change_alt_texts(newsroom, image, newsroom.publisher, en="A goat")
    refused = person.post(url, {"text": "Широкая дорога", "source": before})

    assert "The source text has changed." in refused.text
    assert "A goat" in refused.text
    assert not AltTextDraft.objects.exists()
    assert person.post(url, {"text": "Коза", "source": seen(refused)}).status_code == 302
    assert AltTextDraft.objects.get().source == "A goat"


def test_change_of_the_source__is_told_to_the_translators_of_the_text(
    newsroom, image, campaign, django_capture_on_commit_callbacks
):
    of_text, of_draft = newsroom.translators["ru"], factories.UserFactory(groups=["Translator ru"])
    factories.UserFactory(groups=["Translator ru"])
    [russian] = newsroom.send(campaign, "ru")

    def told_after(**texts: str) -> list[str]:
        Notice.objects.all().delete()
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change_alt_texts(newsroom, image, newsroom.publisher, **texts)
        assert len(mail.outbox) == Notice.objects.count()
        of_image = Notice.objects.filter(kind=NoticeKind.SOURCE_CHANGED, image=image, title="Road")
        return sorted(of_image.values_list("person__username", flat=True))

    def names(*people) -> list[str]:
        return sorted(each.username for each in people)

    everybody = User.objects.filter(groups__name="Translator ru")
    assert told_after(en="A goat") == names(*everybody)
    write(newsroom, image, of_text, "Коза")
    decide(newsroom, image)
    assert told_after(en="A sheep") == names(of_text)
    write(newsroom, image, of_draft, "Овца")
    assert told_after(en="A horse") == names(of_text, of_draft)
    assert told_after(en="A horse") == []

    told_after(en="A dog")
    key = russian.source.object_id
    newsroom.as_(of_text).get(reverse("translation_desk:desk", args=[key, "ru"]))
    newsroom.as_(of_draft).get(reverse("translation_alt_texts:edit", args=["ru", image.pk]))
    assert not Notice.objects.filter(seen_at=None).exists()


def test_name_of_a_file__is_refused(newsroom, image, campaign):
    assert write(newsroom, image, newsroom.translators["ru"], "IMG_2041.jpg").status_code == 200
    assert image.alt_texts["ru"] == "Дорога"


def test_original_changed__is_out_of_date_until_somebody_has_looked(newsroom, image, campaign):
    before = on_the_board(newsroom, campaign)
    change_alt_texts(newsroom, image, newsroom.publisher, en="A bus on a road")
    stale = on_the_board(newsroom, campaign)
    page = newsroom.as_(newsroom.translators["ru"]).get(
        reverse("translation_alt_texts:edit", args=["ru", image.pk])
    )

    write(newsroom, image, newsroom.translators["ru"], "Дорога")

    assert (before, stale) == (Readiness.LIVE, Readiness.STALE)
    assert "<del" in page.content.decode()
    assert on_the_board(newsroom, campaign) == Readiness.IN_REVIEW
    decide(newsroom, image)
    assert on_the_board(newsroom, campaign) == Readiness.LIVE
    change_alt_texts(newsroom, image, newsroom.publisher, en="A road")
    assert on_the_board(newsroom, campaign) == Readiness.STALE


def test_original_changed_back__is_up_to_date_again(newsroom, image, campaign):
    change_alt_texts(newsroom, image, newsroom.publisher, en="A bus on a road")
    change_alt_texts(newsroom, image, newsroom.publisher, en="A road")

    assert on_the_board(newsroom, campaign) == Readiness.LIVE


def test_editor_of_a_translation__names_the_pictures_and_leads_to_their_texts(newsroom, image, campaign):
    [russian, tajik] = newsroom.send(campaign, "ru", "tg")
    change_alt_texts(newsroom, image, newsroom.publisher, en="A bus on a road")

    pages = {
        each.target_locale.language_code: newsroom.as_(person).get(edit_url(target_of(each))).content.decode()
        for each, person in ((russian, newsroom.translators["ru"]), (tajik, newsroom.publisher))
    }

    assert reverse("translation_alt_texts:edit", args=["ru", image.pk]) in pages["ru"]
    assert "Дорога</span> (out of date)" in pages["ru"]
    assert "Road: missing" in pages["tg"]


def test_new_text__is_read_by_nobody_until_another_person_approves_it(newsroom, image, campaign, client):
    SiteImage.objects.filter(pk=image.pk).update(alt_texts={"en": "A road"})
    missing = on_the_board(newsroom, campaign)
    write(newsroom, image, newsroom.translators["ru"], "Дорога")
    api = reverse("wagtailapi:images:detail", args=[image.pk])
    before = image.alt("ru"), client.get(api).json()["alt_texts"], on_the_board(newsroom, campaign)

    decide(newsroom, image)

    assert missing == Readiness.MISSING
    assert before == ("A road", {"en": "A road"}, Readiness.IN_REVIEW)
    assert image.alt_texts == client.get(api).json()["alt_texts"] == {"en": "A road", "ru": "Дорога"}
    assert on_the_board(newsroom, campaign) == Readiness.LIVE
    assert not AltTextDraft.objects.exists()


@pytest.mark.parametrize("four_eyes", [True, False])
def test_writer__does_not_approve_their_own_text(newsroom, image, settings, four_eyes):
    settings.TRANSLATION_FOUR_EYES = four_eyes
    both = factories.UserFactory(groups=["Reviewer", "Translator ru"])
    write(newsroom, image, both, "Улица")

    response = decide(newsroom, image, both)

    assert (image.alt_texts["ru"] == "Улица") is not four_eyes
    assert response.status_code == 302


def test_writer__does_not_get_rid_of_authorship_by_somebody_who_saves_it_again(newsroom, image):
    both = factories.UserFactory(groups=["Reviewer", "Translator ru"])
    write(newsroom, image, both, "Улица")
    write(newsroom, image, newsroom.translators["ru"], "Улица")

    decide(newsroom, image, both)

    assert image.alt_texts["ru"] == "Дорога"


def test_approval__by_others_or_of_another_text_than_was_read_is_refused(newsroom, image, campaign):
    write(newsroom, image, newsroom.translators["ru"], "Улица")
    read = AltTextDraft.objects.get()
    for person in (newsroom.translators["ru"], newsroom.translators["tg"], newsroom.editor, newsroom.publisher):
        decide(newsroom, image, person)
    write(newsroom, image, newsroom.translators["ru"], "Чушь")

    decide(newsroom, image, draft=read)

    assert image.alt_texts["ru"] == "Дорога"
    assert AltTextDraft.objects.get().text == "Чушь"


def test_refusal__goes_back_with_a_reason(newsroom, image, campaign, django_capture_on_commit_callbacks):
    translator, reviewer = newsroom.translators["ru"], newsroom.reviewer
    with django_capture_on_commit_callbacks(execute=True):
        write(newsroom, image, translator, "Улица")
    decide(newsroom, image, action="reject", reason=" ")
    waits = AltTextDraft.objects.get().waits
    with django_capture_on_commit_callbacks(execute=True):
        decide(newsroom, image, action="reject", reason="It is a road.")
    page = newsroom.as_(translator).get(reverse("translation_alt_texts:edit", args=["ru", image.pk]))
    told = {notice.kind: notice for notice in Notice.objects.filter(image=image)}

    assert waits
    assert image.alt_texts["ru"] == "Дорога"
    assert "It is a road." in page.content.decode()
    assert page.context["form"]["text"].value() == "Улица"
    assert on_the_board(newsroom, campaign) == Readiness.LIVE
    assert (told[NoticeKind.SUBMITTED].person, told[NoticeKind.REFUSED].person) == (reviewer, translator)
    opened = newsroom.as_(translator).get(reverse("translation_notices:open", args=[told[NoticeKind.REFUSED].pk]))
    assert opened.url == reverse("translation_alt_texts:edit", args=["ru", image.pk])


def test_text_as_readers_have_it__takes_back_what_waits(newsroom, image):
    write(newsroom, image, newsroom.translators["ru"], "Улица")
    write(newsroom, image, newsroom.translators["ru"], "Дорога")

    assert not AltTextDraft.objects.exists()


def test_original_changed_while_it_waits__is_out_of_date_after_approval(newsroom, image, campaign):
    write(newsroom, image, newsroom.translators["ru"], "Улица")
    change_alt_texts(newsroom, image, newsroom.publisher, en="A bus on a road")

    decide(newsroom, image)

    assert image.alt_texts["ru"] == "Улица"
    assert on_the_board(newsroom, campaign) == Readiness.STALE


def test_launch__counts_a_text_in_review_as_not_ready(newsroom, image, campaign):
    write(newsroom, image, newsroom.translators["ru"], "Улица")

    plan = Plan(campaign, newsroom.site.locales["ru"])

    assert "Road" in [part.member.title for part in plan.missing]


def test_reviewer__finds_what_waits_among_the_translations(newsroom, image, campaign):
    write(newsroom, image, newsroom.translators["ru"], "Улица")
    index = reverse("translation_review:index")
    url = reverse("translation_alt_texts:edit", args=["ru", image.pk])

    text = newsroom.as_(newsroom.reviewer).get(index).content.decode()
    page = newsroom.as_(newsroom.reviewer).get(url)

    assert url in text
    assert page.context["may_decide"]
    assert 'value="approve"' in page.content.decode()
    decide(newsroom, image)
    assert url not in newsroom.as_(newsroom.reviewer).get(index).content.decode()
