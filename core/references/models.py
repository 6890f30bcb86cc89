from django.db import models


class ShownFile(models.Model):
    """A reference of a stored page or snippet, live or not, to an image or document.

    `core.references.files` writes the rows in the transaction that saves the page or snippet. They do not say
    whether readers see the file: `core.media.access` reads that from the referring objects when it is needed.

    Models are named by their label ("core.siteimage", "wagtailcore.page"), so that no content type has to be
    looked up before a file can be sent.
    """

    file_model = models.CharField(max_length=100)
    file_id = models.PositiveBigIntegerField()
    source_model = models.CharField(max_length=100)
    source_id = models.PositiveBigIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file_model", "file_id", "source_model", "source_id"], name="core_shown_file_once"
            )
        ]
        indexes = [models.Index(fields=["source_model", "source_id"], name="core_shown_file_source")]
