"""What wagtail-localize's editor shows of each string, read with the strings. It asks four queries for each, and
its view cannot be given other query sets."""

from typing import Any

from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
)
from wagtail_localize.views.edit_translation import SegmentOverrideSerializer, StringTranslationSerializer

JOINED = {StringSegment: ("context", "string"), OverridableSegment: ("context",)}
"""The relations that the editor reads of each segment. These models have manager classes of their own."""


def of_string(self: StringTranslationSerializer, translation: StringTranslation) -> int | None:
    """Return the id of the segment of a draft text, as the first answer of the request has found all of them."""
    known = _known(self, "stringsegment_set", "string_id", "context_id")
    return known.get((translation.translation_of_id, translation.context_id))


def of_override(self: SegmentOverrideSerializer, override: SegmentOverride) -> int | None:
    """Return the id of the segment of an override, the same way."""
    return _known(self, "overridablesegment_set", "context_id").get((override.context_id,))


def _known(serializer: Any, segments: str, *fields: str) -> dict[tuple[int, ...], int]:
    """Return the ids of the source's segments by these fields, from the context that all rows share."""
    context = serializer.context
    if segments not in context:
        rows = getattr(context["translation_source"], segments).order_by("-pk").values_list("pk", *fields)
        context[segments] = {tuple(key): pk for pk, *key in rows}
    return context[segments]


def install() -> None:
    """Replace the methods of wagtail-localize."""
    StringTranslationSerializer.get_segment_id = of_string
    SegmentOverrideSerializer.get_segment_id = of_override
    for model, relations in JOINED.items():
        _join(type(model._default_manager), relations)


def _join(manager: Any, relations: tuple[str, ...]) -> None:
    """Let all query sets of a manager's class, those of related managers included, join these relations."""
    plain = manager.get_queryset
    manager.get_queryset = lambda self: plain(self).select_related(*relations)
