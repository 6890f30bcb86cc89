"""Authorship of draft texts: whoever wrote or changed a text cannot approve it. wagtail-localize keeps only who
saved last, so that two people could save in turn and each review their own text; `UnitAuthor` keeps all of them.

Who saves a text unchanged does not become its author, except where a stale text that had been approved is
confirmed. A text that comes back after others were approved is still by whoever wrote it then, which `UnitVersion`
keeps, and so is what is made of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import unescape
from typing import Any
from uuid import UUID

from django.db.models import Q
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translation.models import Unit, UnitAuthor, UnitVersion, text_key
from translation.units.carrying import is_carrying
from translation.units.segments import Place, Segment


def before_wording_saved(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `pre_save`: note the authors of a draft text, and keep the one that wagtail-localize has of a
    text that is saved unchanged. Do nothing inside `carrying()`."""
    if raw or is_carrying() or instance.context is None:
        return
    known = StringTranslation.objects.filter(pk=instance.pk).first() if instance.pk else None
    place = unit_of(instance)
    if known and known.data == instance.data:
        if _was_approved_before(place):
            # To save it for the new source is a decision, which is not for those to approve who wrote the text.
            note(place, [(instance.data, known.last_translated_by_id)])
        else:
            instance.last_translated_by_id = known.last_translated_by_id or instance.last_translated_by_id
    elif known and not _is_approved(place, known.data):
        note(place, [(known.data, known.last_translated_by_id)])
    note(place, [(instance.data, instance.last_translated_by_id)])
    if known is None or known.data != instance.data:
        came = {(place["path_id"], place["string_hash"]): instance.data}
        before = earlier_authors(place["object_key"], place["locale_id"], came)
        note(place, [(instance.data, author) for _place, author in before])


def unit_of(wording: StringTranslation) -> dict[str, Any]:
    """Return the values of the fields that name the unit of a draft text in `OfSegment` models."""
    return {
        "object_key": wording.context.object_id,
        "locale_id": wording.locale_id,
        "path": wording.context.path,
        "path_id": wording.context.path_id,
        "string_hash": wording.translation_of.data_hash,
    }


def note(place: dict[str, Any], texts: Iterable[tuple[str, int | None]]) -> None:
    """Record the authors of texts of one unit; texts without an author are left out."""
    note_all((place, text, user_id) for text, user_id in texts)


def note_all(texts: Iterable[tuple[dict[str, Any], str, int | None]]) -> None:
    """Record the authors of texts, each with its unit; texts without an author are left out."""
    rows = [
        UnitAuthor(**place, text_hash=text_key(text), user_id=user_id) for place, text, user_id in texts if user_id
    ]
    if rows:
        UnitAuthor.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def carry_authors(key: UUID, locale_id: int, pairs: Collection[tuple[StringSegment, StringSegment]]) -> None:
    """Record the authors of texts that are not approved for the units that their texts are carried to (at most
    three queries). `pairs` are the old and the new source strings."""
    rows = UnitAuthor.objects.filter(object_key=key, locale_id=locale_id)
    known = defaultdict(list)
    for row in rows if pairs else ():
        known[row.path_id, row.string_hash].append(row)
    if not known:
        return
    approved = _approved(key, locale_id)
    carried = []
    for old, new in pairs:
        place = old.context.path_id, old.string.data_hash
        for row in known[place]:
            if row.text_hash != approved.get(place):
                row.pk, row.path = None, new.context.path
                row.path_id, row.string_hash = new.context.path_id, new.string.data_hash
                carried.append(row)
    UnitAuthor.objects.bulk_create(carried, ignore_conflicts=True, batch_size=500)


