from anyascii import anyascii
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from core.publishing import PublishGate


class BasePage(PublishGate, Page):
    """Wagtail's own Page stays the base: wagtail-localize cannot work with a swapped one."""

    # The slug is the same in every language and stays when a title changes.
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs) -> None:
        if not self.slug:
            self.slug = self.proposed_slug()
        super().full_clean(*args, **kwargs)

    def proposed_slug(self) -> str:
        """ASCII letters for any script; Wagtail's own drops ғӣқӯҳҷ or writes their code points."""
        return slugify(anyascii(self.title))


class LeadImageMixin(models.Model):
    lead_image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Optional. Without one the page wears its own adras pattern."),
    )

    lead_image_panels = [FieldPanel("lead_image")]

    class Meta:
        abstract = True
