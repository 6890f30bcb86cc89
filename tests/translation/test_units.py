"""What is known of a unit, in one row and one query."""

from importlib import import_module
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.models import CampaignPage
from core import work
from tests import factories
from tests.scenes import scene
from tests.translating import change_source, state_of, words_of
from translation.models import ApprovedWording, NeedsReview, Review, StaleMark, Standing, Summary, Unit
from translation.units.segments import segments_of
from translation.units.states import Status
from translation.units.summaries import COUNTED, compute

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name="WD"
    )


@scene
def russian(newsroom, campaign):
    [translation] = newsroom.bring_live(campaign, "ru")
    return translation


def title_of(translation):
    return next(each for each in segments_of(translation) if each.path == "title")


def test_segments__are_read_in_one_query(newsroom, russian, campaign, django_assert_num_queries):
    newsroom.word_one(russian, "WD", "ВД")
    with django_assert_num_queries(1):
        found = {each.path: each for each in segments_of(russian)}

    assert found["title"].standing == Standing.APPROVED
    assert found["title"].approved == found["title"].text == "World Day [ru]"
    assert found["title"].approved_by == newsroom.reviewer.pk
    assert found["title"].approved_at is not None
    assert (found["short_name"].standing, found["short_name"].text) == (Standing.TRANSLATED, "ВД")
    assert found["short_name"].translator == newsroom.translators["ru"].pk
    assert found["short_name"].drafted_at is not None


def test_earlier_source_and_text__stay_until_the_next_approval(newsroom, russian, campaign):
    change_source(campaign, title="World Day against trafficking")
    stale = title_of(russian)
    newsroom.word_one(russian, "World Day against trafficking", "День против торговли")
    saved = title_of(russian)
    review = newsroom.submit(russian)
    html = newsroom.as_(newsroom.reviewer).get(reverse("translation_review:review", args=[review.pk])).text
    newsroom.decide(review)
    approved = title_of(russian)

    assert (stale.standing, stale.stale.old_source) == (Standing.STALE, "World Day")
    assert saved.standing == Standing.TRANSLATED
    assert saved.stale is None
    assert (saved.earlier.old_source, saved.earlier.old_text) == ("World Day", "World Day [ru]")
    assert "World Day<ins> against trafficking</ins>" in html
    assert (approved.standing, approved.earlier) == (Standing.APPROVED, None)


def test_moved_block__keeps_what_is_known_of_its_string(newsroom, campaign):
    paragraphs = [("rich_text", "<p>One sentence.</p>"), ("rich_text", "<p>Another sentence.</p>")]
    campaign = change_source(campaign, body=paragraphs)
    [russian] = newsroom.bring_live(campaign, "ru")

    change_source(
        campaign, body=[("rich_text", "<p>Another sentence.</p>"), ("rich_text", "<p>One sentence.</p>")]
    )

    assert words_of(russian, "One sentence.") == "One sentence. [ru]"
    assert {each.standing for each in segments_of(russian)} == {Standing.APPROVED}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"approved_text": "День"},
        {"approved_at": NOW},
        {"approved_text": "День", "approved_at": NOW, "stale_since": NOW},
        {"old_text": "День", "unsure_from": "PO", "unsure_since": NOW},
        {"old_source": "Day", "unsure_from": "PO"},
        {"unsure_since": NOW},
        {"old_source": "Day", "kept_at": NOW},
    ],
)
def test_database__refuses_what_contradicts_itself(russian, values: dict[str, Any]):
    place = {"object_key": russian.source.object_id, "locale": russian.target_locale, "path": "slug"}
    hashes = {"path_id": russian.uuid, "string_hash": russian.uuid}

    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(**place, **hashes, **values)


def test_database__holds_one_row_for_each_place_and_one_waiting_review(newsroom, russian, campaign):
    unit = Unit.objects.filter(path="title").get()
    change_source(campaign, title="World Days")
    newsroom.word(russian)
    review = newsroom.submit(russian)

    unit.pk = review.pk = None
    review.revision = campaign.save_revision()
    for row in (unit, review):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_many_new_strings__ask_the_memory_once(newsroom, campaign):
    newsroom.send(campaign, "ru", "tg")
    sentences = "".join(f"<p>Sentence number {number} of a long page.</p>" for number in range(200))

    with CaptureQueriesContext(connection) as captured:
        change_source(campaign, introduction=sentences)

    tables = ("translation_unit", "translation_summary", "wagtail_localize_stringtranslation")
    own = [each["sql"] for each in captured if any(table in each["sql"] for table in tables)]
    assert len(own) <= 60
    assert len(captured) <= 200 * 10 + 300


def test_known_strings__are_proposed_in_bulk(newsroom, campaign, site):
    sentences = "".join(f"<p>Sentence number {number} of a long page.</p>" for number in range(100))
    campaign = change_source(campaign, introduction=sentences)
    newsroom.bring_live(campaign, "ru")
    other = factories.CampaignPageFactory(parent=site.campaign_index)
    [russian] = newsroom.send(other, "ru")

    with CaptureQueriesContext(connection) as captured:
        change_source(other, introduction=sentences)

    written = [
        each["sql"] for each in captured if 'INSERT INTO "wagtail_localize_stringtranslation"' in each["sql"]
    ]
    assert len(written) <= 2
    assert words_of(russian, "Sentence number 7 of a long page.") == "Sentence number 7 of a long page. [ru]"


