"""Alternative texts: each by people of its language, and out of date once the original says something else."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from core.models import SiteImage
from tests import factories
from tests.translating import Newsroom, edit_url
from translation.board.readiness import Readiness, readiness_of
from translation.members.gathering import members_of
from translation.segments import target_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def image() -> SiteImage:
    return factories.SiteImageFactory(title="Road", alt_texts={"en": "A road", "ru": "Дорога"})


@pytest.fixture
def campaign(site, image):
    return factories.CampaignPageFactory(parent=site.campaign_index, slug="wdatip", lead_image=image)


def change(newsroom: Newsroom, image: SiteImage, user, **texts: str) -> HttpResponse:
    """In the image's own form."""
    image.refresh_from_db()
    sent = {f"alt_{code}": text for code, text in (image.alt_texts | texts).items()}
    kept = {"title": image.title, "shows": image.shows, "consent_scope": image.consent_scope}
    response = newsroom.as_(user).post(reverse("wagtailimages:edit", args=[image.pk]), {**kept, **sent})
    image.refresh_from_db()
    return response


def write(newsroom: Newsroom, image: SiteImage, user, text: str, code: str = "ru") -> HttpResponse:
    """Where the board leads to."""
    url = reverse("translation_alt_texts:edit", args=[code, image.pk])
    response = newsroom.as_(user).post(url, {"text": text})
    image.refresh_from_db()
    return response


def on_the_board(newsroom: Newsroom, campaign) -> str:
    cells = readiness_of(members_of(campaign), [newsroom.site.locales["ru"].pk])
    return next(cell.status for cell in cells.values() if cell.member.title == "Road")


@pytest.mark.parametrize("person", ["editor", "publisher"])
def test_image_form__writes_only_the_sites_own_language(newsroom, image, campaign, person):
    response = change(newsroom, image, getattr(newsroom, person), en="A wide road", ru="Улица", tg="Кӯча")

    assert response.status_code == 302
    assert image.alt_texts == {"en": "A wide road", "ru": "Дорога"}


def test_image_form__writes_a_language_with_the_right_for_it(newsroom, image):
    both = factories.UserFactory(groups=["Editor", "Translator ru"])

    change(newsroom, image, both, ru="Широкая дорога", tg="Кӯча")

    assert image.alt_texts == {"en": "A road", "ru": "Широкая дорога"}


def test_translator__writes_the_own_language_where_the_board_leads(newsroom, image, campaign):
    translator = newsroom.translators["ru"]
    text = newsroom.as_(translator).get(reverse("translation_board:index")).content.decode()
    url = reverse("translation_alt_texts:edit", args=["ru", image.pk])
    assert url in text
    assert "A road" in newsroom.as_(translator).get(url).content.decode()

    write(newsroom, image, translator, "Широкая дорога")
    refused = [write(newsroom, image, translator, "x", code) for code in ("tg", "en")]
    refused += [write(newsroom, image, person, "x") for person in (newsroom.editor, newsroom.translators["tg"])]

    assert image.alt_texts == {"en": "A road", "ru": "Широкая дорога"}
    assert all(response.status_code in (302, 403) for response in refused)


def test_name_of_a_file__is_refused(newsroom, image, campaign):
    assert write(newsroom, image, newsroom.translators["ru"], "IMG_2041.jpg").status_code == 200
    assert image.alt_texts["ru"] == "Дорога"


def test_original_changed__is_out_of_date_until_somebody_has_looked(newsroom, image, campaign):
    before = on_the_board(newsroom, campaign)
    change(newsroom, image, newsroom.editor, en="A bus on a road")
    stale = on_the_board(newsroom, campaign)
    page = newsroom.as_(newsroom.translators["ru"]).get(
        reverse("translation_alt_texts:edit", args=["ru", image.pk])
    )

    write(newsroom, image, newsroom.translators["ru"], "Дорога")

    assert (before, stale) == (Readiness.LIVE, Readiness.STALE)
    assert "<del" in page.content.decode()
    assert on_the_board(newsroom, campaign) == Readiness.LIVE
    change(newsroom, image, newsroom.editor, en="A road")
    assert on_the_board(newsroom, campaign) == Readiness.STALE


def test_original_changed_back__is_up_to_date_again(newsroom, image, campaign):
    change(newsroom, image, newsroom.editor, en="A bus on a road")
    change(newsroom, image, newsroom.editor, en="A road")

    assert on_the_board(newsroom, campaign) == Readiness.LIVE


def test_editor_of_a_translation__names_the_pictures_and_leads_to_their_texts(newsroom, image, campaign):
    [russian, tajik] = newsroom.send(campaign, "ru", "tg")
    change(newsroom, image, newsroom.editor, en="A bus on a road")

    pages = {
        each.target_locale.language_code: newsroom.as_(person).get(edit_url(target_of(each))).content.decode()
        for each, person in ((russian, newsroom.translators["ru"]), (tajik, newsroom.publisher))
    }

    assert reverse("translation_alt_texts:edit", args=["ru", image.pk]) in pages["ru"]
    assert "Дорога</span> (out of date)" in pages["ru"]
    assert "Road: missing" in pages["tg"]
