"""Whose wording it is: whoever wrote it, not whoever saved it again."""

from typing import Any

import pytest
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from campaigns.models import CampaignPage
from tests import factories
from tests.scenes import scene
from tests.translating import change_source
from tests.translation.exchanging import bring_in, xliff_of
from translation.models import Review, ReviewStatus, Unit

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name=""
    )


@scene
def writer(newsroom):
    """A reviewer of Russian who translates as well."""
    return factories.UserFactory(groups=["Reviewer", "Translator ru"])


def say(newsroom, translation, person, source: str, text: str) -> None:
    translator, newsroom.translators["ru"] = newsroom.translators["ru"], person
    newsroom.word_one(translation, source, text)
    newsroom.translators["ru"] = translator


def place_of(translation, source: str) -> dict[str, Any]:
    segment = translation.source.stringsegment_set.get(string__data=source)
    return {
        "object_key": translation.source.object_id,
        "locale_id": translation.target_locale_id,
        "path": segment.context.path,
        "path_id": segment.context.path_id,
        "string_hash": segment.string.data_hash,
    }


def author(translation, source: str):
    return StringTranslation.objects.get(
        translation_of__data=source, locale=translation.target_locale
    ).last_translated_by


def test_same_text_saved_again__is_still_its_authors(newsroom, campaign, writer):
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    say(newsroom, russian, writer, "World Day", "День")

    say(newsroom, russian, newsroom.translators["ru"], "World Day", "День")
    review = newsroom.submit(russian)
    newsroom.decide(review, user=writer)

    assert author(russian, "World Day") == writer
    review.refresh_from_db()
    assert review.status == ReviewStatus.WAITING


def test_other_text__is_whose_it_is_since_and_still_its_first_authors(newsroom, campaign, writer):
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    say(newsroom, russian, writer, "World Day", "День")

    say(newsroom, russian, newsroom.translators["ru"], "World Day", "День мира")
    review = newsroom.submit(russian)
    newsroom.decide(review, user=writer)

    assert author(russian, "World Day") == newsroom.translators["ru"]
    assert Review.objects.get(pk=review.pk).status == ReviewStatus.WAITING


def test_approved_text_kept_for_a_new_source__is_whoever_said_so(newsroom, campaign, writer):
    """To say that it still fits is a translator's decision, which they do not approve themselves."""
    [russian] = newsroom.bring_live(campaign, "ru")
    change_source(campaign, title="World Day now")

    say(newsroom, russian, writer, "World Day now", "World Day [ru]")

    assert author(russian, "World Day now") == writer


def test_text_of_the_memory_saved_again__is_whoever_stands_by_it(newsroom, campaign, site, writer):
    newsroom.bring_live(campaign, "ru")
    other = factories.EditionPageFactory(parent=campaign, year=2024, global_theme="World Day")
    [russian] = newsroom.send(other, "ru")
    row = StringTranslation.objects.get(
        context__object_id=other.translation_key, translation_of__data="World Day", locale=site.locales["ru"]
    )
    assert row.last_translated_by is None

    say(newsroom, russian, writer, "World Day", row.data)

    row.refresh_from_db()
    assert row.last_translated_by == writer


def test_same_text_from_a_file__is_still_its_authors(newsroom, campaign, writer):
    [russian] = newsroom.send(campaign, "ru")
    say(newsroom, russian, writer, "World Day", "День")
    Unit.objects.create(**place_of(russian, "World Day"), unsure_from="PO", unsure_since=timezone.now())

    bring_in(newsroom.as_(newsroom.translators["ru"]), xliff_of(russian, title="День"))

    assert not Unit.objects.unsure().exists()
    assert author(russian, "World Day") == writer


def test_approved_text_confirmed_by_a_file__is_whose_file_it_is(newsroom, campaign, writer):
    [russian] = newsroom.bring_live(campaign, "ru")
    change_source(campaign, title="World Day now")

    bring_in(newsroom.as_(writer), xliff_of(russian, title="World Day [ru]"))

    assert author(russian, "World Day now") == writer
