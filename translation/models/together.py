from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import user_field


class TogetherChoice(models.Model):
    """What an editor chose to happen in the other languages when an object in its source language goes live or
    expires by schedule. The choice holds only for the dates that are stored with it."""

    object_key = models.UUIDField(_("translation key"), unique=True)
    go_live_at = models.DateTimeField(_("goes live at"), null=True, blank=True)
    expire_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    publishes = models.BooleanField(_("the others go live with it"), default=False)
    expires = models.BooleanField(_("the others expire with it"), default=False)
    chosen_by = user_field(_("chosen by"))
    chosen_at = models.DateTimeField(_("chosen at"), auto_now=True)

    class Meta:
        verbose_name = _("choice for the other languages")
        verbose_name_plural = _("choices for the other languages")

    def __str__(self) -> str:
        return str(self.object_key)
