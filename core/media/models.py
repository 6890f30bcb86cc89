"""The models of files: images with their alternative texts, the consent of those who are shown, and their
renditions; what is known of documents, and who is seen or heard in films and sound recordings among them."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from core.consent import ConsentMixin
from core.consent.masking import MASK
from core.drafts_drawn import drafted_alt
from core.internals.django import is_committed
from core.internals.wagtail_models import SourceImageIOError
from core.languages.site_languages import Words, active_code, chain, language_choices
from core.metadata.pictures import PictureRefused, clean_picture, is_neutral
from core.typed import AnyFile


class WhoIsShown(models.TextChoices):
    """The people who can be recognised in an image or a recording."""

    NOBODY = "nobody", _("No recognisable people")
    ADULTS = "adults", _("Adults")
    MINORS = "minors", _("Children or young people under 18")
    SURVIVORS = "survivors", _("Survivors of trafficking or violence")


class SiteImage(ConsentMixin, AbstractImage):  # type: ignore[django-manager-missing]  # Wagtail's manager is Any.
    """The site's image model."""

    alt_texts = models.JSONField(
        _("alternative texts"),
        default=dict,
        blank=True,
        help_text=_("What the picture shows, per language: {language code: text}."),
    )
    # The text in the site's default language from which each of the other texts was translated.
    alt_sources = models.JSONField(
        _("originals of the alternative texts"), default=dict, blank=True, editable=False
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    credit_language = models.CharField(
        _("language of the credit"),
        max_length=10,
        choices=language_choices,
        blank=True,
        help_text=_("For screen readers. Leave blank if the credit is only a name."),
    )
    rights = models.CharField(
        _("rights"),
        max_length=200,
        blank=True,
        help_text=_("Licence or agreement under which it may be used."),
    )
    shows = models.CharField(
        _("who is shown"),
        max_length=12,
        choices=WhoIsShown,
        blank=True,
        help_text=_("If people can be recognised, their consent is required before publishing."),
    )

    title_of_file = models.BooleanField(default=False, editable=False)
    """Whether the title is only the name of the uploaded file."""

    masked_fields = {"title": MASK, "description": "", "alt_texts": {}, "alt_sources": {}, "credit": ""}

    admin_form_fields = (
        *(name for name in Image.admin_form_fields if name != "description"),
        "credit",
        "credit_language",
        "rights",
        "shows",
        "consent_reference",
        "consent_scope",
        "consent_until",
    )
    search_fields = [*AbstractImage.search_fields, index.FilterField("shows")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the image in one transaction; if that fails, delete the newly stored file. Raise PictureRefused if
        the file is refused."""
        is_new = bool(self.file) and not is_committed(self.file)
        try:
            with transaction.atomic():
                super().save(*args, **kwargs)
        except BaseException:
            if is_new and is_committed(self.file):
                self.file.storage.delete(self.file.name)
            raise

    @contextmanager
    def open_file(self) -> Iterator[AnyFile]:
        """Open the file from which renditions are made; a file stored before uploads were cleaned is cleaned in
        memory. Raise SourceImageIOError if it is missing or refused."""
        with super().open_file() as file:
            if is_neutral(self.file.name):
                yield file
                return
            try:
                master = clean_picture(file)
            except PictureRefused as error:
                raise SourceImageIOError(str(error)) from error
            yield master

    @property
    def public_title(self) -> str:
        """Return the title, or the alternative text if the title is only a file name, which may name people."""
        return self.alt() if self.title_of_file else self.title

    def alt(self, code: str | None = None) -> str:
        """Return the alternative text in the language `code` (default: the active one), else in the first language
        of `chain` that has one; "" if none has."""
        return self.alt_words(code).text

    def alt_words(self, code: str | None = None) -> Words:
        """Return the alternative text as `alt`, with the code of the language that it is in."""
        wanted = code or active_code()
        known = next((each for each in chain(wanted) if self.alt_texts.get(each)), wanted)
        return drafted_alt(self.pk, wanted, Words(code=known, text=self.alt_texts.get(known, "")))

    @property
    def original_alt(self) -> str:
        """The alternative text in the site's own language, of which the others are translations; "" if there is
        none."""
        return str(self.alt_texts.get(settings.LANGUAGE_CODE, ""))

    @property
    def credit_words(self) -> Words:
        """Return the credit with its language, by default the active one."""
        return Words(code=self.credit_language or active_code(), text=self.credit)

    @property
    def default_alt_text(self) -> str:
        """Return the alternative text that Wagtail uses, in the active language."""
        return self.alt()

    @property
    def consent_needed(self) -> bool:
        """Return whether the image needs a consent: unless it says that nobody can be recognised. Nothing answered
        counts as somebody."""
        return self.shows != WhoIsShown.NOBODY

    @classmethod
    def needs_consent_q(cls) -> Q:
        """Return the condition for images that need a consent, as `consent_needed`."""
        return ~Q(shows=WhoIsShown.NOBODY)


class SiteRendition(AbstractRendition):
    """A rendition of a `SiteImage`, stored under a name that cannot be guessed."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_site_rendition"
            )
        ]
        # Each request for a rendition looks the row up by its file.
        indexes = [models.Index(fields=("file",), name="site_rendition_file")]

    def get_upload_to(self, filename: str) -> str:
        """Return a random path with the extension of `filename`, so that nobody can guess it from other paths or
        from the name of the uploaded file."""
        return f"images/{secrets.token_urlsafe(16)}{PurePath(filename).suffix}"

    @property
    def url(self) -> str:
        """Return the URL of the view that checks who may see the file, wherever it is stored."""
        return reverse("media", args=[self.file.name])


