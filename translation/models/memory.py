"""The translation memory beside the approved texts: what came from elsewhere, and the index of words by which
similar source strings are found."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from .base import user_field


class MemoryText(models.Model):
    """A translation that was not approved here: from a TMX file of another program, or a text that came back for a
    string that is gone. `object_key` is the translation key of its object, if that is known. `without_codes` tells
    that inline codes of the other program were left out."""

    source_locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("source language"), on_delete=models.CASCADE, related_name="+"
    )
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    object_key = models.UUIDField(_("translation key"), null=True, blank=True, db_index=True)
    string_hash = models.UUIDField(editable=False)
    text_hash = models.UUIDField(editable=False)
    source = models.TextField(_("source text"))
    text = models.TextField(_("text"))
    origin = models.CharField(_("file"), max_length=255)
    without_codes = models.BooleanField(_("codes left out"), default=False, db_default=False)
    brought_by = user_field(_("brought by"))
    brought_at = models.DateTimeField(_("brought at"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("foreign text of the memory")
        verbose_name_plural = _("foreign texts of the memory")
        constraints = [
            models.UniqueConstraint(
                fields=["string_hash", "locale", "source_locale", "text_hash"], name="one_memory_text"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class MemorySource(models.Model):
    """A source string with an approved or a foreign text. `languages` holds the ids of the target languages that
    it has one in, each between commas. It follows these texts; `translation.memory.indexing` writes it."""

    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    string_hash = models.UUIDField()
    text = models.TextField()
    length = models.PositiveIntegerField()
    languages = models.CharField(max_length=255)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("source string of the memory")
        verbose_name_plural = _("source strings of the memory")
        constraints = [models.UniqueConstraint(fields=["string_hash", "locale"], name="one_memory_source")]

    def __str__(self) -> str:
        return self.text[:80]


class MemoryWord(models.Model):
    """A word of the source strings, with how many of them have it."""

    word = models.CharField(max_length=60, unique=True)
    count = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("word of the memory")
        verbose_name_plural = _("words of the memory")

    def __str__(self) -> str:
        return self.word


class MemoryOccurrence(models.Model):
    """A word in a source string."""

    word = models.ForeignKey(MemoryWord, on_delete=models.CASCADE, related_name="+", db_index=False)
    source = models.ForeignKey(MemorySource, on_delete=models.CASCADE, related_name="occurrences")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("word in a source string of the memory")
        verbose_name_plural = _("words in source strings of the memory")
        constraints = [models.UniqueConstraint(fields=["word", "source"], name="one_memory_occurrence")]

    def __str__(self) -> str:
        return f"{self.word_id}: {self.source_id}"


class ExactMatches(models.TextChoices):
    FILL = "fill", _("filled in as drafts, which still need review")
    OFFER = "offer", _("offered beside the string")


@register_setting(icon="list-ul", order=300)
class TranslationSettings(BaseGenericSetting):
    """How translation is worked on this site, as its coordinators decide."""

    exact_matches = models.CharField(
        _("approved texts of equal strings"),
        max_length=5,
        choices=ExactMatches,
        default=ExactMatches.FILL,
        help_text=_(
            "What happens to a new string whose source was translated and approved elsewhere on the site."
        ),
    )

    class Meta:
        verbose_name = _("translation work")

    @classmethod
    def fills_exact_matches(cls) -> bool:
        """Return whether equal strings are filled in (one query)."""
        chosen = cls.objects.values_list("exact_matches", flat=True).first()
        return chosen in (None, ExactMatches.FILL)
