"""Rows whose making, changing or deleting is recorded. Apps above this one add models of theirs in `ready()`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import Signal

from core.audit.actions import DELETED, MEMBERS_CHANGED, RIGHTS_CHANGED
from core.audit.record import record
from core.typed import Translatable

TOLD = {"is_active", "is_superuser", "is_staff", "consent_scope"}
"""Fields whose new value is recorded; of others, that they have changed."""
CHANGED = "changed"

row_changed = Signal()
"""Sent after a followed row was saved with other values: `instance`, `before` (the stored values by field) and
`changed` (the names of the fields)."""


@dataclass(frozen=True)
class Followed:
    """`fields` of a model, whose change is recorded as `action`; in a new row, as `created`."""

    fields: tuple[str, ...]
    action: str
    created: str


_followed: dict[type[Translatable], Followed] = {}


def follow_changes(model: type[Translatable], fields: Iterable[str], action: str, created: str) -> None:
    _followed[model] = Followed(tuple(fields), action, created)
    pre_save.connect(_read_before, sender=model, dispatch_uid=f"audit_before_{model._meta.label}")
    post_save.connect(_saved, sender=model, dispatch_uid=f"audit_after_{model._meta.label}")


def follow_deletions(model: type[Translatable]) -> None:
    post_delete.connect(_deleted, sender=model, dispatch_uid=f"audit_deleted_{model._meta.label}")


def follow_rights(model: type[Translatable]) -> None:
    """For a model each row of which gives somebody a right, or takes one from everybody."""
    post_save.connect(_right_saved, sender=model, dispatch_uid=f"audit_given_{model._meta.label}")
    post_delete.connect(_right_deleted, sender=model, dispatch_uid=f"audit_taken_{model._meta.label}")


def follow_relation(relation: models.ManyToManyField) -> None:
    """For what groups somebody is in, and what permissions a user or group has."""
    through = relation.remote_field.through
    m2m_changed.connect(_related, sender=through, dispatch_uid=f"audit_related_{through._meta.label}")


def _read_before(instance: Translatable, raw: bool, update_fields: Iterable[Any] | None, **kwargs: Any) -> None:
    """Receiver: keep what is stored until `_saved` runs."""
    fields = _followed[type(instance)].fields
    instance._state.audited = {}
    if raw or instance._state.adding or (update_fields is not None and not set(update_fields) & set(fields)):
        return
    stored = type(instance)._base_manager.filter(pk=instance.pk).values(*fields).first()
    instance._state.audited = stored or {}


def _saved(
    instance: Translatable, created: bool, raw: bool, update_fields: Iterable[Any] | None, **kwargs: Any
) -> None:
    followed = _followed[type(instance)]
    before = dict.fromkeys(followed.fields, "") if created else getattr(instance._state, "audited", {})
    if raw or not before or _is_new_hash(instance, update_fields):
        return
    changed = [name for name in followed.fields if (before[name] or "") != (getattr(instance, name) or "")]
    if changed:
        if not created:
            row_changed.send(type(instance), instance=instance, before=before, changed=changed)
        details = {name: getattr(instance, name) if name in TOLD else CHANGED for name in changed}
        record(followed.created if created else followed.action, instance, details=details)


def _is_new_hash(instance: Translatable, update_fields: Iterable[Any] | None) -> bool:
    """Return whether Django stores the same password with newer parameters, as it does at a log-in."""
    return update_fields is not None and set(update_fields) == {"password"} and instance._password is None


def _deleted(instance: Translatable, **kwargs: Any) -> None:
    record(DELETED, instance)


def _right_saved(instance: Translatable, created: bool, raw: bool, **kwargs: Any) -> None:
    if not raw:
        _record_right(instance, "given" if created else "changed")


def _right_deleted(instance: Translatable, **kwargs: Any) -> None:
    _record_right(instance, "taken")


def _record_right(instance: Translatable, how: str) -> None:
    """With the numbers of what the row points to."""
    keys = {
        field.name: getattr(instance, field.attname)
        for field in instance._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    }
    details = {"how": how, **{name: str(key) for name, key in keys.items() if key}}
    record(RIGHTS_CHANGED, instance, details=details)


def _related(
    instance: Translatable,
    action: str,
    model: type[Translatable],
    pk_set: set[Any] | None,
    sender: type,
    **kwargs: Any,
) -> None:
    if action not in ("post_add", "post_remove", "pre_clear") or (action != "pre_clear" and not pk_set):
        return
    what = MEMBERS_CHANGED if sender is get_user_model().groups.through else RIGHTS_CHANGED
    details = {"how": action.rpartition("_")[2]}
    if pk_set:
        details[model._meta.model_name] = sorted(str(row) for row in model._base_manager.filter(pk__in=pk_set))
    record(what, instance, details=details)