# Summaries.


def summary_of(translation) -> Summary:
    return Summary.objects.get(object_key=translation.source.object_id, locale=translation.target_locale)


def test_summary__is_counted_after_each_change_and_read_in_place_of_the_units(newsroom, russian, campaign):
    work.perform_due()
    live = summary_of(russian)
    newsroom.word_one(russian, "WD", "ВД")
    outdated, counted = summary_of(russian), state_of(russian)
    work.perform_due()
    with CaptureQueriesContext(connection) as captured:
        stored = state_of(russian)

    assert (live.strings, live.approved, live.words_left) == (2, 2, 0)
    assert live.behind_since is None
    assert outdated.computed_at is None
    assert counted == stored
    assert stored.is_reworded
    assert not any("translation_unitrow" in each["sql"] for each in captured)
    assert (summary_of(russian).approved, summary_of(russian).translated) == (1, 1)


def test_summary__says_since_when_the_translation_is_behind(newsroom, russian, campaign):
    change_source(campaign, title="World Days")
    work.perform_due()
    behind = summary_of(russian)
    change_source(campaign, short_name="WDs")
    work.perform_due()

    assert (behind.stale, behind.outdated) == (1, 1)
    assert behind.behind_since == Unit.objects.stale().get(path="title").stale_since
    assert summary_of(russian).behind_since == behind.behind_since
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))
    work.perform_due()
    assert summary_of(russian).behind_since is None
    assert state_of(russian).status == Status.LIVE


@pytest.mark.parametrize("values", [{"approved": 7}, {"approved_words": 7}, {"approved_print": "x"}])
def test_summary__that_counts_wrongly_is_found_and_mended(russian, values, capsys):
    work.perform_due()
    right = [getattr(summary_of(russian), name) for name in COUNTED]
    Summary.objects.update(**values)

    with pytest.raises(CommandError):
        call_command("check_translations")
    call_command("check_translations", fix=True)

    assert "its strings are counted wrongly" in capsys.readouterr().out
    assert [getattr(summary_of(russian), name) for name in COUNTED] == right


def test_summary__that_is_missing_is_made_again(russian):
    Summary.objects.all().delete()

    call_command("check_translations", fix=True)

    assert summary_of(russian).approved == 2


def test_summary__of_what_is_gone_goes(russian):
    russian.delete()

    Summary.objects.update(computed_at=None)
    compute([russian.source.object_id])

    assert not Summary.objects.exists()


# The tables of the release before.


def rows_of(*models: Any) -> list[list[tuple[Any, ...]]]:
    return [
        sorted(
            model.objects.values_list(*(field.attname for field in model._meta.fields if field.name != "id")),
            key=str,
        )
        for model in models
    ]


def test_approval_by_the_release_before__is_taken_over(newsroom, russian, campaign):
    change_source(campaign, title="World Days")
    newsroom.word(russian)
    unit = Unit.objects.get(path="title", string_hash=title_of(russian).string_hash)
    place = {name: getattr(unit, name) for name in ("object_key", "locale_id", "path", "path_id", "string_hash")}
    ApprovedWording.objects.create(
        **place, source="World Days", text="World Days [ru]", approved_at=timezone.now()
    )

    call_command("check_translations", fix=True)

    assert (title_of(russian).standing, title_of(russian).earlier) == (Standing.APPROVED, None)
    call_command("check_translations")


def test_migration__moves_all_rows_and_brings_them_back(russian, campaign, site):
    former = (ApprovedWording, StaleMark, NeedsReview)
    place = {"object_key": campaign.translation_key, "locale": site.locales["ru"], "path": "title"}
    both, other = (
        {"path_id": russian.uuid, "string_hash": key} for key in (russian.uuid, campaign.translation_key)
    )
    ApprovedWording.objects.create(**place, **both, source="a", text="б", approved_at=NOW, kept_at=NOW)
    StaleMark.objects.create(**place, **both, old_source="c", old_text="д", was_approved=True, since=NOW)
    NeedsReview.objects.create(**place, **both, tool="PO")
    StaleMark.objects.create(**place, **other, old_source="e", old_text="ж", since=NOW)
    before, migration = rows_of(*former), import_module("translation.migrations.0010_units_filled")
    Unit.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute(migration.FILL)
        units = {unit.string_hash: unit for unit in Unit.objects.all()}
        for statement in migration.BACK:
            cursor.execute(statement)

    assert (units[russian.uuid].approved_text, units[russian.uuid].old_text) == ("б", "д")
    assert units[russian.uuid].unsure_from == "PO"
    assert (units[campaign.translation_key].old_source, units[campaign.translation_key].approved_at) == ("e", None)
    assert rows_of(*former) == before
    assert not Unit.objects.exists()
    assert Review.objects.count() == 1
