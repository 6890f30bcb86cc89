"""Wagtail's bulk actions on images and documents, which skip files that the user may not change and say why."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.admin import messages
from wagtail.models import Collection

from core.internals.wagtail_admin import DeleteDocuments, DeleteImages, DocumentsToCollection, ImagesToCollection
from core.media.live_files import live_users, refusal, right_errors
from core.media.private_files import record_private_files
from core.media.uses import uses_of
from core.typed import BulkActionMixin

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument
    from wagtail.images.models import AbstractImage


class DeletesFiles(BulkActionMixin):
    """Mixin for bulk actions that delete files. Must come before Wagtail's class."""

    template_name = "admin/media/bulk_delete.html"

    def check_perm(self, file: "AbstractImage | AbstractDocument") -> bool:
        """Return whether the user may delete the file. If they may change but not delete it, as readers see it,
        add a message."""
        if super().check_perm(file):
            return True
        if reason := refusal(file, self.request.user):
            messages.error(self.request, reason)
        return False

    def object_context(self, file: "AbstractImage | AbstractDocument") -> dict[str, Any]:
        """Return the template context of one file, with the objects that use the file (`uses`)."""
        return {**super().object_context(file), "uses": uses_of(file)}


class MovesFiles(BulkActionMixin):
    """Mixin for bulk actions that move files to another collection. Must come before Wagtail's class."""

    def check_perm(self, file: "AbstractImage | AbstractDocument") -> bool:
        """Return whether the user may move the file to the chosen collection; before one is chosen, whether they
        may change it. If live objects forbid the move, add messages that say why."""
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
        cls, files: "list[AbstractImage | AbstractDocument]", collection: Collection | None = None, **kwargs: Any
    ) -> tuple[Any, ...]:
        """Move the files into `collection`, and record in the journal those that become private: Wagtail's action
        updates the rows without signals."""
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
