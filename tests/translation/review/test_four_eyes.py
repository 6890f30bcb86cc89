"""Whoever wrote or changed a text that stands in a unit cannot approve the unit, by whatever steps."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from campaigns.models import CampaignPage
from tests import factories
from tests.scenes import scene
from tests.translating import change_source, words_of
from tests.translation.desk.desks import desk_of
from tests.translation.exchanging import bring_in, xliff_of
from translation.desk.history import versions_of
from translation.models import AltTextDraft, Review, ReviewStatus

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name="WD"
    )


@scene
def writer(newsroom):
    """A reviewer of Russian who translates as well."""
    return factories.UserFactory(groups=["Reviewer", "Translator ru"])


@scene
def russian(newsroom, campaign):
    return newsroom.send(campaign, "ru")[0]


def say(newsroom, translation, person, text: str, source: str = "World Day") -> None:
    translator, newsroom.translators["ru"] = newsroom.translators["ru"], person
    newsroom.word_one(translation, source, text)
    newsroom.translators["ru"] = translator


def is_approved_by(newsroom, translation, person) -> bool:
    newsroom.word(translation)
    review = newsroom.submit(translation)
    newsroom.decide(review, user=person)
    return Review.objects.get(pk=review.pk).status == ReviewStatus.APPROVED


def test_text__that_another_has_changed_and_changed_back(newsroom, russian, writer):
    say(newsroom, russian, writer, "День")
    say(newsroom, russian, newsroom.translators["ru"], "Другое")
    say(newsroom, russian, newsroom.translators["ru"], "День")

    assert not is_approved_by(newsroom, russian, writer)


def test_text__that_another_has_changed_a_little(newsroom, russian, writer):
    say(newsroom, russian, writer, "День мира")
    say(newsroom, russian, newsroom.translators["ru"], "День мира.")

    assert not is_approved_by(newsroom, russian, writer)


def test_text__that_another_has_cleared_and_typed_again(newsroom, russian, writer):
    say(newsroom, russian, writer, "День")
    segment = russian.source.stringsegment_set.get(string__data="World Day")
    url = reverse("wagtail_localize:edit_string_translation", args=[russian.pk, segment.pk])
    newsroom.as_(newsroom.translators["ru"]).delete(url)
    say(newsroom, russian, newsroom.translators["ru"], "День")

    assert not is_approved_by(newsroom, russian, writer)


def from_history(newsroom, translation, text: str) -> None:
    segment = translation.source.stringsegment_set.get(string__data="World Day")
    version = next(each for each in versions_of(translation, segment) if each.text == text)
    url = reverse("translation_desk:history", args=[translation.pk, segment.pk])
    newsroom.as_(newsroom.translators["ru"]).post(url, {"version": version.id})


def from_a_file(newsroom, translation, text: str) -> None:
    bring_in(newsroom.as_(newsroom.translators["ru"]), xliff_of(translation, title=text))


def from_the_editor(newsroom, translation, text: str) -> None:
    say(newsroom, translation, newsroom.translators["ru"], text)


def from_the_desk(newsroom, translation, text: str) -> None:
    unit = desk_of(newsroom, translation).unit("World Day")
    unit.desk.client.post(reverse("translation_desk:save", args=unit.args), {"text": f" {text} "})


@pytest.mark.parametrize("bring_back", [from_history, from_a_file, from_the_editor, from_the_desk])
def test_text__that_comes_back_after_another_was_approved(newsroom, russian, writer, bring_back):
    say(newsroom, russian, writer, "День & ночь")
    say(newsroom, russian, newsroom.translators["ru"], "Другое")
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))

    bring_back(newsroom, russian, "День & ночь")

    assert words_of(russian, "World Day") in ("День & ночь", "День &amp; ночь")
    assert not is_approved_by(newsroom, russian, writer)
    newsroom.decide(Review.objects.get(status=ReviewStatus.WAITING))
    assert not Review.objects.filter(status=ReviewStatus.WAITING).exists()


@pytest.mark.parametrize("bring_back", [from_history, from_a_file, from_the_editor, from_the_desk])
def test_text__that_comes_back_and_is_changed_a_little(newsroom, russian, writer, bring_back):
    say(newsroom, russian, writer, "День & ночь")
    say(newsroom, russian, newsroom.translators["ru"], "Другое")
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))

    bring_back(newsroom, russian, "День & ночь")
    say(newsroom, russian, newsroom.translators["ru"], "День & ночь!")

    assert not is_approved_by(newsroom, russian, writer)
    newsroom.decide(Review.objects.get(status=ReviewStatus.WAITING))
    assert not Review.objects.filter(status=ReviewStatus.WAITING).exists()


def test_approved_text__that_another_calls_still_valid(newsroom, campaign, writer):
    translator, newsroom.translators["ru"] = newsroom.translators["ru"], writer
    [russian] = newsroom.bring_live(campaign, "ru")
    newsroom.translators["ru"] = translator
    change_source(campaign, title="World Day now")

    say(newsroom, russian, translator, "World Day [ru]", "World Day now")

    assert not is_approved_by(newsroom, russian, writer)


def test_reviewers_who_are_all_authors__are_told_what_to_do(newsroom, campaign, writer):
    """Two people alone: one has written the text, the other has said that it is still valid."""
    newsroom.reviewer.is_active = False
    newsroom.reviewer.save()
    third = factories.UserFactory(groups=["Reviewer", "Translator ru"], first_name="Zarina", last_name="Sodiqova")
    newsroom.translators["ru"] = writer
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian), user=third)
    change_source(campaign, title="World Day now")
    newsroom.translators["ru"] = third
    newsroom.word_one(russian, "World Day now", "World Day [ru]")

    submitted = newsroom.as_(third).post(reverse("translation_review:submit", args=[russian.pk]), follow=True)

    told = "All reviewers of the language have written or changed some of these texts"
    assert told in submitted.content.decode()
    url = reverse("translation_review:review", args=[Review.objects.get(status=ReviewStatus.WAITING).pk])
    assert told in newsroom.as_(writer).get(url).content.decode()
    administrator = factories.UserFactory(is_superuser=True)
    assert told not in newsroom.as_(administrator).get(url).content.decode()
    factories.UserFactory(groups=["Reviewer"], first_name="Farhod", last_name="Alizoda")
    assert "Can be approved by: Farhod Alizoda." in newsroom.as_(writer).get(url).content.decode()


def test_text__whose_source_has_changed_and_that_another_has_changed(newsroom, campaign, russian, writer):
    say(newsroom, russian, writer, "День")
    say(newsroom, russian, newsroom.translators["ru"], "День мира")
    change_source(campaign, title="World Day now")
    say(newsroom, russian, newsroom.translators["ru"], "День мира теперь", "World Day now")

    assert not is_approved_by(newsroom, russian, writer)


def test_own_text__that_the_memory_brings(newsroom, campaign, writer):
    translator, newsroom.translators["ru"] = newsroom.translators["ru"], writer
    newsroom.bring_live(campaign, "ru")
    newsroom.translators["ru"] = translator
    other = factories.EditionPageFactory(parent=campaign, year=2024, global_theme="World Day")
    [russian] = newsroom.send(other, "ru")

    row = StringTranslation.objects.get(
        context__object_id=other.translation_key, translation_of__data="World Day", locale=russian.target_locale
    )
    assert row.last_translated_by is None
    assert not is_approved_by(newsroom, russian, writer)


def test_own_text__over_which_another_has_imported_a_file(newsroom, russian, writer):
    say(newsroom, russian, writer, "День")
    newsroom.word(russian)
    bring_in(newsroom.as_(newsroom.translators["ru"]), xliff_of(russian, title="День мира"))

    assert not is_approved_by(newsroom, russian, writer)


def test_own_file__over_which_another_has_typed(newsroom, russian, writer):
    newsroom.word(russian)
    bring_in(newsroom.as_(writer), xliff_of(russian, title="День"))
    say(newsroom, russian, newsroom.translators["ru"], "День мира")

    assert not is_approved_by(newsroom, russian, writer)


def test_approved_text__that_another_has_changed_is_reviewed_by_its_writer(newsroom, campaign, writer):
    """What was approved is no longer anybody's own."""
    translator, newsroom.translators["ru"] = newsroom.translators["ru"], writer
    [russian] = newsroom.bring_live(campaign, "ru")
    newsroom.translators["ru"] = translator
    say(newsroom, russian, translator, "Новый день")

    assert is_approved_by(newsroom, russian, writer)


