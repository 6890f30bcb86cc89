"""The overrides of a translation (links, pages, images and documents) as they were when it was submitted. Reviews
keep a copy of them, since a translator may change or remove them during the review."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from wagtail.images.models import AbstractImage
from wagtail_localize.models import Translation

from core.typed import Translatable
from translation.models import Review, ReviewStatus
from translation.sync.snapshot import overrides_of
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


def rows_now(translation: Translation, model: type[Translatable]) -> list[Row]:
    """Return the overrides of a translation as they are set now, without those that cannot be published. `model`
    is that of its source."""
    own = overrides_of(translation)
    shown = _Shown(own)
    return [_row(model, each, None, shown) for each in own]


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
