"""Which version a form was opened on, and the versions kept so that nothing is lost."""

import datetime
import uuid

from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, log
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision, TaskState

from core.typed import Translatable

KEPT_ASIDE = "core.kept_aside"
RESTORE_POINT = "core.restore_point"
_NAMESPACE = uuid.UUID("5d0f0e0e-8f0f-4f53-9a7e-0d3c0b7c2a11")


def register_log_actions(registry: LogActionRegistry) -> None:
    registry.register_action(
        KEPT_ASIDE, gettext_lazy("Keep aside"), gettext_lazy("Not saved over a newer version, kept aside")
    )
    registry.register_action(
        RESTORE_POINT, gettext_lazy("Keep a restore point"), gettext_lazy("Version from before it was edited")
    )


def form_uuid(subject: Translatable, user: User, sent: QueryDict) -> uuid.UUID | None:
    """Return the UUID of log entries made by this form, opened once in one browser: its saves are known by them.
    None where the form does not say which it is."""
    token = sent.get("editing_form", "")
    if not token:
        return None
    return uuid.uuid5(_NAMESPACE, f"{subject._meta.label}:{subject.pk}:{user.pk}:{token[:64]}")


def is_outdated(latest: Revision | None, sent: QueryDict) -> bool:
    """Return whether the form was opened on an older version than the newest.

    A form names the version that it was opened on (`loaded_revision_id`, empty for none), and the one it has made
    since by autosave (`overwrite_revision_id`). What names neither, as code does, is never outdated.
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
    """Return whether the newest version is this form's own, though its browser never heard of it."""
    if latest is None or form is None:
        return False
    return log_registry.get_logs_for_instance(subject).filter(revision=latest, uuid=form).exists()


def may_overwrite(subject: Translatable, revision: Revision, user: User) -> bool:
    """Return whether autosave may write into this version, or has to make a new one: what was published, scheduled
    or decided about stays as it was, and so does what somebody else wrote."""
    if revision.user_id != user.pk or revision.approved_go_live_at or subject.live_revision_id == revision.pk:
        return False
    return not TaskState.objects.filter(revision=revision).exclude(status=TaskState.STATUS_IN_PROGRESS).exists()


def keep_restore_point(subject: Translatable) -> None:
    """Keep what is stored as a version where there is none yet."""
    if subject.latest_revision_id is None:
        subject.save_revision(changed=False, clean=False, log_action=RESTORE_POINT)


def keep_aside(subject: Translatable, latest: Revision, user: User, form: uuid.UUID | None) -> Revision:
    """Keep an object that was refused as a version before the newest one, and say so in the history.

    A form that is refused again writes into the same version.
    """
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
        # The newest version is the one with the latest time.
        created_at=latest.created_at - datetime.timedelta(microseconds=1),
        content=subject.serializable_data(),
        object_str=str(subject),
    )
    log(instance=subject, action=KEPT_ASIDE, user=user, revision=kept, uuid=form, content_changed=True)
    return kept
