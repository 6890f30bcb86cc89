"""Revisions in the editor: which one a form was opened on, and the ones kept so that no change is lost."""

import datetime
import uuid

from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Revision, RevisionMixin, TaskState

from core.internals.wagtail_models import LogActionRegistry, log_registry
from core.typed import Translatable

KEPT_ASIDE = "core.kept_aside"
RESTORE_POINT = "core.restore_point"
_NAMESPACE = uuid.UUID("5d0f0e0e-8f0f-4f53-9a7e-0d3c0b7c2a11")


def register_log_actions(registry: LogActionRegistry) -> None:
    """Register the two log actions of this module."""
    registry.register_action(
        KEPT_ASIDE, gettext_lazy("Save separately"), gettext_lazy("Saved separately: a newer version exists")
    )
    registry.register_action(
        RESTORE_POINT, gettext_lazy("Save a restore point"), gettext_lazy("Version before editing")
    )


def form_uuid(subject: Translatable, user: User, sent: QueryDict) -> uuid.UUID | None:
    """Return the UUID of the log entries for the saves of this form, as one user has opened it once in one browser
    for this object; None if `sent` has no token (`editing_form`)."""
    token = sent.get("editing_form", "")
    if not token:
        return None
    return uuid.uuid5(_NAMESPACE, f"{subject._meta.label}:{subject.pk}:{user.pk}:{token[:64]}")


def is_outdated(latest: Revision | None, sent: QueryDict) -> bool:
    """Return whether the form was opened on a revision that is no longer the latest.

    A form sends the revision that it was opened on (`loaded_revision_id`, empty for none), and the one it has
    created since by autosave (`overwrite_revision_id`). Data with neither, sent by code, are never outdated.
    """
    if latest is None:
        return False
    if overwritten := sent.get("overwrite_revision_id"):
        return overwritten != str(latest.pk)
    if "loaded_revision_id" not in sent:
        return False
    loaded = sent["loaded_revision_id"], sent.get("loaded_revision_created_at", "")
    return loaded != (str(latest.pk), latest.created_at.isoformat())


def was_saved_by(subject: Translatable, latest: Revision | None, form: uuid.UUID | None) -> bool:
    """Return whether the latest revision was saved by this form, even if the browser did not receive the
    answer."""
    if latest is None or form is None:
        return False
    return log_registry.get_logs_for_instance(subject).filter(revision=latest, uuid=form).exists()


def may_overwrite(subject: Translatable, revision: Revision, user: User) -> bool:
    """Return whether autosave may overwrite this revision instead of creating a new one. It may not if another
    user wrote the revision, or if the revision is live, scheduled or was decided about in a workflow."""
    if revision.user_id != user.pk or revision.approved_go_live_at or subject.live_revision_id == revision.pk:
        return False
    return not TaskState.objects.filter(revision=revision).exclude(status=TaskState.STATUS_IN_PROGRESS).exists()


def keep_restore_point(subject: Translatable) -> None:
    """Save the stored object as a revision, with a log entry, if it has none yet."""
    if subject.latest_revision_id is None:
        subject.save_revision(changed=False, clean=False, log_action=RESTORE_POINT)


def keep_aside(subject: RevisionMixin, latest: Revision, user: User, form: uuid.UUID | None) -> Revision:
    """Store the data of a refused form as a revision of `user`, dated just before `latest`, log it and return the
    revision. A form (`form`, see `form_uuid`) that is refused again overwrites the same revision."""
    told = log_registry.get_logs_for_instance(subject).filter(action=KEPT_ASIDE, uuid=form) if form else None
    entry = told.exclude(revision=None).first() if told is not None else None
    if entry:
        entry.revision.content = subject.serializable_data()
        entry.revision.save(update_fields=["content"])
        return entry.revision
    kept = Revision.objects.create(
        content_object=subject,
        base_content_type=subject.get_base_content_type(),
        user=user,
        # The latest revision is the one with the latest time.
        created_at=latest.created_at - datetime.timedelta(microseconds=1),
        content=subject.serializable_data(),
        object_str=str(subject),
    )
    log(instance=subject, action=KEPT_ASIDE, user=user, revision=kept, uuid=form, content_changed=True)
    return kept
