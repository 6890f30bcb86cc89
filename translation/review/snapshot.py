from typing import Any

from wagtail_localize.models import Translation

from translation.units.segments import segments_of


def snapshot(translation: Translation) -> list[dict[str, Any]]:
    """What a revision made now says, string by string, as `Review.wordings` keeps it."""
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
