"""Records of the story import: the imported files, and the quotes that wait for an editor's decision."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportStatus(models.TextChoices):
    """What the import did with a file the last time."""

    IMPORTED = "imported", _("imported")
    UNCHANGED = "unchanged", _("unchanged")
    UPDATED = "updated", _("updated")
    SKIPPED = "skipped", _("skipped")


class ImportedStory(models.Model):
    """A file that was imported, with its checksum and the story made of it, so that no file is imported twice."""

    SOURCE_LENGTH = 400

    source = models.CharField(_("source"), max_length=SOURCE_LENGTH)
    locale = models.ForeignKey("wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE)
    sha256 = models.CharField(_("fingerprint of its content"), max_length=64)
    page = models.ForeignKey(
        "campaigns.NewsPage", verbose_name=_("story"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("revision that the import made"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status = models.CharField(_("status"), max_length=12, choices=ImportStatus, default=ImportStatus.IMPORTED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("imported story")
        verbose_name_plural = _("imported stories")
        constraints = [
            models.UniqueConstraint(fields=["source", "locale"], name="unique_import_source"),
            models.UniqueConstraint(fields=["sha256", "locale"], name="unique_import_content"),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.get_status_display()})"


class GuessedQuote(models.Model):
    """An imported quote for which no editor has decided who speaks, with the values that the import has set.

    The row is deleted when an editor decides. It counts for all languages of the quote, so it refers to the quote
    by translation key, which does not change when the source row is deleted.
    """

    translation_key = models.UUIDField(_("translation key"), unique=True, editable=False)
    who_speaks = models.CharField(_("kind of speaker set by the import"), max_length=12, blank=True)
    speaker = models.ForeignKey(
        "campaigns.Person",
        verbose_name=_("speaker matched by name only"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("guessed quote")
        verbose_name_plural = _("guessed quotes")

    def __str__(self) -> str:
        return str(self.translation_key)


class ImportedQuote(models.Model):
    """What the import read in a story's text about the speaker of a quote. The editor of the quote sees it; when
    an editor has decided who speaks, `name` is erased.

    Quotes imported before this model existed have no row until an editor decides.
    """

    quote = models.OneToOneField(
        "campaigns.Quote", verbose_name=_("quote"), on_delete=models.CASCADE, related_name="imported"
    )
    name = models.CharField(_("name in the text"), max_length=240, blank=True)
    proposed = models.CharField(_("proposed"), max_length=12, blank=True)
    words = models.CharField(_("words that the proposal was made by"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("imported quote")
        verbose_name_plural = _("imported quotes")

    def __str__(self) -> str:
        return str(self.quote)
