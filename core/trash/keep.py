"""Keeping of deleted images and documents in the trash, whether the admin, an API or other code deletes them."""

import json
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core import serializers
from django.db import models
from django.db.models.signals import pre_delete
from wagtail.documents import get_document_model

from core.internals.wagtail_models import get_active_log_context
from core.media.live_files import restrictions_of, users_of
from core.media.models import SiteImage, SiteRendition
from core.trash.models import TrashedFile

if TYPE_CHECKING:
    from wagtail.documents.models import Document


def keep_file(instance: "SiteImage | Document", **kwargs: Any) -> None:
    """Receiver: store a `TrashedFile` for the image or document, in the transaction that deletes it; an earlier
    row for the same file is replaced."""
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


def _content(instance: "SiteImage | Document") -> dict[str, Any]:
    """Return the value of `TrashedFile.content` (see there) for a file that is being deleted."""
    stored = type(instance)._base_manager.get(pk=instance.pk)
    return {
        "rows": json.loads(serializers.serialize("json", [stored, *_taken_along(stored)])),
        "tags": list(stored.tags.names()),
        "tied": _tied_to(stored),
        "shown_by": [[source._meta.label_lower, source.pk] for source in users_of(stored)],
        "collection": stored.collection.name,
        "is_private": bool(restrictions_of(stored.collection)),
    }


def _relations(instance: models.Model, on_delete: object) -> "list[models.Field[Any, Any]]":
    """Return the foreign keys of other models to the model of `instance` that have this `on_delete`."""
    found = instance._meta.get_fields(include_hidden=True)
    return [
        each.field for each in found if isinstance(each, models.ForeignObjectRel) and each.on_delete is on_delete
    ]


def _taken_along(instance: models.Model) -> list[models.Model]:
    """Return the rows that are deleted with the file by cascade, such as its metadata, but no renditions, which
    can be generated again."""
    fields = [field for field in _relations(instance, models.CASCADE) if field.model is not SiteRendition]
    return [row for field in fields for row in field.model._base_manager.filter(**{field.name: instance.pk})]


def _tied_to(instance: models.Model) -> list[list[Any]]:
    """Return label, primary key and field of each row whose foreign key the deletion sets to null."""
    return [
        [field.model._meta.label_lower, pk, field.name]
        for field in _relations(instance, models.SET_NULL)
        for pk in field.model._base_manager.filter(**{field.name: instance.pk}).values_list("pk", flat=True)
    ]


def model_of(trashed: TrashedFile) -> "type[SiteImage | Document]":
    """Return the model of the deleted file: that of images or of documents."""
    return apps.get_model(trashed.file_model)


def connect() -> None:
    """Connect `keep_file` to the deletion of images and documents."""
    for model in (SiteImage, get_document_model()):
        pre_delete.connect(keep_file, sender=model, dispatch_uid=f"keep_file_{model._meta.label}")
