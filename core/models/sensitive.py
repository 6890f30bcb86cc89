from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.fields import SynchronizedField


class Sensitive(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class SensitiveMixin(models.Model):
    """Whether a page is read by people in danger; `core.sensitivity` answers for a page."""

    sensitive = models.CharField(
        _("sensitive"),
        max_length=3,
        choices=[("", _("As the page above it")), *Sensitive.choices],
        blank=True,
        default="",
    )

    # With the one of `BasePage`, in whose place it stands.
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("sensitive", overridable=False),
    ]

    class Meta:
        abstract = True
