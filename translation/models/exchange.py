from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PendingImport(models.Model):
    """The parsed content of an uploaded file, kept until the uploader has seen and confirmed what it would
    change."""

    name = models.CharField(_("file"), max_length=255)
    files = models.JSONField(_("content of the files"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.CASCADE, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("import in progress")
        verbose_name_plural = _("imports in progress")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
