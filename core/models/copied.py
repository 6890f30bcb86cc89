from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CopiedPart(models.Model):
    """A part of a page that its copy took over: it blocks publishing until it is changed or confirmed.

    Only `core.copies` reads and writes these. `key` is the copy's translation key: a statement about the
    original holds in its translations.
    """

    key = models.UUIDField(_("copy"))
    digest = models.CharField(_("digest of the part"), max_length=64)
    source = models.CharField(_("taken over from"), max_length=255)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        # The model stood in another app before; the older code goes on with the same table during an upgrade.
        db_table = "campaigns_copiedpart"
        verbose_name = _("part taken over by a copy")
        verbose_name_plural = _("parts taken over by copies")
        constraints = [models.UniqueConstraint(fields=["key", "digest"], name="copied_part_once")]
