from django.db import models


class DocumentMetadata(models.Model):
    """What the file of a document tells and could not be cleaned of: `left` are keys of
    `core.metadata.documents.LEFT`. A document without such a row has not been cleaned yet. Only `core.metadata`
    writes these."""

    document = models.OneToOneField(
        "wagtaildocs.Document", on_delete=models.CASCADE, primary_key=True, related_name="metadata"
    )
    left = models.JSONField(default=list)
    title_of_file = models.BooleanField(default=False)
    """Whether the title is only the name that the uploaded file had."""
    checks = models.PositiveSmallIntegerField(db_default=0, default=0)
    """The checks that the file went through, see `core.metadata.documents.CHECKS`."""

    wagtail_reference_index_ignore = True
