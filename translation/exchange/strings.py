"""Queries of all strings of many translations; their number does not grow with that of the translations."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models
from wagtail.models import Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translation.exchange.fields import Place, place_of
from translation.exchange.records import OutFile, OutUnit, Standing
from translation.models import ApprovedWording, NeedsReview, SegmentComment, StaleMark
from translation.models.base import OfSegment


@dataclass(frozen=True)
class Row:
    """A string of a translation with what is stored about it: its text, its approved text and its marks."""

    segment: StringSegment
    wording: StringTranslation | None
    approved: str | None
    stale: StaleMark | None
    needs_review: bool

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

    @property
    def standing(self) -> Standing:
        """The state of the string's text. A text that needs a look or has an error counts as such before a stale
        one."""
        if self.wording is None or not self.text:
            return Standing.MISSING
        if self.needs_review or self.wording.has_error:
            return Standing.NEEDS_REVIEW
        if self.stale:
            return Standing.STALE
        return Standing.APPROVED if self.approved == self.text else Standing.TRANSLATED


Rows = dict[int, list[Row]]
"""The strings of translations, by the primary key of the translation."""
Position = tuple[UUID, int, UUID, UUID]
"""What names a string in the `OfSegment` models: translation key, locale id, hashes of path and source string."""


def site_identities() -> models.QuerySet[Any]:
    """Return a queryset with the value of `site_identity`, for use as a subquery."""
    return Site.objects.filter(is_default_site=True).values_list("root_page__translation_key", flat=True)


def site_identity() -> UUID:
    """Return what names this site in files: the translation key of the root page of the default site, which stays
    the same when the site's address changes. Raise DoesNotExist if there is no default site."""
    return site_identities().get()


def rows_of(translations: Collection[Translation]) -> Rows:
    """Return the strings of the translations by primary key, in the order of the source (five queries). A string
    that occurs several times at one path is returned once: it has one text."""
    keys = {each.source.object_id for each in translations}
    locales = {each.target_locale_id for each in translations}
    segments: dict[int, dict[tuple[int, int], StringSegment]] = defaultdict(dict)
    found = StringSegment.objects.filter(source__in={each.source_id for each in translations})
    for segment in found.select_related("string", "context").order_by("order", "pk"):
        segments[segment.source_id].setdefault((segment.context_id, segment.string_id), segment)
    wordings = {
        (row.locale_id, row.context_id, row.translation_of_id): row
        for row in StringTranslation.objects.filter(context__object_id__in=keys, locale_id__in=locales)
    }
    approved = {_place(row): row.text for row in ApprovedWording.objects.filter(_of(keys, locales))}
    stale = {_place(row): row for row in StaleMark.objects.filter(_of(keys, locales))}
    unsure = {_place(row) for row in NeedsReview.objects.filter(_of(keys, locales))}
    rows: Rows = {}
    for each in translations:
        rows[each.pk] = made = []
        for (context, string), segment in segments[each.source_id].items():
            place = (
                each.source.object_id,
                each.target_locale_id,
                segment.context.path_id,
                segment.string.data_hash,
            )
            wording = wordings.get((each.target_locale_id, context, string))
            made.append(Row(segment, wording, approved.get(place), stale.get(place), place in unsure))
    return rows


def files_of(translations: Collection[Translation]) -> list[OutFile]:
    """Return a record for each translation, with the open comments as notes. The translations must be fetched with
    source, content type and locales (seven queries; six if they are annotated with `site`)."""
    known = {each.site for each in translations if hasattr(each, "site")}
    site, rows = known.pop() if known else site_identity(), rows_of(translations)
    comments: dict[Position, list[str]] = defaultdict(list)
    keys = {each.source.object_id for each in translations}
    locales = {each.target_locale_id for each in translations}
    for comment in SegmentComment.objects.filter(_of(keys, locales), resolved_at=None):
        comments[_place(comment)].append(comment.text)
    return [_file(each, site, rows[each.pk], comments) for each in translations]


def _file(
    translation: Translation, site: UUID, rows: list[Row], comments: Mapping[Position, list[str]]
) -> OutFile:
    source = translation.source
    model = source.specific_content_type.model_class()
    places = lru_cache(lambda field_path: place_of(model, field_path))
    units = []
    for row in rows:
        context, string = row.segment.context, row.segment.string
        place = places(context.field_path or context.path)
        said = comments[source.object_id, translation.target_locale_id, context.path_id, string.data_hash]
        units.append(_unit(row, place, said))
    return OutFile(
        site,
        translation.uuid,
        source.object_repr,
        str(model._meta.verbose_name),
        source.locale.language_code,
        translation.target_locale.language_code,
        tuple(units),
    )


def _unit(row: Row, place: Place, said: list[str]) -> OutUnit:
    context = row.segment.context
    return OutUnit(
        context.path,
        context.path_id,
        row.segment.string.data_hash,
        row.source,
        row.text,
        row.standing,
        place.name,
        tuple(filter(None, [place.help_text, *said])),
        place.max_length,
        row.stale.old_source if row.stale else "",
        row.stale.old_text if row.stale else "",
    )


def _of(keys: set[UUID], locales: set[int]) -> models.Q:
    """Return the condition on `OfSegment` models that selects the objects' strings in these languages."""
    return models.Q(object_key__in=keys, locale_id__in=locales)


def _place(row: OfSegment) -> Position:
    return row.object_key, row.locale_id, row.path_id, row.string_hash
