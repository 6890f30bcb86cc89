from django.db import models


class DocumentMetadata(models.Model):
    """The metadata that could not be removed from a document's file: `left` are keys of
    `core.metadata.documents.LEFT`. A document without a row has not been cleaned yet. Only `core.metadata` writes
    these rows."""

    document = models.OneToOneField(
        "wagtaildocs.Document", on_delete=models.CASCADE, primary_key=True, related_name="metadata"
    )
    left = models.JSONField(default=list)
    title_of_file = models.BooleanField(default=False)
    """Whether the title is only the name of the uploaded file."""
    checks = models.PositiveSmallIntegerField(db_default=0, default=0)
    """The version of the checks that the file has passed, see `core.metadata.documents.CHECKS`."""

    wagtail_reference_index_ignore = True
