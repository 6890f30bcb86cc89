"""Restoring of images and documents from the trash, with their old primary key, so that references in streams and
drafts work again."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core import serializers
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Collection, Page, ReferenceIndex
from wagtail.permissions import policy_registry

from core.internals.wagtail_models import CollectionViewRestriction
from core.media.live_files import beyond_rights
from core.references.files import write_rows
from core.stamps.stamping import stamp
from core.stamps.tags import EVERYTHING
from core.trash.keep import model_of
from core.trash.models import TrashedFile
from core.typed import Translatable

if TYPE_CHECKING:
    from wagtail.documents.models import Document

    from core.media.models import SiteImage


def sees_trash(user: User) -> bool:
    """Return whether the user sees the trash, for which they must have permission to publish pages."""
    return policy_registry.get_by_type(Page).user_has_permission(user, "publish")


def may_list(user: User, trashed: TrashedFile) -> bool:
    """Return whether the user sees the trash and may change files of the deleted file's collection."""
    policy = policy_registry.get_by_type(model_of(trashed))
    return sees_trash(user) and policy.user_has_permission_for_instance(user, "change", _as_object(trashed))


def shown_by(trashed: TrashedFile) -> list[Translatable]:
    """Return the objects that referred to the file and still exist, pages as their specific type."""
    keys: dict[str, list[Any]] = {}
    for label, pk in trashed.content["shown_by"]:
        keys.setdefault(label, []).append(pk)
    return [row for label, some in keys.items() for row in apps.get_model(label)._base_manager.filter(pk__in=some)]


def in_the_way(user: User, trashed: TrashedFile) -> list[Translatable]:
    """Return the live objects that would show the file to readers again and that the user may not publish."""
    return beyond_rights(user, [source for source in shown_by(trashed) if getattr(source, "live", True)])


def may_restore(user: User, trashed: TrashedFile) -> bool:
    """Return whether the user may list the file and publish all live objects that would show it again."""
    return may_list(user, trashed) and not in_the_way(user, trashed)


@transaction.atomic
def restore(trashed: TrashedFile, user: User) -> "SiteImage | Document":
    """Restore a file with its related rows, tags, collection and references, and return it. A consent that was
    withdrawn meanwhile stays withdrawn.

    Raise PermissionDenied if the user may not restore it, ValidationError if the stored file is missing or
    somebody has restored it already.
    """
    row = TrashedFile.objects.select_for_update().filter(pk=trashed.pk).first()
    if row is None or model_of(row)._base_manager.filter(pk=row.file_id).exists():
        raise ValidationError(_("“%(title)s” already exists.") % {"title": trashed.title})
    if not may_restore(user, row):
        raise PermissionDenied
    if not row.file.storage.exists(row.file.name or ""):
        raise ValidationError(_("The file of “%(title)s” no longer exists.") % {"title": row.title})
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
    # Saved again because only now receivers find the objects that show it, and a withdrawal of consent is applied.
    file.save()
    file.tags.set(row.content["tags"])
    row.delete()
    log(instance=file, action="wagtail.create", user=user)
    return file


def _deserialized(row: TrashedFile) -> list[Any]:
    """Return Django's deserialized objects of the file and its related rows, the file first."""
    return list(serializers.deserialize("python", row.content["rows"], ignorenonexistent=True))


def _as_object(row: TrashedFile) -> "SiteImage | Document":
    """Return the deleted file as an unsaved object, in its collection or, if that is gone, in the root
    collection."""
    file = _deserialized(row)[0].object
    known = Collection.objects.filter(pk=file.collection_id).first()
    file.collection = known or Collection.get_first_root_node()
    return file


def _collection_of(file: "SiteImage | Document", row: TrashedFile) -> Collection:
    """Return the collection of a file. If it is gone, return the root collection or, if it was private, a new
    collection of the same name for users who are logged in."""
    if known := Collection.objects.filter(pk=file.collection_id).first():
        return known
    if not row.content["is_private"]:
        return Collection.get_first_root_node()
    made = Collection.get_first_root_node().add_child(name=row.content["collection"])
    CollectionViewRestriction.objects.create(collection=made, restriction_type=CollectionViewRestriction.LOGIN)
    return made


def _has_all_it_needs(row: models.Model) -> bool:
    """Return whether all objects that the row's foreign keys name still exist."""
    keys = [field for field in row._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    named = [(field, getattr(row, field.attname)) for field in keys]
    return all(
        pk is None or field.related_model._base_manager.filter(**{field.target_field.name: pk}).exists()
        for field, pk in named
    )


def _tie_again(row: TrashedFile) -> None:
    """Set the foreign keys that the deletion set to null, unless they name another file now. This is done by
    queries, without publishing checks, because the rows were published before."""
    for label, pk, name in row.content["tied"]:
        rows = apps.get_model(label)._base_manager.filter(pk=pk, **{f"{name}__isnull": True})
        rows.update(**{name: row.file_id})
    stamp([EVERYTHING])
