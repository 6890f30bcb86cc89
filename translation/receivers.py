"""Receivers of the signals that keep translations up to date."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import WorkflowState
from wagtail.signals import workflow_cancelled
from wagtail_localize.models import SegmentOverride, StringSegment, StringTranslation, Translation

from translation.memory import indexing
from translation.models import MemoryText, Review, ReviewStatus, Unit
from translation.sync import realign, restore_approved
from translation.sync.overrides import check_stored
from translation.units import authors, memory, summaries, versions


def fill_new_translation(instance: Translation, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `post_save`: fill the units of a new translation from the translation memory, and begin to count
    them."""
    if created and not raw:
        memory.fill(instance)
        summaries.begin(instance)


def check_override(
    instance: SegmentOverride, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Receiver of `post_save`: mark an override that could not be published, or remove the mark. Do nothing if it
    was saved with `update_fields`, as `check_stored` does."""
    if not raw and not update_fields:
        check_stored(instance)


def withdraw_with_workflow(instance: WorkflowState, **kwargs: Any) -> None:
    """Receiver of `workflow_cancelled`: mark the review that waits for the workflow as withdrawn."""
    revisions = instance.task_states.values("revision_id")
    for review in Review.objects.filter(revision__in=revisions, status=ReviewStatus.WAITING):
        review.status = ReviewStatus.WITHDRAWN
        review.save(update_fields=["status"])


def connect() -> None:
    """Connect the receivers, and what they record; called in `AppConfig.ready()`."""
    summaries.connect()
    indexing.register()
    workflow_cancelled.connect(withdraw_with_workflow, dispatch_uid="withdraw_with_workflow")
    pre_delete.connect(realign.before_segments_go, sender=StringSegment, dispatch_uid="carry_wordings")
    post_delete.connect(
        restore_approved.after_wording_deleted, sender=StringTranslation, dispatch_uid="wording_stands"
    )
    pre_save.connect(authors.before_wording_saved, sender=StringTranslation, dispatch_uid="keep_author")
    pre_save.connect(versions.before_text_replaced, sender=StringTranslation, dispatch_uid="keep_version")
    pre_delete.connect(versions.before_text_cleared, sender=StringTranslation, dispatch_uid="keep_cleared")
    post_save.connect(realign.after_wording_saved, sender=StringTranslation, dispatch_uid="clear_stale_mark")
    post_save.connect(fill_new_translation, sender=Translation, dispatch_uid="fill_new_translation")
    for sender in (Unit, MemoryText):
        post_save.connect(indexing.after_text_changed, sender=sender, dispatch_uid=f"index_{sender.__name__}")
        post_delete.connect(indexing.after_text_changed, sender=sender, dispatch_uid=f"unindex_{sender.__name__}")
    post_save.connect(check_override, sender=SegmentOverride, dispatch_uid="check_override")
