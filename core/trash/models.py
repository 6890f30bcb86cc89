from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TrashedFile(models.Model):
    """A deleted image or document. Only users who may restore it can download its file. `core.trash` writes the
    rows.

    `content` holds `rows`, the serialized row and the rows deleted with it; `tags`; `tied`, the foreign keys set
    to null, as lists of model label, primary key and field; `shown_by`, model labels and primary keys of the
    objects that refer to it; `collection`, the collection's name; `is_private`, whether the collection has view
    restrictions.
    """

    file_model = models.CharField(max_length=100)
    file_id = models.PositiveBigIntegerField()
    title = models.CharField(_("title"), max_length=255)
    file = models.FileField(_("file"), max_length=255)
    content = models.JSONField(_("content"))
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deleted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    deleted_at = models.DateTimeField(_("deleted at"), auto_now_add=True, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("deleted file")
        verbose_name_plural = _("deleted files")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["file_model", "file_id"], name="core_trashed_file_once")]

    def __str__(self) -> str:
        return self.title
