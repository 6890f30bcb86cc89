"""Brings back an image or a document under its old number, so that streams and drafts find it again."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core import serializers
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex
from wagtail.permissions import policy_registry

from core.media.shown import write_rows
from core.models import TrashedFile
from core.publishing.live_files import beyond_rights
from core.trash.keep import model_of
from core.typed import Translatable


def sees_trash(user: User) -> bool:
    """Return whether the user may publish pages."""
    return policy_registry.get_by_type(Page).user_has_permission(user, "publish")


def may_list(user: User, trashed: TrashedFile) -> bool:
    """Return whether the user sees the trash and may change files of its collection."""
    policy = policy_registry.get_by_type(model_of(trashed))
    return sees_trash(user) and policy.user_has_permission_for_instance(user, "change", _as_object(trashed))


def shown_by(trashed: TrashedFile) -> list[Translatable]:
    """Return what referred to it and is still there, pages of their own type."""
    keys: dict[str, list[Any]] = {}
    for label, pk in trashed.content["shown_by"]:
        keys.setdefault(label, []).append(pk)
    return [row for label, some in keys.items() for row in apps.get_model(label)._base_manager.filter(pk__in=some)]


def in_the_way(user: User, trashed: TrashedFile) -> list[Translatable]:
    """Return what would show it to readers again and what the user may not publish."""
    return beyond_rights(user, [source for source in shown_by(trashed) if getattr(source, "live", True)])


def may_restore(user: User, trashed: TrashedFile) -> bool:
    return may_list(user, trashed) and not in_the_way(user, trashed)


@transaction.atomic
def restore(trashed: TrashedFile, user: User) -> Translatable:
    """Return the file as it was, in its collection, where it was shown. Consent that was withdrawn meanwhile stays
    withdrawn.

    Raises PermissionDenied, and ValidationError where the stored file is gone or somebody has restored it already.
    """
    row = TrashedFile.objects.select_for_update().filter(pk=trashed.pk).first()
    if row is None or model_of(row)._base_manager.filter(pk=row.file_id).exists():
        raise ValidationError(_("“%(title)s” is there already.") % {"title": trashed.title})
    if not may_restore(user, row):
        raise PermissionDenied
    if not row.file.storage.exists(row.file.name):
        raise ValidationError(_("The file of “%(title)s” is gone.") % {"title": row.title})
    sources = shown_by(row)
    own, *others = _deserialized(row)
    own.object.collection_id = _collection_of(own.object, row).pk
    own.save()
    for other in others:
        if _has_all_it_needs(other.object):
            other.save()
    _tie_again(row)
    for source in sources:
        fresh = type(source)._base_manager.get(pk=source.pk)
        write_rows(fresh)
        ReferenceIndex.create_or_update_for_object(fresh)
    file = model_of(row)._base_manager.get(pk=row.file_id)
    # Only now do receivers see what shows it, and a withdrawn consent is taken over.
    file.save()
    file.tags.set(row.content["tags"])
    row.delete()
    log(instance=file, action="wagtail.create", user=user)
    return file


def _deserialized(row: TrashedFile) -> list[Any]:
    return list(serializers.deserialize("python", row.content["rows"], ignorenonexistent=True))


def _as_object(row: TrashedFile) -> Translatable:
    file = _deserialized(row)[0].object
    known = Collection.objects.filter(pk=file.collection_id).first()
    file.collection = known or Collection.get_first_root_node()
    return file


def _collection_of(file: Translatable, row: TrashedFile) -> Collection:
    """Return its collection; where that is gone, one of its name that is as closed as it was."""
    if known := Collection.objects.filter(pk=file.collection_id).first():
        return known
    if not row.content["is_private"]:
        return Collection.get_first_root_node()
    made = Collection.get_first_root_node().add_child(name=row.content["collection"])
    CollectionViewRestriction.objects.create(collection=made, restriction_type=CollectionViewRestriction.LOGIN)
    return made


def _has_all_it_needs(row: Translatable) -> bool:
    """Return whether what its foreign keys name is still there."""
    keys = [field for field in row._meta.concrete_fields if field.is_relation]
    named = [(field, getattr(row, field.attname)) for field in keys]
    return all(
        pk is None or field.related_model._base_manager.filter(**{field.target_field.name: pk}).exists()
        for field, pk in named
    )


def _tie_again(row: TrashedFile) -> None:
    """What it was taken out of, unless that has been given another file since. As it was taken out: without a
    question, for it says what has been published before."""
    for label, pk, name in row.content["tied"]:
        rows = apps.get_model(label)._base_manager.filter(pk=pk, **{f"{name}__isnull": True})
        rows.update(**{name: row.file_id})
