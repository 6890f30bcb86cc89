from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import OfSegment, user_field


class UnitVersion(OfSegment):
    """A text that a unit had before another one replaced it, since when and by whom. Rows are only added. `tool`
    names where the text came from if nobody has typed it."""

    source = models.TextField(_("source text"))
    text = models.TextField(_("text"))
    author = user_field(_("translated by"))
    tool = models.CharField(_("tool"), max_length=255, blank=True)
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("earlier text of a string")
        verbose_name_plural = _("earlier texts of strings")
        ordering = ["pk"]
        indexes = [models.Index(fields=["object_key", "locale", "path_id"], name="unit_versions")]

    def __str__(self) -> str:
        return self.text[:80]


class UnitVisit(models.Model):
    """Which unit of a translation a user is working on at the desk. Wagtail's editing sessions know only the whole
    object."""

    translation = models.ForeignKey(
        "wagtail_localize.Translation", on_delete=models.CASCADE, related_name="+", verbose_name=_("translation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    unit = models.CharField(_("string"), max_length=60)
    seen_at = models.DateTimeField(_("last seen at"), auto_now=True)

    class Meta:
        verbose_name = _("presence at the desk")
        verbose_name_plural = _("presences at the desk")
        constraints = [models.UniqueConstraint(fields=["translation", "user"], name="one_visit_of_a_translation")]

    def __str__(self) -> str:
        return f"{self.user}: {self.unit}"