FILMS = frozenset("3gp avi flv m4v mkv mov mp4 mpeg mpg ogv webm wmv".split())
SOUNDS = frozenset("aac aiff amr flac m4a mp3 oga ogg opus wav weba wma".split())


def is_recording(name: str | None) -> bool:
    """Return whether a file of that name is a film or a sound recording, by its extension; False for None."""
    return PurePath(name or "").suffix.lower().lstrip(".") in FILMS | SOUNDS


def is_sound(name: str | None) -> bool:
    """Return whether a file of that name is a sound recording, by its extension; False for None."""
    return PurePath(name or "").suffix.lower().lstrip(".") in SOUNDS


class Recording(ConsentMixin):
    """The answer who is seen or heard in a document that is a film or sound recording, and their consent. Each
    such document has a row; with an empty `shows` nobody has answered, and it may be anybody."""

    document = models.OneToOneField(
        "wagtaildocs.Document", on_delete=models.CASCADE, primary_key=True, related_name="recording"
    )
    shows = models.CharField(
        _("who is seen or heard"),
        max_length=12,
        choices=WhoIsShown,
        blank=True,
        help_text=_("If people can be recognised, their consent is required before publishing."),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("video or sound recording")
        verbose_name_plural = _("videos and sound recordings")

    def __str__(self) -> str:
        return self.document.title

    @property
    def consent_needed(self) -> bool:
        """Return whether the recording needs a consent: unless it says that nobody can be recognised. Nothing
        answered counts as somebody."""
        return self.shows != WhoIsShown.NOBODY

    @classmethod
    def needs_consent_q(cls) -> Q:
        """Return the condition for recordings that need a consent, as `consent_needed`."""
        return ~Q(shows=WhoIsShown.NOBODY)

    @classmethod
    def hidden_q(cls, on: date) -> Q:
        """Return the condition for recordings that are hidden from readers on the day `on` for lack of consent. A
        recording for which nobody has answered who is in it is not hidden unless consent was withdrawn."""
        return cls.consent_missing_q(on) & (~Q(shows="") | Q(consent_withdrawn__isnull=False))

    @classmethod
    def ends_q(cls, on: date) -> Q:
        """Return the condition for recordings whose consent ends on the day `on` or later, so that `hidden_q`
        hides them afterwards."""
        return cls.needs_consent_q() & ~Q(shows="") & Q(consent_until__gte=on)

    @property
    def is_hidden(self) -> bool:
        """Return whether the recording is hidden from readers today, as `hidden_q`."""
        return bool(self.shows or self.consent_withdrawn) and not self.consent_holds()


class DocumentMetadata(models.Model):
    """The metadata that could not be removed from a document's file: `left` are keys of
    `core.metadata.documents.LEFT`. A document without a row has not been cleaned yet. Only `core.metadata` writes
    these rows."""

    document = models.OneToOneField(
        "wagtaildocs.Document", on_delete=models.CASCADE, primary_key=True, related_name="metadata"
    )
    left = models.JSONField(default=list)
    title_of_file = models.BooleanField(default=False)
    """Whether the title is only the name of the uploaded file."""
    checks = models.PositiveSmallIntegerField(db_default=0, default=0)
    """The version of the checks that the file has passed, see `core.metadata.documents.CHECKS`."""

    wagtail_reference_index_ignore = True
