"""Queries of all strings of many translations; their number does not grow with that of the translations."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Site
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation, TranslationContext

from translation.checks.units import notes_of_waivers
from translation.exchange.circumstances import notes_of
from translation.exchange.names import names_of
from translation.exchange.records import OutFile, OutUnit, Standing
from translation.machine.marks import machines_of
from translation.models import MachineText, SegmentComment, UnitRow
from translation.units.fields import Place, place_of
from translation.units.segments import Earlier, earlier_of


@dataclass(frozen=True)
class Row:
    """A string of a translation with what is stored about it: its text, its state and, while it is stale, what it
    was before. `segment` and `wording` have the fields that are exported or written."""

    segment: StringSegment
    wording: StringTranslation | None
    standing: Standing
    stale: Earlier | None

    @property
    def id(self) -> tuple[str, str]:
        """The hashes of path and source string, which name the string within its translation."""
        return str(self.segment.context.path_id), str(self.segment.string.data_hash)

    @property
    def source(self) -> str:
        return self.segment.string.data

    @property
    def text(self) -> str:
        return self.wording.data if self.wording else ""


OPEN = (Standing.MISSING, Standing.NEEDS_REVIEW, Standing.STALE)
"""The states of strings that need work."""
Rows = dict[int, list[Row]]
"""The strings of translations, by the primary key of the translation."""
Position = tuple[UUID, int, UUID, UUID]
"""What names a string: translation key, locale id, hashes of path and source string."""


def site_identities() -> models.QuerySet[Any]:
    """Return a queryset with the value of `site_identity`, for use as a subquery."""
    return Site.objects.filter(is_default_site=True).values_list("root_page__translation_key", flat=True)


def site_identity() -> UUID:
    """Return what names this site in files: the translation key of the root page of the default site, which stays
    the same when the site's address changes. Raise DoesNotExist if there is no default site."""
    return site_identities().get()


def rows_of(translations: Collection[Translation]) -> Rows:
    """Return the strings of the translations by primary key, in the order of the source (one query). A string that
    occurs several times at one path is returned once: it has one text."""
    found: dict[int, dict[tuple[int, int], Row]] = {each.pk: {} for each in translations}
    for row in UnitRow.objects.filter(translation__in=found).order_by("order", "segment"):
        of_translation = found[row.translation]
        if (row.context, row.string) not in of_translation:
            of_translation[row.context, row.string] = _row(row)
    return {pk: list(of_translation.values()) for pk, of_translation in found.items()}


def _row(row: UnitRow) -> Row:
    context = TranslationContext(pk=row.context, path=row.path, path_id=row.path_id, field_path=row.field_path)
    string = String(pk=row.string, data=row.source, data_hash=row.string_hash)
    wording = row.wording and StringTranslation(
        pk=row.wording,
        translation_of=string,
        context=context,
        locale_id=row.locale,
        data=row.text,
        translation_type=row.translation_type,
        tool_name=row.tool,
        last_translated_by_id=row.translator,
        updated_at=row.drafted_at,
        has_error=row.has_error,
        field_error=row.field_error,
    )
    segment = StringSegment(pk=row.segment, context=context, string=string, order=row.order, attrs=row.attrs)
    earlier = earlier_of(row)
    return Row(segment, wording or None, Standing(row.standing), earlier if row.stale_since else None)


def files_of(translations: Collection[Translation], open_only: bool = False) -> list[OutFile]:
    """Return a record for each translation, with speaker, story, open comments and waived findings as notes; with
    `open_only` those with strings that need work, and only these strings. The translations must be fetched with
    source, content type and locales (five queries, four if they are annotated with `site`, one for each kind
    that has a speaker or a story, and those of `names_of`)."""
    known = {each.site for each in translations if hasattr(each, "site")}
    site, rows = known.pop() if known else site_identity(), rows_of(translations)
    comments: dict[Position, list[str]] = defaultdict(list)
    keys = {each.source.object_id for each in translations}
    locales = {each.target_locale_id for each in translations}
    for comment in SegmentComment.objects.filter(_of(keys, locales), resolved_at=None):
        comments[_place(comment)].append(comment.text)
    texts = {
        (
            each.source.object_id,
            each.target_locale_id,
            row.segment.context.path_id,
            row.segment.string.data_hash,
        ): row.text
        for each in translations
        for row in rows[each.pk]
    }
    for position, notes in notes_of_waivers(texts).items():
        comments[position] += notes
    about, names = notes_of(translations), names_of(translations)
    machines = machines_of(keys, locales)
    files = []
    for each in translations:
        wanted = [row for row in rows[each.pk] if row.standing in OPEN or not open_only]
        if wanted or not open_only:
            made = _file(each, site, wanted, comments, about.get(each.source_id, ()), machines)
            name = names[each.source.object_id, each.source.locale_id]
            files.append(replace(made, name=name, is_open_only=open_only))
    return files


def _file(
    translation: Translation,
    site: UUID,
    rows: list[Row],
    comments: Mapping[Position, list[str]],
    about: tuple[str, ...],
    machines: Mapping[Position, MachineText],
) -> OutFile:
    source = translation.source
    model = source.specific_content_type.model_class()
    places = lru_cache(lambda field_path: place_of(model, field_path))
    units = []
    for row in rows:
        context, string = row.segment.context, row.segment.string
        place = places(context.field_path or context.path)
        position = source.object_id, translation.target_locale_id, context.path_id, string.data_hash
        machine = machines.get(position)
        tool = machine.tool if machine and machine.text == row.text else ""
        units.append(_unit(row, place, [*about, *comments[position]], tool))
    return OutFile(
        site,
        translation.uuid,
        source.object_repr,
        str(model._meta.verbose_name),
        source.locale.language_code,
        translation.target_locale.language_code,
        tuple(units),
    )


def _unit(row: Row, place: Place, said: list[str], machine: str) -> OutUnit:
    context = row.segment.context
    return OutUnit(
        context.path,
        context.path_id,
        row.segment.string.data_hash,
        row.source,
        row.text,
        row.standing,
        place.name,
        tuple(
            filter(None, [place.help_text, *said, machine and _("Text by machine: %(tool)s") % {"tool": machine}])
        ),
        place.max_length,
        row.stale.old_source if row.stale else "",
        row.stale.old_text if row.stale else "",
        machine,
    )


def _of(keys: set[UUID], locales: set[int]) -> models.Q:
    """Return the condition that selects the comments on the objects' strings in these languages."""
    return models.Q(object_key__in=keys, locale_id__in=locales)


def _place(row: SegmentComment) -> Position:
    return row.object_key, row.locale_id, row.path_id, row.string_hash
