"""Keeps an image or a document that is deleted, by whatever path: the admin, several at once, an API, code."""

import json
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import models
from django.db.models.signals import pre_delete
from wagtail.documents import get_document_model
from wagtail.log_actions import get_active_log_context

from core.models import SiteImage, SiteRendition, TrashedFile
from core.publishing.live_files import restrictions_of, users_of
from core.typed import Translatable


def keep_file(instance: Translatable, **kwargs: Any) -> None:
    """Receiver, in the transaction that deletes."""
    user = get_active_log_context().user
    TrashedFile.objects.update_or_create(
        file_model=instance._meta.label_lower,
        file_id=instance.pk,
        defaults={
            "title": str(instance)[:255],
            "file": instance.file.name,
            "content": _content(instance),
            "deleted_by": user if user and user.is_authenticated else None,
        },
    )


def _content(instance: Translatable) -> dict[str, Any]:
    stored = type(instance)._base_manager.get(pk=instance.pk)
    return {
        "rows": json.loads(serializers.serialize("json", [stored, *_taken_along(stored)])),
        "tags": list(stored.tags.names()),
        "tied": _tied_to(stored),
        "shown_by": [[source._meta.label_lower, source.pk] for source in users_of(stored)],
        "collection": stored.collection.name,
        "is_private": bool(restrictions_of(stored.collection)),
    }


def _relations(instance: Translatable, on_delete: object) -> list[models.Field]:
    found = instance._meta.get_fields(include_hidden=True)
    return [each.field for each in found if each.auto_created and getattr(each, "on_delete", None) is on_delete]


def _taken_along(instance: Translatable) -> list[Translatable]:
    """What is deleted with it, such as its rows on resource pages. Renditions are made anew."""
    fields = [field for field in _relations(instance, models.CASCADE) if field.model is not SiteRendition]
    return [row for field in fields for row in field.model._base_manager.filter(**{field.name: instance.pk})]


def _tied_to(instance: Translatable) -> list[list[Any]]:
    return [
        [field.model._meta.label_lower, pk, field.name]
        for field in _relations(instance, models.SET_NULL)
        for pk in field.model._base_manager.filter(**{field.name: instance.pk}).values_list("pk", flat=True)
    ]


def model_of(trashed: TrashedFile) -> type[Translatable]:
    return apps.get_model(trashed.file_model)


def connect() -> None:
    for model in (SiteImage, get_document_model()):
        pre_delete.connect(keep_file, sender=model, dispatch_uid=f"keep_file_{model._meta.label}")
