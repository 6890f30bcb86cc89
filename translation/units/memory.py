"""Filling from the translation memory: a text that was approved for a string anywhere on the site becomes the
draft text of other units with the same string. It still has to be approved there."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from core.consent.withheld import withheld_words
from translation.models import TranslationSettings, Unit, UnitRow
from translation.units.carrying import approve_again, carry_machine_texts, carrying
from translation.withheld import is_withheld

TOOL = "Translation memory"
SIMILAR, FOREIGN = f"{TOOL}, similar string", f"{TOOL}, file"
"""The tools of texts that somebody took from a similar string, or from a file of another program."""
STAYING = (SIMILAR, FOREIGN)
"""The tools that stay when the text is edited, or taken again."""
TITLE = "title"


def fill(translation: Translation) -> None:
    """Fill the units of a translation that have no draft text from the memory."""
    _fill(translation.source, [translation.pk])


def fill_source(source: TranslationSource) -> None:
    """Fill the units of a source that have no draft text from the memory, in all languages that it is translated
    into (at most seven queries, and three for each title)."""
    _fill(source, list(source.translations.values_list("pk", flat=True)))


def _fill(source: TranslationSource, translations: Collection[int]) -> None:
    if not TranslationSettings.fills_exact_matches():
        return
    empty = list(UnitRow.objects.filter(translation__in=translations, wording=None).order_by("order", "segment"))
    if not empty:
        return
    known = _known({row.string_hash for row in empty}, {row.locale for row in empty})
    proposed = {
        (row.locale, row.context, row.string): (row, unit)
        for row in empty
        if (unit := known[row.locale].get(row.string_hash))
    }
    _propose([row for row, _unit in proposed.values()], known)
    carry_machine_texts((unit, _unit(row), str) for row, unit in proposed.values())
    # The block was deleted and created again: the same string of the same object is approved here as well.
    segments = source.stringsegment_set.select_related("string", "context").in_bulk(
        [row.segment for row, unit in proposed.values() if unit.object_key == row.object_key]
    )
    approve_again((unit, segments[row.segment]) for row, unit in proposed.values() if row.segment in segments)


def _propose(rows: Collection[UnitRow], known: dict[int, dict[UUID, Unit]]) -> None:
    """Store texts of the memory as draft texts. Those of titles are saved one by one, which gives a page its draft
    title; for the others nothing follows from that."""
    made = [_wording(row, known[row.locale][row.string_hash]) for row in rows]
    titles = {row.context for row in rows if row.path == TITLE}
    StringTranslation.objects.bulk_create(
        [wording for wording in made if wording.context_id not in titles], ignore_conflicts=True, batch_size=500
    )
    with carrying():
        for wording in made:
            if wording.context_id in titles:
                wording.save()


def _unit(row: UnitRow) -> Unit:
    return Unit(
        object_key=row.object_key,
        locale_id=row.locale,
        path=row.path,
        path_id=row.path_id,
        string_hash=row.string_hash,
    )


def _wording(row: UnitRow, unit: Unit) -> StringTranslation:
    return StringTranslation(
        translation_of_id=row.string,
        context_id=row.context,
        locale_id=row.locale,
        data=unit.approved_text,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        tool_name=TOOL,
    )


def _known(hashes: set[UUID], locale_ids: set[int]) -> dict[int, dict[UUID, Unit]]:
    """Return by language the unit with the newest approved text of each source string, by the hash of the string,
    without strings that have none. Texts with withdrawn words are left out."""
    rows = Unit.objects.approved().filter(string_hash__in=hashes, locale_id__in=locale_ids)
    found: dict[int, dict[UUID, Unit]] = defaultdict(dict)
    withheld = withheld_words()
    for row in rows.order_by("approved_at", "pk"):
        if is_withheld(withheld, (row.source, row.approved_text)):
            continue
        found[row.locale_id][row.string_hash] = row
    return found
