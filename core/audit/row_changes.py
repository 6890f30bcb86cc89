"""Receivers that record the creation, change and deletion of rows of registered models.

Other apps register models of theirs in `ready()`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import Signal

from core.audit.actions import DELETED, MEMBERS_CHANGED, RIGHTS_CHANGED
from core.audit.record import record
from core.internals.django import is_password_unset

TOLD = {"is_active", "is_superuser", "is_staff", "consent_scope"}
"""Fields whose new value is recorded. For other fields only CHANGED is recorded."""
CHANGED = "changed"

row_changed = Signal()
"""Signal sent after a registered row was saved with other values. Arguments: `instance`, `before` (the former
values by field) and `changed` (the names of the changed fields)."""


@dataclass(frozen=True)
class Followed:
    """Fields of a model, with the action that is recorded for their change, and the action for a new row."""

    fields: tuple[str, ...]
    action: str
    created: str


_followed: dict[type[models.Model], Followed] = {}


def follow_changes(model: type[models.Model], fields: Iterable[str], action: str, created: str) -> None:
    """Record changes of `fields` of a model's rows as `action`, and new rows in which one of them is set as
    `created`. Changes also send `row_changed`. Fixtures and queryset updates are not recorded."""
    _followed[model] = Followed(tuple(fields), action, created)
    pre_save.connect(_read_before, sender=model, dispatch_uid=f"audit_before_{model._meta.label}")
    post_save.connect(_saved, sender=model, dispatch_uid=f"audit_after_{model._meta.label}")


def follow_deletions(model: type[models.Model]) -> None:
    """Record deletions of rows of `model`."""
    post_delete.connect(_deleted, sender=model, dispatch_uid=f"audit_deleted_{model._meta.label}")


def follow_rights(model: type[models.Model]) -> None:
    """Record created, changed and deleted rows, except from fixtures, of a model whose rows grant or restrict
    rights, with the keys of what they refer to."""
    post_save.connect(_right_saved, sender=model, dispatch_uid=f"audit_given_{model._meta.label}")
    post_delete.connect(_right_deleted, sender=model, dispatch_uid=f"audit_taken_{model._meta.label}")


def follow_relation(relation: "models.ManyToManyField[Any, Any]") -> None:
    """Record objects added to or removed from a many-to-many relation, such as the groups of a user, with their
    names."""
    through = relation.remote_field.through
    assert through is not None  # set once all models are loaded
    m2m_changed.connect(_related, sender=through, dispatch_uid=f"audit_related_{through._meta.label}")


def _read_before(instance: models.Model, raw: bool, update_fields: Iterable[Any] | None, **kwargs: Any) -> None:
    """Receiver: keep the stored values on the instance until `_saved` runs; none if it is new or no registered
    field is saved."""
    fields = _followed[type(instance)].fields
    vars(instance._state)["audited"] = {}
    if raw or instance._state.adding or (update_fields is not None and not set(update_fields) & set(fields)):
        return
    stored = type(instance)._base_manager.filter(pk=instance.pk).values(*fields).first()
    vars(instance._state)["audited"] = stored or {}


def _saved(
    instance: models.Model, created: bool, raw: bool, update_fields: Iterable[Any] | None, **kwargs: Any
) -> None:
    """Receiver: record the registered fields that have changed. For a row that is not new, send `row_changed`
    first."""
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


def _is_new_hash(instance: models.Model, update_fields: Iterable[Any] | None) -> bool:
    """Return whether Django only stores the same password with a newer hasher, as it may at a log-in."""
    is_only_password = update_fields is not None and set(update_fields) == {"password"}
    return is_only_password and is_password_unset(instance)


def _deleted(instance: models.Model, **kwargs: Any) -> None:
    record(DELETED, instance)


def _right_saved(instance: models.Model, created: bool, raw: bool, **kwargs: Any) -> None:
    if not raw:
        _record_right(instance, "given" if created else "changed")


def _right_deleted(instance: models.Model, **kwargs: Any) -> None:
    _record_right(instance, "taken")


def _record_right(instance: models.Model, how: str) -> None:
    """Record a right with the primary keys of the objects that the row refers to."""
    keys = {
        field.name: getattr(instance, field.attname)
        for field in instance._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    }
    details = {"how": how, **{name: str(key) for name, key in keys.items() if key}}
    record(RIGHTS_CHANGED, instance, details=details)


def _related(
    instance: models.Model,
    action: str,
    model: type[models.Model],
    pk_set: set[Any] | None,
    sender: type,
    **kwargs: Any,
) -> None:
    """Receiver: record added, removed or cleared members or permissions, with the names of those added or
    removed."""
    if action not in ("post_add", "post_remove", "pre_clear") or (action != "pre_clear" and not pk_set):
        return
    what = MEMBERS_CHANGED if sender is get_user_model().groups.through else RIGHTS_CHANGED
    details: dict[str, object] = {"how": action.rpartition("_")[2]}
    if pk_set:
        details[str(model._meta.model_name)] = sorted(
            str(row) for row in model._base_manager.filter(pk__in=pk_set)
        )
    record(what, instance, details=details)
