from django.db import models


class ShownFile(models.Model):
    """A row for each image or document that a page or a snippet refers to, as it is stored, live or not.

    `core.media.shown` writes the rows in the transaction that writes what shows the file. They tell what refers to
    a file, never whether readers see it: that is read from what shows it when it is asked (`core.media.access`).

    Models are named by their label ("core.siteimage", "wagtailcore.page"), so that nobody has to look up a content
    type before a picture can be sent.
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
