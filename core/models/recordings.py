"""Films and sound recordings among the documents, with the consent of those who are seen or heard."""

from datetime import date
from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.consent import ConsentMixin
from core.models.images import WhoIsShown

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
        help_text=_("Where people can be recognised, their consent is needed before anything goes live."),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("film or sound recording")
        verbose_name_plural = _("films and sound recordings")

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
