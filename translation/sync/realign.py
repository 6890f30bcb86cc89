"""Transfer of texts to changed source strings. wagtail-localize drops a unit when its source string changes; here
its text is copied to the unit that replaces it, and marked as stale.

When `pre_delete` of the old segments is sent, the new ones exist as well, and `origin` is the queryset of all
segments that are deleted."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from wagtail_localize.models import StringSegment, StringTranslation

from translation.links import renumbered
from translation.models import ApprovedWording, NeedsReview, StaleMark
from translation.units.carrying import approve_again, carrying, is_carrying
from translation.units.pairing import ALIGNED, ELSEWHERE, aligned, nearest

TOOL = "Earlier wording"


def before_segments_go(instance: StringSegment, origin: object, **kwargs: Any) -> None:
    """Receiver of `pre_delete`: copy the texts of deleted segments to new ones in all target languages, once for
    each deleted queryset. Do nothing for segments that are deleted one by one or with other objects."""
    if not isinstance(origin, QuerySet) or origin.model is not StringSegment or hasattr(origin, "_carried"):
        return
    origin._carried = True  # type: ignore[attr-defined]  # a mark of this function
    dying = list(origin.all().select_related("string", "context").order_by("order", "pk"))
    source = instance.source
    staying = source.stringsegment_set.exclude(pk__in=[segment.pk for segment in dying])
    fresh = list(staying.select_related("string", "context").order_by("order", "pk"))
    with carrying():
        for locale_id in source.translations.values_list("target_locale_id", flat=True):
            carrier = Carrier(source.object_id, locale_id, dying, fresh)
            carrier.carry()
            carrier.forget()


def place_of(wording: StringTranslation) -> dict[str, object]:
    """Return the lookup, as keyword arguments of `filter()`, for the rows about the unit of a draft text, such as
    its `StaleMark`."""
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
    place = place_of(instance)
    StaleMark.objects.filter(**place).delete()
    NeedsReview.objects.filter(**place).delete()


class Carrier:
    """The transfer of texts from deleted segments (`dying`) to the others of the source that have no text (out of
    `fresh`), in one target language."""

    def __init__(self, key: UUID, locale_id: int, dying: list[StringSegment], fresh: list[StringSegment]):
        self.key, self.locale_id = key, locale_id
        self.wordings = {
            (row.context_id, row.translation_of_id): row
            for row in StringTranslation.objects.filter(context__object_id=key, locale_id=locale_id)
        }
        approved = ApprovedWording.objects.filter(object_key=key, locale_id=locale_id)
        self.approved = {(row.path_id, row.string_hash): row for row in approved}
        marks = StaleMark.objects.filter(object_key=key, locale_id=locale_id)
        self.marks = {(row.path_id, row.string_hash): row for row in marks}
        unsure = NeedsReview.objects.filter(object_key=key, locale_id=locale_id)
        self.unsure = {(row.path_id, row.string_hash): row.tool for row in unsure}
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
        """Delete the marks of stale segments that are deleted, together with their texts: if such a string came
        back, its text, which translates an earlier string, would be taken for its translation."""
        for segment in self.dying:
            if mark := self.marks.pop(_place(segment), None):
                mark.delete()
                if wording := self._wording(segment):
                    wording.delete()

    def _pair(self, pairs: list[tuple[StringSegment, StringSegment]]) -> None:
        for old, new in pairs:
            self._carry_over(old, new)
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
        wording, mark = self._wording(old), self.marks.get(_place(old))
        assert wording is not None  # `self.old` holds segments with a text only
        same = old.string_id == new.string_id
        StringTranslation.objects.create(
            translation_of_id=new.string_id,
            context_id=new.context_id,
            locale_id=self.locale_id,
            data=wording.data if same else renumbered(wording.data, old.attrs, new.attrs),
            translation_type=wording.translation_type,
            tool_name=wording.tool_name if same else TOOL,
            last_translated_by_id=wording.last_translated_by_id,
        )
        approved = self.approved.get(_place(old))
        if same and approved:
            approve_again(approved, new)
        if _place(old) in self.unsure:
            self._still_unsure(old, new)
        if mark or not same:
            self._mark(old, new, wording, mark, approved)

    def _still_unsure(self, old: StringSegment, new: StringSegment) -> None:
        NeedsReview.objects.get_or_create(
            object_key=self.key,
            locale_id=self.locale_id,
            path_id=new.context.path_id,
            string_hash=new.string.data_hash,
            defaults={"path": new.context.path, "tool": self.unsure[_place(old)]},
        )

    def _mark(
        self,
        old: StringSegment,
        new: StringSegment,
        wording: StringTranslation,
        mark: StaleMark | None,
        approved: ApprovedWording | None,
    ) -> None:
        """Mark the text of a new segment as stale: store the text, the old source string, whether the text was
        approved, and since when it is stale. If the old segment has a `mark`, all but the text are taken from
        it."""
        StaleMark.objects.update_or_create(
            object_key=self.key,
            locale_id=self.locale_id,
            path_id=new.context.path_id,
            string_hash=new.string.data_hash,
            defaults={
                "path": new.context.path,
                "old_source": mark.old_source if mark else old.string.data,
                "old_text": wording.data,
                "was_approved": mark.was_approved if mark else bool(approved and approved.text == wording.data),
                "since": mark.since if mark else timezone.now(),
            },
        )

    def _wording(self, segment: StringSegment) -> StringTranslation | None:
        return self.wordings.get((segment.context_id, segment.string_id))

    @staticmethod
    def _text(segment: StringSegment) -> str:
        return segment.string.data


def _place(segment: StringSegment) -> tuple[Any, ...]:
    return segment.context.path_id, segment.string.data_hash
