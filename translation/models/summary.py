from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import InLanguage


class Summary(InLanguage):
    """How far one translation is: its units and their words by state, and what they are made from. Written anew
    after each change by recorded work (`translation.units.summaries`)."""

    computed_at = models.DateTimeField(null=True, editable=False)
    """Empty while a change is not counted yet."""
    missing = models.PositiveIntegerField(default=0)
    needs_review = models.PositiveIntegerField(default=0)
    stale = models.PositiveIntegerField(default=0)
    translated = models.PositiveIntegerField(default=0)
    approved = models.PositiveIntegerField(default=0)
    missing_words = models.PositiveIntegerField(default=0)
    needs_review_words = models.PositiveIntegerField(default=0)
    stale_words = models.PositiveIntegerField(default=0)
    translated_words = models.PositiveIntegerField(default=0)
    approved_words = models.PositiveIntegerField(default=0)
    outdated = models.PositiveIntegerField(default=0)
    """The units with an approved text of an earlier source."""
    source_print = models.CharField(max_length=64, blank=True)
    """Fingerprint of the source."""
    approved_print = models.CharField(max_length=64, blank=True)
    """Fingerprint of the source and the approved texts; empty unless each unit has one."""
    behind_since = models.DateTimeField(null=True)
    """Since when the newest approved review is of another source, or of other texts."""

    class Meta:
        verbose_name = _("summary of a translation")
        verbose_name_plural = _("summaries of translations")
        constraints = [models.UniqueConstraint(fields=["object_key", "locale"], name="one_summary")]
        indexes = [
            models.Index(fields=["object_key"], condition=models.Q(computed_at=None), name="summary_to_compute")
        ]

    def __str__(self) -> str:
        return f"{self.object_key}: {self.approved} / {self.strings}"

    @property
    def strings(self) -> int:
        return self.missing + self.needs_review + self.stale + self.translated + self.approved

    @property
    def strings_left(self) -> int:
        return self.missing + self.needs_review + self.stale

    @property
    def words(self) -> int:
        return self.words_left + self.translated_words + self.approved_words

    @property
    def words_left(self) -> int:
        return self.missing_words + self.needs_review_words + self.stale_words
