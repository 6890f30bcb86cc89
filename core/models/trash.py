from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TrashedFile(models.Model):
    """A deleted image or document. Nobody is sent its file but who may restore it. `core.trash` writes the rows.

    `content` has: `rows`, the serialized row itself and those that its deletion takes along; `tags`; `tied`, what
    it is taken out of, each as label, key and field; `shown_by`, labels and keys of all that refers to it;
    `collection`, its name; `is_private`, whether that is restricted.
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
