"""Transfer of texts to changed source strings. wagtail-localize drops a unit when its source string changes; here
its text is copied to the unit that replaces it, and marked as stale.

When `pre_delete` of the old segments is sent, the new ones exist as well, and `origin` is the queryset of all
segments that are deleted."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from wagtail_localize.models import StringSegment, StringTranslation

from translation.links import renumbered
from translation.models import APPROVED_ANEW, CONFIRMED, UP_TO_DATE, Unit
from translation.units import memory
from translation.units.authors import carry_authors
from translation.units.carrying import APPROVAL, carry_machine_texts, carrying, is_carrying
from translation.units.origins import origin_of_copy
from translation.units.pairing import ALIGNED, ELSEWHERE, aligned, nearest
from translation.units.summaries import outdate


def before_segments_go(instance: StringSegment, origin: object, **kwargs: Any) -> None:
    """Receiver of `pre_delete`: fill new segments from the memory, then copy the texts of deleted segments to
    those without a text, in all target languages, once for each deleted queryset. Do nothing for segments that are
    deleted one by one or with other objects."""
    if not isinstance(origin, QuerySet) or origin.model is not StringSegment or hasattr(origin, "_carried"):
        return
    origin._carried = True  # type: ignore[attr-defined]  # a mark of this function
    dying = list(origin.all().select_related("string", "context").order_by("order", "pk"))
    source = instance.source
    memory.fill_source(source)
    staying = source.stringsegment_set.exclude(pk__in=[segment.pk for segment in dying])
    fresh = list(staying.select_related("string", "context").order_by("order", "pk"))
    with carrying():
        for locale_id in source.translations.values_list("target_locale_id", flat=True):
            carrier = Carrier(source.object_id, locale_id, dying, fresh)
            carrier.carry()
            carrier.forget()


def place_of(wording: StringTranslation) -> dict[str, object]:
    """Return the lookup, as keyword arguments of `filter()`, for the `Unit` of a draft text."""
    return {
        "object_key": wording.context.object_id,
        "locale_id": wording.locale_id,
        "path_id": wording.context.path_id,
        "string_hash": wording.translation_of.data_hash,
    }


def after_wording_saved(instance: StringTranslation, **kwargs: Any) -> None:
    """Receiver of `post_save`: unmark a unit as stale and as unconfirmed when a translator saves its text, not
    inside `carrying()`."""
    if is_carrying() or instance.context is None:
        return
    Unit.objects.filter(**place_of(instance)).clear(**CONFIRMED, **UP_TO_DATE)
    outdate(instance.context.object_id, instance.locale_id)


class Carrier:
    """The transfer of texts from deleted segments (`dying`) to the others of the source that have no text (out of
    `fresh`), in one target language."""

    def __init__(self, key: UUID, locale_id: int, dying: list[StringSegment], fresh: list[StringSegment]):
        self.key, self.locale_id = key, locale_id
        self.wordings = {
            (row.context_id, row.translation_of_id): row
            for row in StringTranslation.objects.filter(context__object_id=key, locale_id=locale_id)
        }
        units = Unit.objects.filter(object_key=key, locale_id=locale_id)
        self.units = {(row.path_id, row.string_hash): row for row in units}
        self.dying = dying
        self.old = [segment for segment in dying if self._wording(segment)]
        self.new = [segment for segment in fresh if not self._wording(segment)]

    def carry(self) -> None:
        """Copy texts to new segments with the same string, else at the same path, else with a similar string in a
        block of the same kind, and mark them as stale where the string differs."""
        self._pair(self._same_strings())
        self._pair(self._same_place())
        self._pair(self._elsewhere())

    def forget(self) -> None:
        """Unmark the stale segments that are deleted, and delete their texts: if such a string came back, its
        text, which translates an earlier string, would be taken for its translation."""
        stale = {place: unit for place, unit in self.units.items() if unit.stale_since}
        gone = {_place(segment): segment for segment in self.dying if _place(segment) in stale}
        # First, so that they do not get their stale texts again.
        Unit.objects.filter(pk__in=[stale[place].pk for place in gone]).clear(**APPROVED_ANEW)
        for segment in gone.values():
            if wording := self._wording(segment):
                wording.delete()

    def _pair(self, pairs: list[tuple[StringSegment, StringSegment]]) -> None:
        for old, new in pairs:
            self._carry_over(old, new)
        carry_authors(self.key, self.locale_id, pairs)
        carry_machine_texts((self._unit(old), self._unit(new), _changed(old, new)) for old, new in pairs)
        gone = {old.pk for old, _new in pairs}
        served = {new.pk for _old, new in pairs}
        self.old = [segment for segment in self.old if segment.pk not in gone]
        self.new = [segment for segment in self.new if segment.pk not in served]

    def _same_strings(self) -> list[tuple[StringSegment, StringSegment]]:
        """Return pairs of segments with the same string: their block was created again or moved into another
        one."""
        by_string = defaultdict(list)
        for segment in self.old:
            by_string[segment.string_id].append(segment)
        return [(by_string[new.string_id].pop(0), new) for new in self.new if by_string[new.string_id]]

    def _same_place(self) -> list[tuple[StringSegment, StringSegment]]:
        """Return pairs of segments at the same path; if there are several, those with similar strings."""
        pairs = []
        for context_id in {segment.context_id for segment in self.new}:
            old = [segment for segment in self.old if segment.context_id == context_id]
            new = [segment for segment in self.new if segment.context_id == context_id]
            if len(old) == len(new) == 1:
                pairs.append((old[0], new[0]))
            else:
                pairs += aligned(old, new, self._text, ALIGNED)
        return pairs

    def _elsewhere(self) -> list[tuple[StringSegment, StringSegment]]:
        """Return pairs of segments with similar strings in blocks of the same kind."""
        return nearest(self.old, self.new, self._text, ELSEWHERE, lambda segment: segment.context.field_path)

    def _carry_over(self, old: StringSegment, new: StringSegment) -> None:
        wording = self._wording(old)
        assert wording is not None  # `self.old` holds segments with a text only
        StringTranslation.objects.create(
            translation_of_id=new.string_id,
            context_id=new.context_id,
            locale_id=self.locale_id,
            data=_changed(old, new)(wording.data),
            last_translated_by_id=wording.last_translated_by_id,
            **origin_of_copy(wording, same=old.string_id == new.string_id),
        )
        unit = self._carried(old, new, wording)
        if unit.says_something:
            unit.save()

    def _carried(self, old: StringSegment, new: StringSegment, wording: StringTranslation) -> Unit:
        """Return the unit of a new segment with what is known of the old one: its approved text if the string is
        the same, that nobody has confirmed it, and since when it is stale. With another string it is stale from
        now on, unless it was before."""
        before, unit = self._unit(old), self._unit(new)
        unit.unsure_from, unit.unsure_since = before.unsure_from, before.unsure_since
        if old.string_id == new.string_id and not unit.approved_at:
            for name in APPROVAL:
                setattr(unit, name, getattr(before, name))
        if before.stale_since or (before.old_source and old.string_id == new.string_id):
            # What has replaced an approved text without being confirmed was not approved.
            unit.was_approved = before.was_approved and not before.unsure_since
            unit.old_source = before.old_source
            unit.stale_since, unit.old_text = before.stale_since, before.old_text
        elif old.string_id != new.string_id:
            unit.old_source, unit.stale_since = old.string.data, timezone.now()
            unit.was_approved = bool(before.approved_at) and before.approved_text == wording.data
        if unit.stale_since:
            unit.old_text = wording.data
        return unit

    def _unit(self, segment: StringSegment) -> Unit:
        return self.units.get(_place(segment)) or Unit(
            object_key=self.key,
            locale_id=self.locale_id,
            path=segment.context.path,
            path_id=segment.context.path_id,
            string_hash=segment.string.data_hash,
        )

    def _wording(self, segment: StringSegment) -> StringTranslation | None:
        return self.wordings.get((segment.context_id, segment.string_id))

    @staticmethod
    def _text(segment: StringSegment) -> str:
        return segment.string.data


def _changed(old: StringSegment, new: StringSegment) -> Callable[[str], str]:
    """Return the function that makes a text of the old segment one of the new."""
    if old.string_id == new.string_id:
        return str
    return partial(renumbered, old_attrs=old.attrs, new_attrs=new.attrs)


def _place(segment: StringSegment) -> tuple[Any, ...]:
    return segment.context.path_id, segment.string.data_hash
