"""Receivers that write each deleted page and snippet to the trash, whether it is deleted in the admin or by code.
Texts of translations are not copied: they do not depend on the deleted rows."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.signals import post_delete, pre_delete
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.internals.wagtail_models import get_active_log_context
from core.models import TranslatableSnippet
from core.publishing.gate import PublishGate
from core.typed import Translatable
from translation.lifecycle.reviewed import reviews_of, source_print
from translation.models import DeletedObject
from translation.sync.source import follow


def keep_page(instance: Page, **kwargs: Any) -> None:
    """Receiver: copy a page to the trash before it is deleted, if its model has the publishing gate. Connected to
    `Page`, whose row is deleted with every page of any type, also where a queryset deletes a tree."""
    page = instance.specific
    if isinstance(page, PublishGate):
        keep(page)


def keep_snippet(instance: TranslatableSnippet, **kwargs: Any) -> None:
    """Receiver: copy a snippet to the trash before it is deleted."""
    keep(instance)


def keep(instance: Page | TranslatableSnippet) -> DeletedObject:
    """Store a copy of the object in the trash, with its later draft, reviews and references to it, and return the
    row."""
    parent = instance.get_parent() if isinstance(instance, Page) else None
    return DeletedObject.objects.create(
        object_key=instance.translation_key,
        locale_id=instance.locale_id,
        content_type=ContentType.objects.get_for_model(instance),
        title=str(instance)[:255],
        parent_key=parent.translation_key if parent else None,
        content={
            "object": json.loads(instance.to_json()),
            "draft": _later_draft(instance),
            "enabled": _languages_in_step(instance),
            "tied": _tied_to(instance),
            "reviews": reviews_of(instance),
            "source": source_print(instance),
            "act": _act(),
        },
        was_live=instance.live,
        deleted_by=_who(),
    )


def _later_draft(instance: Page | TranslatableSnippet) -> dict[str, Any] | None:
    """Return the content of the latest revision, or None if there is none or it is the live one."""
    revision = instance.get_latest_revision()
    return revision.content if revision and revision.pk != instance.live_revision_id else None


def _languages_in_step(instance: Translatable) -> list[int]:
    """Return the ids of the target languages of the enabled translations of which this object is the source or the
    target."""
    enabled = Translation.objects.filter(source__object_id=instance.translation_key, enabled=True).filter(
        models.Q(source__locale_id=instance.locale_id) | models.Q(target_locale_id=instance.locale_id)
    )
    return list(enabled.values_list("target_locale_id", flat=True))


def _tied_to(instance: Translatable) -> list[list[Any]]:
    """Return the pages and snippets whose reference to this one is set to NULL when it is deleted, such as the
    quotes of a story: a list of the model's label, the primary key and the name of the field for each."""
    found: list[list[Any]] = []
    for relation in instance._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or relation.on_delete is not models.SET_NULL:
            continue
        if issubclass(relation.related_model, PublishGate):
            name, model = relation.field.name, relation.related_model
            rows = model._base_manager.filter(**{name: instance.pk}).values_list("pk", flat=True)
            found += [[model._meta.label_lower, pk, name] for pk in rows]
    return found


def tied(deleted: DeletedObject) -> Iterator[tuple[Translatable, str]]:
    """Yield the objects of `_tied_to`, as stored with the deleted object, that still exist, each with the name of
    the field (one query per field)."""
    fields = defaultdict(list)
    for label, pk, name in deleted.content.get("tied", []):
        fields[label, name].append(pk)
    for (label, name), numbers in fields.items():
        for row in apps.get_model(label)._base_manager.filter(pk__in=numbers):
            yield row, name


def follow_cut_loose(instance: Translatable, **kwargs: Any) -> None:
    """Receiver: after a deletion, update the translation sources of the live objects that referred to the deleted
    one."""
    deleted = DeletedObject.objects.filter(
        object_key=instance.translation_key, locale_id=instance.locale_id, restored_at=None
    ).first()
    for row, _name in tied(deleted) if deleted else ():
        if row.live:
            follow(row)


def _who() -> User | None:
    """Return the user of Wagtail's log context, who deletes the object; None if there is none or nobody is logged
    in."""
    user = get_active_log_context().user
    return user if user and user.is_authenticated else None


def _act() -> str:
    """Return the id of Wagtail's log context, which all objects deleted in one request share; empty outside a
    request."""
    return str(get_active_log_context().uuid or "")


def connect() -> None:
    pre_delete.connect(keep_page, sender=Page, dispatch_uid="keep_deleted_page")
    post_delete.connect(follow_cut_loose, sender=Page, dispatch_uid="follow_cut_loose_page")
    for model in apps.get_models():
        if issubclass(model, TranslatableSnippet):
            name = model._meta.label
            pre_delete.connect(keep_snippet, sender=model, dispatch_uid=f"keep_deleted_{name}")
            post_delete.connect(follow_cut_loose, sender=model, dispatch_uid=f"follow_cut_loose_{name}")
