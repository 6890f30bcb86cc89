"""The translation memory: a text that was approved for a string anywhere on the site becomes the draft text of
other units with the same string. It still has to be approved there."""

from uuid import UUID

from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translation.localize.models import StringSegmentQuerySet, without_text
from translation.models import ApprovedWording
from translation.units.carrying import approve_again, carrying

TOOL = "Translation memory"


def fill(translation: Translation) -> int:
    """Fill the units of a translation that have no draft text from the memory, and return how many were filled."""
    return _fill(translation.source.stringsegment_set.all(), translation.target_locale_id)


def fill_segment(segment: StringSegment) -> None:
    """Fill the unit of a source string that has no draft text from the memory, in each language the source is
    translated into."""
    for locale_id in segment.source.translations.values_list("target_locale_id", flat=True):
        _fill(StringSegment.objects.filter(pk=segment.pk), locale_id)


def _fill(segments: StringSegmentQuerySet, locale_id: int) -> int:
    empty = list(without_text(segments, locale_id).select_related("string", "context"))
    known = remembered({segment.string.data_hash for segment in empty}, locale_id)
    made = 0
    with carrying():
        for segment in empty:
            if wording := known.get(segment.string.data_hash):
                made += _propose(segment, locale_id, wording)
    return made


def _propose(segment: StringSegment, locale_id: int, wording: ApprovedWording) -> bool:
    """Store a text of the memory as the draft text of a unit, and return whether there was none. A text that was
    approved for the same string of the same object is approved here as well: the block was deleted and created
    again."""
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
    """Return the newest approved text in a language of each source string that has one, by the hash of the
    string."""
    rows = ApprovedWording.objects.filter(string_hash__in=hashes, locale_id=locale_id).order_by(
        "approved_at", "pk"
    )
    return {row.string_hash: row for row in rows}