def authors_of(translation: Translation, segments: Collection[Segment]) -> dict[Place, set[int]]:
    """Return for the units of a translation whose text nobody has approved the ids of those who wrote or changed
    the text since, here or, if it is the same for the same string, elsewhere, and of those who wrote the same text
    of the unit at any time (two queries). The text of a stale unit that was approved has none, since nobody has
    touched it."""
    key, locale_id = translation.source.object_id, translation.target_locale_id
    fresh = [
        segment
        for segment in segments
        if segment.text and not segment.is_approved and not (segment.stale and segment.stale.was_approved)
    ]
    found = {segment.place: {segment.translator} if segment.translator else set() for segment in fresh}
    approved = {segment.place: text_key(segment.approved) for segment in fresh if segment.approved is not None}
    same = defaultdict(list)
    for segment in fresh:
        same[segment.string_hash, text_key(segment.text)].append(segment.place)
    rows = UnitAuthor.objects.filter(
        Q(object_key=key) | Q(string_hash__in=[segment.string_hash for segment in fresh]), locale_id=locale_id
    )
    for row in rows if fresh else ():
        place = row.path_id, row.string_hash
        places = same.get((row.string_hash, row.text_hash), [])
        if row.object_key == key and place in found and row.text_hash != approved.get(place):
            places = [*places, place]
        for each in places:
            found[each].add(row.user_id)
    for place, author in earlier_authors(key, locale_id, {each.place: each.text for each in fresh}):
        found[place].add(author)
    return found


def earlier_authors(key: UUID, locale_id: int, texts: Mapping[Place, str]) -> Iterator[tuple[Place, int]]:
    """Yield the authors of the texts of units, given by place, as the histories of the units name them, each with
    the place (one query). A unit that has moved, or whose source has changed, is the same unit."""
    same: dict[tuple[UUID, str], set[Place]] = defaultdict(set)
    for unit, text in texts.items():
        for name in unit:
            same[name, _read(text)].add(unit)
    paths, strings = {path for path, _string in texts}, {string for _path, string in texts}
    replaced = UnitVersion.objects.filter(
        Q(path_id__in=paths) | Q(string_hash__in=strings),
        object_key=key,
        locale_id=locale_id,
        author__isnull=False,
    )
    drafts = StringTranslation.objects.filter(
        Q(context__path_id__in=paths) | Q(translation_of__data_hash__in=strings),
        context__object_id=key,
        locale_id=locale_id,
        last_translated_by__isnull=False,
    )
    rows = (
        replaced.order_by()
        .values_list("path_id", "string_hash", "text", "author")
        .union(drafts.values_list("context__path_id", "translation_of__data_hash", "data", "last_translated_by"))
    )
    for path_id, string_hash, text, author in rows if same else ():
        for place in same[path_id, _read(text)] | same[string_hash, _read(text)]:
            yield place, author


def _read(text: str) -> str:
    """Return a text as it is read, however its characters and spaces are stored."""
    return " ".join(unescape(text).split())


def forget_others(key: UUID, locale_id: int, approved: dict[Place, UUID]) -> None:
    """Delete the authors of other texts than those that were approved, given as `text_key` by place."""
    rows = UnitAuthor.objects.filter(object_key=key, locale_id=locale_id)
    others = [
        row.pk for row in rows if row.text_hash != approved.get((row.path_id, row.string_hash), row.text_hash)
    ]
    UnitAuthor.objects.filter(pk__in=others).delete()


def _approved(key: UUID, locale_id: int) -> dict[Place, UUID]:
    """Return the `text_key` of the approved texts of an object in a language, by place."""
    rows = Unit.objects.approved().filter(object_key=key, locale_id=locale_id)
    return {(row.path_id, row.string_hash): text_key(row.approved_text) for row in rows}


def _is_approved(place: dict[str, Any], text: str) -> bool:
    """Return whether a text of a unit had been approved, for the present source string or an earlier one."""
    unit = Unit.objects.filter(**_lookup(place)).first()
    return unit is not None and (unit.approved_text == text or bool(unit.stale_since and unit.was_approved))


def _was_approved_before(place: dict[str, Any]) -> bool:
    """Return whether the text of a unit is stale and had been approved."""
    return Unit.objects.stale().filter(**_lookup(place), was_approved=True).exists()


def _lookup(place: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in place.items() if name != "path"}
