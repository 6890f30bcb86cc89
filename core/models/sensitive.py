from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.fields import SynchronizedField


class Sensitive(models.TextChoices):
    """The answers to whether a page is sensitive; no answer means as the parent page."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class SensitiveMixin(models.Model):
    """A mixin with the setting whether people in danger read a page. `core.sensitivity` decides whether a page is
    sensitive."""

    sensitive = models.CharField(
        _("sensitive"),
        max_length=3,
        choices=[("", _("As the page above it")), *Sensitive.choices],
        blank=True,
        default="",
    )

    # Replaces the list of `BasePage`, so it repeats the slug.
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("sensitive", overridable=False),
    ]

    class Meta:
        abstract = True
