from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel

from .base import user_field

FORMS_HELP = _("Words or phrases that are found as well, separated by commas.")


class PartOfSpeech(models.TextChoices):
    NOUN = "noun", _("noun")
    VERB = "verb", _("verb")
    ADJECTIVE = "adjective", _("adjective")
    ADVERB = "adverb", _("adverb")
    NAME = "properNoun", _("name")
    PHRASE = "phraseologicalUnit", _("phrase")


class TermStatus(models.TextChoices):
    PREFERRED = "preferred", _("preferred")
    ALLOWED = "allowed", _("allowed")
    FORBIDDEN = "forbidden", _("forbidden")
    UNVERIFIED = "unverified", _("unverified")


class Worded(models.Model):
    """Abstract base of a term in one language."""

    text = models.CharField(_("term"), max_length=120)
    part_of_speech = models.CharField(_("part of speech"), max_length=20, choices=PartOfSpeech, blank=True)
    other_forms = models.CharField(_("other forms"), max_length=300, blank=True, help_text=FORMS_HELP)
    note = models.TextField(_("note"), blank=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text

    @property
    def forms(self) -> list[str]:
        """Return the term and its other forms."""
        return [self.text, *(form.strip() for form in self.other_forms.split(",") if form.strip())]


class Term(Worded, ClusterableModel):
    """A term of the glossary, in the site's own language."""

    panels = [
        FieldPanel("text"),
        FieldPanel("part_of_speech"),
        FieldPanel("other_forms"),
        FieldPanel("note"),
        InlinePanel("translations", heading=_("Translations"), label=_("Translation")),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ["text"]
        constraints = [models.UniqueConstraint(Lower("text"), name="one_term")]


class TermTranslation(Worded):
    """A translation of a term, or a word that must not be used for it."""

    term = ParentalKey(Term, verbose_name=_("term"), on_delete=models.CASCADE, related_name="translations")
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    status = models.CharField(_("status"), max_length=12, choices=TermStatus, default=TermStatus.UNVERIFIED)
    proposed_by = user_field(_("proposed by"), blank=True)

    panels = [
        FieldPanel("locale"),
        FieldPanel("text"),
        FieldPanel("status"),
        FieldPanel("part_of_speech"),
        FieldPanel("other_forms"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("translation of a term")
        verbose_name_plural = _("translations of terms")
        ordering = ["locale", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["term", "locale", "text"], name="one_translation_of_a_term")
        ]
