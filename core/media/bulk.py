"""Wagtail's bulk actions on images and documents: what readers see is left out, and named with the reason."""

from typing import Any

from django.db import transaction
from wagtail.admin import messages
from wagtail.documents.views.bulk_actions import AddToCollectionBulkAction as DocumentsToCollection
from wagtail.documents.views.bulk_actions import DeleteBulkAction as DeleteDocuments
from wagtail.images.views.bulk_actions import AddToCollectionBulkAction as ImagesToCollection
from wagtail.images.views.bulk_actions import DeleteBulkAction as DeleteImages
from wagtail.models import Collection

from core.journal.private_files import record_private_files
from core.media.uses import uses_of
from core.publishing.live_files import live_users, refusal, right_errors
from core.typed import Translatable, ViewMixin


class DeletesFiles(ViewMixin):
    """Before Wagtail's own class."""

    template_name = "admin/media/bulk_delete.html"

    def check_perm(self, file: Translatable) -> bool:
        if super().check_perm(file):
            return True
        if reason := refusal(file, self.request.user):
            messages.error(self.request, reason)
        return False

    def object_context(self, file: Translatable) -> dict[str, Any]:
        return {**super().object_context(file), "uses": uses_of(file)}


class MovesFiles(ViewMixin):
    """Before Wagtail's own class."""

    def check_perm(self, file: Translatable) -> bool:
        if not super().check_perm(file):
            return False
        if self.cleaned_form is None:
            return True
        changed = {"collection": self.cleaned_form.cleaned_data["collection"]}
        errors = list(right_errors(file, changed, live_users(file), self.request.user))
        for _field, reason in errors:
            messages.error(self.request, f"“{file}”: {reason}")
        return not errors

    @classmethod
    @transaction.atomic
    def execute_action(
        cls, files: list[Translatable], collection: Collection | None = None, **kwargs: Any
    ) -> tuple[Any, ...]:
        """Wagtail's own updates the rows, which no receiver hears of."""
        if collection:
            record_private_files(files, collection)
        return super().execute_action(files, collection=collection, **kwargs)


class GatedDeleteImages(DeletesFiles, DeleteImages):
    pass


class GatedDeleteDocuments(DeletesFiles, DeleteDocuments):
    pass


class GatedImagesToCollection(MovesFiles, ImagesToCollection):
    pass


class GatedDocumentsToCollection(MovesFiles, DocumentsToCollection):
    pass


ACTIONS = (GatedDeleteImages, GatedDeleteDocuments, GatedImagesToCollection, GatedDocumentsToCollection)
