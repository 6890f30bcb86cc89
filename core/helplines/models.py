from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.helplines import numbers
from core.helplines.changes import record_change

FIELDS = ("number", "is_primary", "time_zone", "hours", "exceptions", "languages", "texts")


def time_zone_choices() -> list[tuple[str, str]]:
    """Return the names of the time zones that belong to a region, such as "Asia/Dushanbe", as choices."""
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name]


def default_time_zone() -> str:
    return settings.TIME_ZONE


class Helpline(models.Model):
    """A telephone number for people who need help. It is not translated: one row holds a name and a note for each
    language, and is live as soon as it is saved. `core.helplines.hours` describes `hours` and `exceptions`."""

    number = models.CharField(_("number"), max_length=40)
    is_primary = models.BooleanField(
        _("the site's helpline"),
        default=False,
        help_text=_("Shown in the footer of every page, and where no other helpline is chosen."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, choices=time_zone_choices, default=default_time_zone
    )
    hours = models.JSONField(_("opening hours"), default=dict, blank=True)
    exceptions = models.JSONField(_("exceptions"), default=list, blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    texts = models.JSONField(_("name and note"), default=dict)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The other helpline is shown instead of this one everywhere."),
    )

    class Meta:
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")
        constraints = [
            models.UniqueConstraint(
                fields=["is_primary"], condition=models.Q(is_primary=True), name="core_one_primary_helpline"
            )
        ]

    def __str__(self) -> str:
        name = self.texts.get(settings.LANGUAGE_CODE, {}).get("name", "")
        return f"{name} {self.number}".strip()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the helpline, and record the change if readers see one (`core.helplines.changes`). A primary
        helpline takes this from the former one; if there is none, a helpline that is not replaced becomes primary.
        Raise ValidationError if the number is not a telephone number."""
        self.number = numbers.parse(self.number).shown
        was = type(self).objects.select_for_update().filter(pk=self.pk).first() if self.pk else None
        others = type(self).objects.exclude(pk=self.pk)
        if self.is_primary:
            others.filter(is_primary=True).update(is_primary=False)
        elif not self.replaced_by_id and not others.filter(is_primary=True).exists():
            self.is_primary = True
        super().save(*args, **kwargs)
        old, new = was.state() if was else None, self.state()
        if old != new:
            record_change(self, old, new)

    def clean(self) -> None:
        super().clean()
        try:
            self.number = numbers.parse(self.number).shown
        except ValidationError as error:
            raise ValidationError({"number": error}) from error
        if self.replaced_by_id:
            self._check_replacement()

    def state(self) -> dict[str, Any]:
        """Return the fields that readers see by name, as JSON can hold them; `replaced_by` as text, empty if there
        is none."""
        return {name: getattr(self, name) for name in FIELDS} | {"replaced_by": str(self.replaced_by or "")}

    def _check_replacement(self) -> None:
        if self.is_primary:
            raise ValidationError(
                {
                    "replaced_by": _(
                        "The site's helpline cannot be replaced. Mark another one as the site's helpline first."
                    )
                }
            )
        if self.replaced_by_id == self.pk or (self.replaced_by and self.replaced_by.replaced_by_id):
            raise ValidationError({"replaced_by": _("Choose a helpline that has not been replaced.")})
        if self.pk and type(self).objects.filter(replaced_by=self).exists():
            raise ValidationError(
                {"replaced_by": _("This helpline replaces another one, so it cannot be replaced.")}
            )
