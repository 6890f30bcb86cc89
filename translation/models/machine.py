"""Machine suggestions: what may be sent to the translator, and what it has answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from .base import OfSegment, user_field


class MachineText(OfSegment):
    """What a machine translator suggested for a unit. It tells later whether a text is, or was made from, a
    machine's; `Unit` holds that it is not confirmed."""

    text = models.TextField(_("suggested text"))
    tool = models.CharField(_("translator"), max_length=60)
    asked_by = user_field(_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("machine suggestion")
        verbose_name_plural = _("machine suggestions")
        constraints = [
            models.UniqueConstraint(
                fields=["object_key", "locale", "path_id", "string_hash"], name="one_machine_text"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


@register_setting(icon="cogs", order=310)
class MachineSettings(BaseGenericSetting):
    """What an administrator allows to be sent to the machine translator, which is a service elsewhere."""

    sends_drafts = models.BooleanField(
        _("send drafts"), default=False, help_text=_("Texts that are not published in their own language yet.")
    )
    sends_people = models.BooleanField(
        _("send personal data"), default=False, help_text=_("People, and what they said: names, roles and quotes.")
    )

    class Meta:
        verbose_name = _("machine translation")
