"""Consistency check of the stored data about translations against the content, with repairs."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from django.db import models, transaction
from wagtail.models import Revision
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from core.publishing.gate import shown
from core.typed import Translatable
from translation.models import APPROVED_ANEW, ApprovedWording, Review, ReviewStatus, Unit
from translation.review.publish import is_unapproved
from translation.sync import detached
from translation.sync.restore_approved import put_back
from translation.sync.source import refresh
from translation.sync.upkeep import all_approved, fits, is_held, keep_up, seen_by_readers
from translation.units.approvals import unreviewed
from translation.units.segments import Segment, segments_of, target_of
from translation.units.summaries import differences, mend, outdate

AT_ONCE = 200
"""Translations whose units are counted together."""


@dataclass(frozen=True)
class Trouble:
    """An inconsistency, as a sentence. `mend` repairs it; it is None if only a person can."""

    text: str
    mend: Callable[[], object] | None = None


def troubles() -> Iterator[Trouble]:
    """Yield all inconsistencies, those of sources first: repairing them may repair others or bring up new ones.
    Nothing is repaired here."""
    for source in TranslationSource.objects.order_by("pk").iterator():
        yield from _of_source(source)
    rows = Translation.objects.filter(enabled=True).select_related("source", "target_locale").order_by("pk")
    for translation in rows.iterator():
        yield from _of_translation(translation)
    for translation in (
        Translation.objects.filter(enabled=False).select_related("source", "target_locale").order_by("pk")
    ):
        yield from _of_stopped(translation)
    yield from _of_marks()
    yield from _of_former()
    yield from _of_summaries()


def _of_source(source: TranslationSource) -> Iterator[Trouble]:
    try:
        instance = source.get_source_instance()
    except models.ObjectDoesNotExist:
        return
    if instance.live and shown(json.loads(source.content_json)) != shown(json.loads(instance.to_json())):
        yield Trouble(f"{instance}: the text for translation differs from the live text.", lambda: refresh(source))


def _of_translation(translation: Translation) -> Iterator[Trouble]:
    target = target_of(translation)
    name = f"{translation.source.object_repr} ({translation.target_locale.language_code})"
    segments = segments_of(translation)
    for segment in segments:
        if segment.text or not (known := segment.stale.old_text if segment.stale else segment.approved):
            continue
        yield Trouble(
            f"{name}: the translation of “{segment.source[:60]}” is missing.",
            partial(_word, translation, segment, known),
        )
    if target is None or not target.live:
        return
    live = target.live_revision
    if live is None or not Review.objects.filter(revision=live, status=ReviewStatus.APPROVED).exists():
        if is_unapproved(target):
            yield Trouble(f"{name}: the live text was never approved. Submit it for review.")
    elif shown(target.serializable_data()) != shown(live.as_object().serializable_data()):
        yield Trouble(f"{name}: the live text differs from the approved text.", lambda: _publish_again(live))
    elif _is_behind(translation, target, segments):
        yield Trouble(
            f"{name}: the live text was made from another version of the source.", lambda: keep_up(translation)
        )


def _of_stopped(translation: Translation) -> Iterator[Trouble]:
    target = target_of(translation)
    if target is None or not target.live:
        return
    name = f"{translation.source.object_repr} ({translation.target_locale.language_code})"
    live = target.live_revision
    as_stored = live is not None and shown(target.serializable_data()) == detached.content_of(live)
    if as_stored and not unreviewed([translation]):
        return
    if not detached.says_what_was_approved(target):
        yield Trouble(
            f"{name}: stopped, and the live text has not been reviewed. Submit it to its workflow, or "
            "publish the approved version from its history."
        )
    elif as_stored:
        yield Trouble(
            f"{name}: stopped, and the approval of the live text is not recorded.",
            lambda: detached.note(live, None),
        )


def _is_behind(translation: Translation, target: Translatable, segments: list[Segment]) -> bool:
    """Return whether readers see an earlier state of the source, although all units are approved and the target is
    neither locked nor in a workflow."""
    at_rest = all_approved(segments) and not is_held(target)
    return at_rest and not fits(translation, seen_by_readers(translation), segments)


def _of_marks() -> Iterator[Trouble]:
    for unit in Unit.objects.stale().order_by("pk").iterator():
        current = TranslationSource.objects.filter(
            object_id=unit.object_key,
            stringsegment__context__path_id=unit.path_id,
            stringsegment__string__data_hash=unit.string_hash,
        )
        if not current.exists():
            mend = partial(Unit.objects.filter(pk=unit.pk).clear, **APPROVED_ANEW)
            yield Trouble(f"{unit}: marked as out of date, but no longer in the source.", mend)


def _of_former() -> Iterator[Trouble]:
    """Yield what processes of the release before have approved since `Unit` took the place of their table."""
    place = {name: models.OuterRef(name) for name in ("object_key", "locale", "path_id", "string_hash")}
    known = Unit.objects.filter(**place, approved_at__gte=models.OuterRef("approved_at"))
    for wording in ApprovedWording.objects.filter(~models.Exists(known)).order_by("pk").iterator():
        yield Trouble(f"{wording}: approved by the release before this one.", partial(_take_over, wording))


def _of_summaries() -> Iterator[Trouble]:
    rows = (
        Translation.objects.select_related("source", "target_locale").order_by("pk").iterator(chunk_size=AT_ONCE)
    )
    while some := list(islice(rows, AT_ONCE)):
        for translation in differences(some):
            name = f"{translation.source.object_repr} ({translation.target_locale.language_code})"
            yield Trouble(f"{name}: its strings are counted wrongly.", partial(mend, translation))


def _take_over(wording: ApprovedWording) -> None:
    Unit.objects.update_or_create(
        object_key=wording.object_key,
        locale_id=wording.locale_id,
        path_id=wording.path_id,
        string_hash=wording.string_hash,
        defaults={
            "path": wording.path,
            "source": wording.source,
            "approved_text": wording.text,
            "approved_by_id": wording.approved_by_id,
            "approved_at": wording.approved_at,
            "kept_by_id": wording.kept_by_id,
            "kept_at": wording.kept_at,
            **APPROVED_ANEW,
        },
    )
    outdate(wording.object_key, wording.locale_id)


def _word(translation: Translation, segment: Segment, text: str) -> None:
    """Store `text` as the draft text of a unit that has lost it."""
    row = translation.source.stringsegment_set.select_related("string", "context").get(pk=segment.pk)
    put_back(
        StringTranslation(translation_of=row.string, context=row.context, locale=translation.target_locale), text
    )
    outdate(translation.source.object_id, translation.target_locale_id)


def _publish_again(revision: Revision) -> None:
    with transaction.atomic():
        revision.publish(skip_permission_checks=True)
