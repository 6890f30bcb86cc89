"""The texts of a translation as a review keeps them."""

from typing import Any

from wagtail_localize.models import Translation

from translation.units.segments import segments_of


def snapshot(translation: Translation) -> list[dict[str, Any]]:
    """Return the units of a translation that are translated, as `Review.wordings` stores them."""
    return [
        {
            "path": segment.path,
            "path_id": str(segment.path_id),
            "hash": str(segment.string_hash),
            "source": segment.source,
            "text": segment.text,
            "stale": segment.stale is not None,
            "by": segment.translator,
        }
        for segment in segments_of(translation)
        if segment.is_translated
    ]
