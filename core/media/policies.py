"""Permission policies of images, documents and collections.

A file that readers see may be deleted, and its collection moved or deleted, only by users who may publish
everything that shows the file. Wagtail's views, bulk actions and APIs use these policies.
"""

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)
from wagtail.permissions import policy_registry, register_permission_policy

from core.media.live_files import beyond_rights, live_users
from core.media.models import Recording, SiteImage
from core.references.models import ShownFile
from core.typed import Translatable

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Policy of images and documents, which refuses the deletion of files shown by objects that the user may not
    publish.

    Changes are checked field by field, by the forms (`core.media.live_files`).
    """

    def user_has_any_permission_for_instance(
        self, user: User, actions: Several[str], instance: "SiteImage | AbstractDocument"
    ) -> bool:
        others = set(actions) - {"delete"}
        if others and super().user_has_any_permission_for_instance(user, others, instance):
            return True
        if "delete" not in actions or not super().user_has_any_permission_for_instance(user, ["delete"], instance):
            return False
        return user.is_superuser or not beyond_rights(user, live_users(instance))


class RecordingPolicy(BasePermissionPolicy):
    """Policy of recordings: the same permissions as for their documents."""

    @property
    def _documents(self) -> BasePermissionPolicy:
        return policy_registry.get_by_type(get_document_model())

    def user_has_permission(self, user: User, action: str) -> bool:
        return self._documents.user_has_permission(user, action)

    def user_has_any_permission(self, user: User, actions: Several[str]) -> bool:
        return self._documents.user_has_any_permission(user, actions)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Recording) -> bool:
        return self._documents.user_has_permission_for_instance(user, action, instance.document)

    def user_has_any_permission_for_instance(self, user: User, actions: Several[str], instance: Recording) -> bool:
        return self._documents.user_has_any_permission_for_instance(user, actions, instance.document)


class CollectionPolicy(CollectionManagementPermissionPolicy):
    """Policy of collections, which refuses change and deletion if a file in the collection is shown by a live
    object that the user may not publish. Whoever may change a collection may move it out of a private one, or make
    it public."""

    def user_has_permission_for_instance(self, user: User, action: str, instance: Collection) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(
        self, user: User, actions: Several[str], instance: Collection
    ) -> bool:
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        if user.is_superuser or not {"change", "delete"} & set(actions):
            return True
        return next(shown_beyond_rights(user, instance), None) is None

    def instances_user_has_permission_for(self, user: User, action: str) -> models.QuerySet[Any]:
        found = super().instances_user_has_permission_for(user, action)
        if user.is_superuser or action not in {"change", "delete"}:
            return found
        refused = [each.pk for each in found if next(shown_beyond_rights(user, each), None) is not None]
        return found.exclude(pk__in=refused)


def shown_beyond_rights(user: User, collection: Collection) -> Iterator[Translatable]:
    """Yield the live objects that show files in a collection or below it, and that `user` may not publish."""
    within = collection.get_descendants(inclusive=True)
    files = models.Q()
    for model in (get_image_model(), get_document_model()):
        keys = model.objects.filter(collection__in=within).values("pk")
        files |= models.Q(file_model=model._meta.label_lower, file_id__in=keys)
    keys = defaultdict(set)
    for label, pk in ShownFile.objects.filter(files).values_list("source_model", "source_id"):
        keys[label].add(pk)
    for label, some in keys.items():
        for source in apps.get_model(label)._base_manager.filter(pk__in=some, live=True):
            yield from beyond_rights(user, [source])


def connect() -> None:
    """Register the policies of images, documents, recordings and collections, for the exact models: Wagtail's apps
    register theirs later, for base classes."""
    document_model = get_document_model()
    for model, auth_model in ((SiteImage, "wagtailimages.Image"), (document_model, "wagtaildocs.Document")):
        policy = FilePolicy(model, auth_model=auth_model, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)
    register_permission_policy(Recording, RecordingPolicy(Recording), exact_class=True)
    register_permission_policy(Collection, CollectionPolicy(Collection), exact_class=True)
