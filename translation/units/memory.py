"""What has been approved for a string anywhere on the site is proposed wherever the same string comes up. It
counts as translated, not as approved: a reviewer sees it in its new place."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translation.models import ApprovedWording
from translation.sync.realign import approve_again, carrying

TOOL = "Translation memory"


def fill(translation: Translation) -> int:
    """How many strings were filled (three queries, and what is written)."""
    return _fill(translation.source.stringsegment_set.all(), translation.target_locale_id)


def fill_segment(segment: StringSegment) -> None:
    for locale_id in segment.source.translations.values_list("target_locale_id", flat=True):
        _fill(StringSegment.objects.filter(pk=segment.pk), locale_id)


def _fill(segments: QuerySet[Any], locale_id: int) -> int:
    empty = list(
        segments.annotate_translation(locale_id, include_errors=True)
        .filter(translation=None)
        .select_related("string", "context")
    )
    known = remembered({segment.string.data_hash for segment in empty}, locale_id)
    made = 0
    with carrying():
        for segment in empty:
            if wording := known.get(segment.string.data_hash):
                made += _propose(segment, locale_id, wording)
    return made


def _propose(segment: StringSegment, locale_id: int, wording: ApprovedWording) -> bool:
    """What was approved for the same string in the same thing needs no second look: a block was made again."""
    _row, created = StringTranslation.objects.get_or_create(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=locale_id,
        defaults={
            "data": wording.text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
            "tool_name": TOOL,
        },
    )
    if created and wording.object_key == segment.context.object_id:
        approve_again(wording, segment)
    return created


def remembered(hashes: set[UUID], locale_id: int) -> dict[UUID, ApprovedWording]:
    """The newest approved wording of each source string."""
    rows = ApprovedWording.objects.filter(string_hash__in=hashes, locale_id=locale_id).order_by(
        "approved_at", "pk"
    )
    return {row.string_hash: row for row in rows}