def test_units__of_others_are_approved_by_one_who_wrote_some(newsroom, russian, writer):
    say(newsroom, russian, writer, "День")
    newsroom.word(russian)
    review = newsroom.submit(russian)
    newsroom.decide(review, user=writer)
    waits = Review.objects.get(pk=review.pk)
    done = waits.status, waits.decisions.count()

    newsroom.decide(review)

    assert done == (ReviewStatus.WAITING, 1)
    assert Review.objects.get(pk=review.pk).status == ReviewStatus.APPROVED


def test_alternative_text__that_another_has_changed_and_changed_back(newsroom, writer):
    other = factories.UserFactory(groups=["Reviewer", "Translator ru"])
    image = factories.SiteImageFactory(title="Road", alt_texts={"en": "A road", "ru": "Дорога"})
    url = reverse("translation_alt_texts:edit", args=["ru", image.pk])
    for person, text in ((writer, "Улица"), (other, "Двор"), (other, "Улица")):
        newsroom.as_(person).post(url, {"text": text})

    newsroom.as_(writer).post(url, {"action": "approve", "draft": AltTextDraft.objects.get().pk})

    image.refresh_from_db()
    assert image.alt_texts["ru"] == "Дорога"


def test_alternative_text__that_comes_back_after_another_was_approved(newsroom, writer):
    other = factories.UserFactory(groups=["Reviewer", "Translator ru"])
    image = factories.SiteImageFactory(title="Road", alt_texts={"en": "A road", "ru": "Дорога"})
    url = reverse("translation_alt_texts:edit", args=["ru", image.pk])

    def approved_by(person) -> str:
        newsroom.as_(person).post(url, {"action": "approve", "draft": AltTextDraft.objects.get().pk})
        image.refresh_from_db()
        return image.alt_texts["ru"]

    newsroom.as_(writer).post(url, {"text": "Улица"})
    newsroom.as_(other).post(url, {"text": "Двор"})
    first = approved_by(newsroom.reviewer)
    newsroom.as_(other).post(url, {"text": "Улица"})

    assert (first, approved_by(writer), approved_by(newsroom.reviewer)) == ("Двор", "Двор", "Улица")
