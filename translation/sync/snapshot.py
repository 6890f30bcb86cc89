"""The texts and overrides of a translation as a review keeps them."""

from typing import Any

from django.db import models
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, Translation

from core.typed import Translatable
from translation.sync.in_place import block_at
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


def overrides_of(translation: Translation) -> list[dict[str, Any]]:
    """Return the overrides of a translation, without those that cannot be published, as `Review.overrides` stores
    them (four queries, and those of the source)."""
    set_values = {
        override.context_id: override
        for override in SegmentOverride.objects.filter(
            locale_id=translation.target_locale_id,
            context__object_id=translation.source.object_id,
            has_error=False,
        )
    }
    if not set_values:
        return []
    segments = translation.source.overridablesegment_set.filter(context__in=list(set_values)).order_by(
        "order", "pk"
    )
    source = translation.source.as_instance()
    return [
        {
            "path": segment.context.path,
            "field_path": segment.context.field_path,
            "kind": "" if isinstance(segment.data, str) else _kind_at(segment.context.path, source),
            "original": segment.data,
            "value": set_values[segment.context_id].data,
            "by": set_values[segment.context_id].last_translated_by_id,
        }
        for segment in segments.select_related("context")
    ]


def _kind_at(path: str, source: Translatable) -> str:
    """Return the label of the model of what is chosen at a content path, or an empty string if it is unknown."""
    block, chosen = block_at(path, source)
    if isinstance(chosen, Page):
        model = Page
    elif isinstance(chosen, models.Model):
        model = type(chosen)
    elif block is None:
        model = source._meta.get_field(path.split(".")[0]).related_model
    else:
        model = getattr(block, "target_model", None)
    return model._meta.label if model else ""
