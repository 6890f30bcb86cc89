"""The other places of a sentence that is repeated, which may be given the same text in one act."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation, Translation

from translation.models import Unit, UnitRow
from translation.units.authors import unit_of
from translation.units.carrying import carry_machine_texts
from translation.units.origins import origin_of_copy
from translation.units.places import place_name

MOST = 200
"""How many places are named at once."""
UNFINISHED = ("unsure_from", "unsure_since", "old_source", "old_text", "stale_since")
"""What `Unit` says of a text that is unconfirmed or stale."""


@dataclass(frozen=True)
class Elsewhere:
    """A unit with the same source string that has no text yet, by the primary keys of its segment and translation.
    `title` is that of its object, `place` the label of its field."""

    segment: int
    translation: int
    title: str
    place: str


def same_elsewhere(string: UUID, locale: Locale, besides: int) -> list[Elsewhere]:
    """Return the first MOST units of a language whose source string has the hash `string` and that have no text,
    without the segment `besides` (three queries)."""
    rows = [row for row in _empty(string, locale) if row.segment != besides][:MOST]
    translations = Translation.objects.select_related("source__specific_content_type").in_bulk(
        {row.translation for row in rows}
    )
    found = []
    for row in rows:
        source = translations[row.translation].source
        model = source.specific_content_type.model_class()
        place = place_name(model, row.field_path or row.path)
        found.append(Elsewhere(row.segment, row.translation, source.object_repr, place))
    return found


def count_elsewhere(string: UUID, locale: Locale, besides: int) -> int:
    """Return of how many units `same_elsewhere` returns the first."""
    return sum(row.segment != besides for row in _empty(string, locale))


@transaction.atomic
def fill_elsewhere(wording: StringTranslation, user: User, chosen: Collection[int]) -> int:
    """Store the text of a unit as the draft text, by the user, of those of the `chosen` segments that have the
    same source string and no text in the language, and return how many there were. Where the text comes from goes
    with it, and that it is unconfirmed or stale. Whether the user may translate is the caller's to check."""
    here = Unit.objects.filter(**unit_of(wording)).first() or Unit(**unit_of(wording))
    filled = []
    for row in _empty(wording.translation_of.data_hash, wording.locale):
        if row.segment not in chosen:
            continue
        made, created = StringTranslation.objects.get_or_create(
            translation_of_id=row.string,
            context_id=row.context,
            locale=wording.locale,
            defaults={"data": wording.data, "last_translated_by": user, **origin_of_copy(wording)},
        )
        if created:
            filled.append(unit_of(made))
    if here.unsure_since or here.stale_since:
        unfinished = {name: getattr(here, name) for name in UNFINISHED}
        Unit.objects.bulk_create(
            [Unit(**place, **unfinished) for place in filled],
            update_conflicts=True,
            unique_fields=["object_key", "locale", "path_id", "string_hash"],
            update_fields=UNFINISHED,
        )
    carry_machine_texts((here, Unit(**place), str) for place in filled)
    return len(filled)


def _empty(string: UUID, locale: Locale) -> list[UnitRow]:
    """Return the units with this string, of translations that are not stopped, without a text; of several at one
    place the first."""
    strings = String.objects.filter(data_hash=string).values_list("pk", flat=True)
    enabled = Translation.objects.filter(target_locale=locale, enabled=True).values("pk")
    rows = UnitRow.objects.filter(
        string__in=list(strings), locale=locale.pk, translation__in=enabled, wording=None
    ).order_by("-segment")
    return list({row.context: row for row in rows}.values())[::-1]
