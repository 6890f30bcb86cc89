"""Every string of many translations, in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models
from wagtail.models import Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.typed import Translatable
from translation.exchange.fields import Place, place_of
from translation.exchange.records import OutFile, OutUnit, Standing
from translation.models import ApprovedWording, NeedsReview, SegmentComment, StaleMark


@dataclass(frozen=True)
class Row:
    """One string of one translation as it stands."""

    segment: StringSegment
    wording: StringTranslation | None
    approved: str | None
    stale: StaleMark | None
    needs_review: bool

    @property
    def id(self) -> tuple[str, str]:
        return str(self.segment.context.path_id), str(self.segment.string.data_hash)

    @property
    def source(self) -> str:
        return self.segment.string.data

    @property
    def text(self) -> str:
        return self.wording.data if self.wording else ""

    @property
    def standing(self) -> Standing:
        if not self.text:
            return Standing.MISSING
        if self.needs_review or self.wording.has_error:
            return Standing.NEEDS_REVIEW
        if self.stale:
            return Standing.STALE
        return Standing.APPROVED if self.approved == self.text else Standing.TRANSLATED


Rows = dict[int, list[Row]]
"""By the id of the translation."""


def site_identities() -> models.QuerySet[Any]:
    """Return the key of the page at the root, which stays when the address of the site changes."""
    return Site.objects.filter(is_default_site=True).values_list("root_page__translation_key", flat=True)


def site_identity() -> UUID:
    return site_identities().get()


def rows_of(translations: Collection[Translation]) -> Rows:
    """In five queries. Of the same string twice in one place there is one row: it has one wording."""
    keys = {each.source.object_id for each in translations}
    locales = {each.target_locale_id for each in translations}
    segments = defaultdict(dict)
    found = StringSegment.objects.filter(source__in={each.source_id for each in translations})
    for segment in found.select_related("string", "context").order_by("order", "pk"):
        segments[segment.source_id].setdefault((segment.context_id, segment.string_id), segment)
    wordings = {
        (row.locale_id, row.context_id, row.translation_of_id): row
        for row in StringTranslation.objects.filter(context__object_id__in=keys, locale_id__in=locales)
    }
    approved = {_place(row): row.text for row in _kept(ApprovedWording, keys, locales)}
    stale = {_place(row): row for row in _kept(StaleMark, keys, locales)}
    unsure = {_place(row) for row in _kept(NeedsReview, keys, locales)}
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
    """In seven queries, or in six where the translations come with their `site`; they come with their source, its
    languages and its kind."""
    known = {each.site for each in translations if hasattr(each, "site")}
    site, rows = known.pop() if known else site_identity(), rows_of(translations)
    comments = defaultdict(list)
    keys = {each.source.object_id for each in translations}
    locales = {each.target_locale_id for each in translations}
    for comment in _kept(SegmentComment, keys, locales).filter(resolved_at=None):
        comments[_place(comment)].append(comment.text)
    return [_file(each, site, rows[each.pk], comments) for each in translations]


def _file(translation: Translation, site: UUID, rows: list[Row], comments: dict[str, Any]) -> OutFile:
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


def _kept(model: type[Translatable], keys: set[UUID], locales: set[int]) -> models.QuerySet[Any]:
    return model.objects.filter(object_key__in=keys, locale_id__in=locales)


def _place(row: Translatable) -> tuple[UUID, int, UUID, UUID]:
    return row.object_key, row.locale_id, row.path_id, row.string_hash
