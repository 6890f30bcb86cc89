"""The overrides of a translation (links, pages, images and documents) as they were when it was submitted. Reviews
keep a copy of them, since a translator may change or remove them during the review."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, Translation

from core.typed import Translatable
from translation.models import Review, ReviewStatus
from translation.sync.in_place import block_at
from translation.units.places import place_name

THUMBNAIL = "max-165x165"


@dataclass(frozen=True)
class Value:
    """A value as a reviewer sees it. `text` is the link or the title of the chosen object, or “#” and its id if it
    no longer exists; `image` is set if the object is an image."""

    text: str = ""
    image: AbstractImage | None = None


@dataclass(frozen=True)
class Row:
    """One override. `original` is the value of the source, `value` the override, None if it was removed since the
    last approved review, and `before` the override in that review, if it has changed."""

    place: str
    original: Value
    value: Value | None
    before: Value | None
    changed: bool


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


def rows_of_overrides(review: Review, target: Translatable, translation: Translation | None) -> list[Row]:
    """Return the overrides of a review, with those of the approved review before it. `translation` is asked for
    those of a review from before they were kept (two queries, and one for each model of the chosen objects)."""
    own = review.overrides
    if own is None:
        # This review was submitted before reviews kept overrides.
        own = overrides_of(translation) if translation else []
    last = Review.objects.filter(
        object_key=review.object_key, locale_id=review.locale_id, status=ReviewStatus.APPROVED, pk__lt=review.pk
    ).first()
    approved = {each["path"]: each for each in (last.overrides if last else None) or []}
    now = {each["path"]: each for each in own}
    shown = _Shown([*own, *approved.values()])
    return [_row(type(target), now.get(path), approved.get(path), shown) for path in {**now, **approved}]


def _row(
    model: type[Translatable], now: dict[str, Any] | None, before: dict[str, Any] | None, shown: "_Shown"
) -> Row:
    each = now or before
    assert each is not None
    changed = (now and str(now["value"])) != (before and str(before["value"]))
    return Row(
        place=place_name(model, each["field_path"] or each["path"].split(".")[0]),
        original=shown.of(each["kind"], each["original"]),
        value=shown.of(now["kind"], now["value"]) if now else None,
        before=shown.of(before["kind"], before["value"]) if before and changed else None,
        changed=changed,
    )


class _Shown:
    """The values of overrides as a reviewer sees them, with one query for each model of the chosen objects."""

    def __init__(self, rows: Iterable[dict[str, Any]]):
        wanted = defaultdict(set)
        for kind, pk in _chosen(rows):
            wanted[kind].add(pk)
        self.things = {(kind, pk): thing for kind, pks in wanted.items() for pk, thing in _things(kind, pks)}

    def of(self, kind: str, value: Any) -> Value:
        if not kind:
            return Value(str(value))
        thing = self.things.get((kind, str(value)))
        if thing is None:
            return Value(f"#{value}")
        return Value(str(thing), thing if isinstance(thing, AbstractImage) else None)


def _chosen(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if row["kind"]:
            yield from ((row["kind"], str(row[name])) for name in ("original", "value"))


def _things(kind: str, pks: set[str]) -> Iterator[tuple[str, Translatable]]:
    model = apps.get_model(kind)
    things = model._default_manager.filter(pk__in=[pk for pk in pks if pk.isdecimal()])
    if issubclass(model, AbstractImage):
        things = things.prefetch_renditions(THUMBNAIL)
    yield from ((str(thing.pk), thing) for thing in things)


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
