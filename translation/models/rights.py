from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class LanguageAction(models.TextChoices):
    TRANSLATE = "translate", _("translate")
    REVIEW = "review", _("review")


class LanguageRight(models.Model):
    """The right of a group to translate into one language, or to review it. Translators need no permissions on
    models: Django's permissions cannot be limited to a language."""

    group = models.ForeignKey(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="language_rights"
    )
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    action = models.CharField(_("action"), max_length=12, choices=LanguageAction)

    class Meta:
        verbose_name = _("right in a language")
        verbose_name_plural = _("rights in languages")
        constraints = [models.UniqueConstraint(fields=["group", "locale", "action"], name="one_language_right")]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_action_display()} ({self.locale_id})"
