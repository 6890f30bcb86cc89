"""The stores (see `core.consent.stores`) of Wagtail, of the task queue and of the mail queue."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_noop as _
from django_tasks_db.models import DBTaskResult
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    WorkflowState,
)

from core.consent.masking import MASK, Words, mask_columns
from core.consent.stores import Store, Subject, register
from core.internals.wagtail_models import FormState


def revisions_of(subject: Subject) -> models.QuerySet[Any]:
    return Revision.objects.filter(content_type=subject.content_type, object_id__in=subject.ids)


def words_of_revisions(subject: Subject) -> Iterator[str]:
    """Yield the subject's `word_fields` from each of its revisions."""
    for revision in revisions_of(subject):
        yield from (str(revision.content.get(name) or "") for name in subject.model.word_fields)


def end_workflows(subject: Subject) -> int:
    """Cancel the subject's active workflows, so that nobody is asked to approve it. Return how many there were."""
    states = WorkflowState.objects.active().filter(content_type=subject.content_type, object_id__in=subject.ids)
    for state in states:
        state.cancel()
    return len(states)


def mask_revisions(subject: Subject) -> int:
    """Mask the words in the subject's revisions and remove their approved go-live dates. Revisions keep their
    structure, so that they can still be opened and compared. Return how many there are."""
    found = list(revisions_of(subject))
    for revision in found:
        mask_content(subject, revision.content)
        revision.object_str = MASK
        revision.approved_go_live_at = None
    Revision.objects.bulk_update(found, ["content", "object_str", "approved_go_live_at"], batch_size=100)
    return len(found)


def mask_content(subject: Subject, content: dict[str, Any]) -> None:
    """Replace the subject's masked fields in the serialized object `content`, in place."""
    content |= {name: value for name, value in subject.model.masked_fields.items() if name in content}


def mask_log(subject: Subject) -> int:
    """Mask the labels, comments and words in the subject's own log entries, and the comments in its workflows.
    Return how many entries and comments were found."""
    entries = list(ModelLogEntry.objects.filter(content_type=subject.content_type, object_id__in=subject.ids))
    for entry in entries:
        entry.label = MASK
        entry.data = subject.words.masked_wholly(entry.data)
        if "comment" in entry.data:
            entry.data["comment"] = MASK
    ModelLogEntry.objects.bulk_update(entries, ["label", "data"], batch_size=100)
    states = TaskState.objects.filter(revision__in=revisions_of(subject)).exclude(comment="")
    return len(entries) + states.update(comment=MASK)


def mask_other_entries(subject: Subject) -> int:
    """Mask the words in log entries and workflow comments of other objects, such as the findings of a page that
    shows the subject. Return how many were changed."""
    return sum(
        mask_columns(model._base_manager.all(), fields, subject.words)
        for model, fields in (
            (ModelLogEntry, ("label", "data")),
            (PageLogEntry, ("label", "data")),
            (TaskState, ("comment",)),
        )
    )


def mask_comments(subject: Subject) -> int:
    """Mask comments in editors that contain the words. Return how many were changed."""
    return sum(
        mask_columns(model._base_manager.all(), ("text",), subject.words) for model in (Comment, CommentReply)
    )


def mask_tasks(subject: Subject) -> int:
    """Mask the words in background tasks, whose tracebacks and results may quote an object. Return how many were
    changed."""
    return mask_columns(DBTaskResult.objects.all(), ("args_kwargs", "return_value", "traceback"), subject.words)


def delete_previews(subject: Subject) -> int:
    """Delete the form states that Wagtail keeps for previews: those of the subject and all others with its words.
    Return how many were deleted."""
    own = FormState.objects.filter(content_type=subject.content_type, object_id__in=subject.ids)
    found = {state.pk for state in FormState.objects.iterator(chunk_size=50) if _has_words(state, subject.words)}
    found |= set(own.values_list("pk", flat=True))
    return FormState.objects.filter(pk__in=found).delete()[0]


def _has_words(state: FormState, words: Words) -> bool:
    return any(words.found_in(value) for _name, value in parse_qsl(state.data))


def mask_old_page_revisions(subject: Subject) -> int:
    """Mask the words in page revisions that are neither live nor the newest. Those two are left for an editor to
    decide (`core.consent.same_words`). Return how many were changed."""
    changed = 0
    for revision, is_current in _page_revisions(subject):
        if not is_current:
            content = subject.words.masked(revision.content)
            Revision.objects.filter(pk=revision.pk).update(
                content=content, object_str=subject.words.masked_wholly(revision.object_str)
            )
            changed += 1
    return changed


def _page_revisions(subject: Subject) -> Iterator[tuple[Revision, bool]]:
    """Yield each page revision with the words, and whether it is its page's live or newest one."""
    kind = ContentType.objects.get_for_model(Page)
    rows = Revision.objects.filter(base_content_type=kind)
    found = [row for row in subject.words.rows(rows, "content") if subject.words.found_in(row.content)]
    pages = Page.objects.filter(pk__in={int(row.object_id) for row in found})
    current = {pk for pair in pages.values_list("live_revision_id", "latest_revision_id") for pk in pair}
    yield from ((row, row.pk in current) for row in found)


def connect() -> None:
    """Register the stores of this module."""
    register(Store(_("Workflows ended"), end_workflows))
    register(Store(_("Versions"), mask_revisions, words_of_revisions))
    register(Store(_("Log entries"), mask_log))
    register(Store(_("Log entries of other objects"), mask_other_entries, again=True))
    register(Store(_("Comments"), mask_comments, again=True))
    register(Store(_("Background tasks"), mask_tasks, again=True))
    register(Store(_("Previews in editors"), delete_previews, again=True))
    register(Store(_("Earlier versions of pages"), mask_old_page_revisions, again=True))
