"""Findings on the units of an object in one language, with those that somebody has waived."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation, TranslationContext

from core.languages.site_languages import LocaleCodes
from core.typed import Translatable
from translation.checks.checking import basis_of, findings
from translation.checks.finding import Code, Finding
from translation.control_characters import without_controls
from translation.models import Waiver, text_hash
from translation.units.fields import Place as Field
from translation.units.fields import place_of
from translation.units.segments import Place, Segment, segments_of


@dataclass(frozen=True)
class UnitText:
    """The text of a unit, to be checked. `is_stale` tells that it was made for an earlier source."""

    place: Place
    source: str
    text: str
    is_stale: bool = False


@dataclass(frozen=True)
class Checked:
    """A finding, and the waiver that holds for it."""

    finding: Finding
    waiver: Waiver | None = None

    @property
    def stops(self) -> bool:
        """Return whether the text cannot be submitted."""
        return self.finding.is_blocking and self.waiver is None


FindingsOfUnits = dict[Place, list[Checked]]


def stale() -> Finding:
    return Finding(Code.STALE, _("The source has changed, the text has not."))


def checked_units(
    model: type[Translatable], object_key: UUID, locale_id: int, units: Iterable[UnitText]
) -> FindingsOfUnits:
    """Return the findings on those units of an object that have some (two queries, and those of `basis_of`)."""
    language = LocaleCodes.code(locale_id)
    basis = basis_of(language)
    contexts = TranslationContext.objects.filter(object_id=object_key)
    paths = {
        path_id: field_path or path
        for path_id, field_path, path in contexts.values_list("path_id", "field_path", "path")
    }
    field_at = lru_cache(lambda path: place_of(model, path))
    waivers = _waivers(object_key, locale_id)
    found = {}
    for unit in units:
        path = paths.get(unit.place[0])
        field = field_at(path) if path else Field("")
        of_text = findings(unit.source, unit.text, language, field.max_length, basis, field.is_one_line)
        if unit.is_stale:
            of_text.append(stale())
        if of_text:
            key = (*unit.place, text_hash(unit.text))
            found[unit.place] = [Checked(each, waivers.get((*key, each.code))) for each in of_text]
    return found


def _waivers(object_key: UUID, locale_id: int) -> dict[tuple[Any, ...], Waiver]:
    rows = Waiver.objects.filter(object_key=object_key, locale_id=locale_id).select_related("by")
    return {(row.path_id, row.string_hash, row.text_hash, row.code): row for row in rows}


def checked_segments(translation: Translation, segments: Iterable[Segment] | None = None) -> FindingsOfUnits:
    """Return the findings on the units of a translation that have a text."""
    segments = segments_of(translation) if segments is None else segments
    return checked_units(
        translation.source.specific_content_type.model_class(),
        translation.source.object_id,
        translation.target_locale_id,
        (UnitText(each.place, each.source, each.text, each.stale is not None) for each in segments if each.text),
    )


def waive(translation: Translation, place: Place, code: str, reason: str, user: User) -> None:
    """Store that a finding on the text of a unit is waived, and why. Raise ValidationError without a
    reason, if there is no such finding, or if it cannot be waived. Rights are not checked."""
    segment = next((each for each in segments_of(translation) if each.place == place), None)
    found = checked_segments(translation, [segment]).get(place, []) if segment and segment.text else []
    of_object = {
        "object_key": translation.source.object_id,
        "locale_id": translation.target_locale_id,
        "path": segment.path if segment else "",
    }
    store_waiver(of_object, place, segment.text if segment else "", found, code, reason, user)


def store_waiver(
    of_object: dict[str, Any], place: Place, text: str, found: list[Checked], code: str, reason: str, user: User
) -> None:
    """Store that a finding among those on the text of a unit is waived. `of_object` are the values of the waiver's
    key, locale and path. Raise ValidationError as `waive` does."""
    reason = without_controls(reason).strip()[:300]
    if not reason:
        raise ValidationError(_("Enter a reason."))
    if not any(each.finding.code == code for each in found):
        raise ValidationError(_("The text has changed in the meantime. Check it again."))
    if not all(each.finding.may_be_waived for each in found if each.finding.code == code):
        raise ValidationError(_("This has to be corrected."))
    path_id, string_hash = place
    Waiver.objects.update_or_create(
        object_key=of_object["object_key"],
        locale_id=of_object["locale_id"],
        path_id=path_id,
        string_hash=string_hash,
        code=code,
        text_hash=text_hash(text),
        defaults={"path": of_object["path"], "reason": reason, "by": user},
    )


def notes_of_waivers(
    texts: dict[tuple[UUID, int, UUID, UUID], str],
) -> dict[tuple[UUID, int, UUID, UUID], list[str]]:
    """Return for the units, by key of the object, locale and place, sentences on the waivers that hold for these
    texts (one query)."""
    notes = defaultdict(list)
    keys, locales = {unit[0] for unit in texts}, {unit[1] for unit in texts}
    for row in Waiver.objects.filter(object_key__in=keys, locale_id__in=locales).order_by("pk"):
        unit = row.object_key, row.locale_id, row.path_id, row.string_hash
        if row.text_hash == text_hash(texts.get(unit, "")):
            names = {"check": Code(row.code).label, "reason": row.reason}
            notes[unit].append(_("Finding waived (%(check)s): %(reason)s") % names)
    return notes
