from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CopiedPart(models.Model):
    """A part that a copy of a page has taken over, which blocks publishing the copy until it is changed or
    confirmed.

    Only `core.copies` reads and writes these rows. `key` is the copy's translation key, so that a confirmation
    also holds for the copy's translations.
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
        # The model was in another app before; the older code uses the same table during an upgrade.
        db_table = "campaigns_copiedpart"
        verbose_name = _("part taken over by a copy")
        verbose_name_plural = _("parts taken over by copies")
        constraints = [models.UniqueConstraint(fields=["key", "digest"], name="copied_part_once")]
