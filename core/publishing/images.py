"""Publishing checks on images: an alternative text, and the consent of the people shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.findings import Finding
from core.languages.site_languages import Words
from core.media.alt_texts import text_findings
from core.publishing.people import Care, Kind, PublicItem

if TYPE_CHECKING:
    from core.media.models import SiteImage

_CARE = {"minors": Care.MINOR, "survivors": Care.SURVIVOR}


def face_of(image: SiteImage, code: str) -> PublicItem | None:
    """Return the item for the people shown in an image, with its alternative text in the language `code` or else
    its title; None if nobody can be recognised. If nobody has answered who is shown, the image counts as showing
    people."""
    if image.shows == "nobody":
        return None
    return PublicItem(
        Kind.FACE,
        content=f"{image.pk}|{image.file.name}|{image.shows}",
        words=image.alt_words(code) if image.alt(code) else Words(code=code, text=image.title),
        source=image,
        care=_CARE.get(image.shows, ""),
    )


def image_findings(image: SiteImage, code: str, on: date) -> list[Finding]:
    """Return the findings on an image that is shown in the language `code` from that day on."""
    return [*text_findings(image, code), *_people_findings(image, on)]


def _people_findings(image: SiteImage, on: date) -> list[Finding]:
    if not image.shows:
        message = _("The image “%(image)s” does not say who is shown.") % {"image": image.title}
        return [Finding("who_is_shown", message, _("Choose the answer in the image's form."), subject=image)]
    return [
        Finding(
            finding.code,
            _("The image “%(image)s”: %(finding)s") % {"image": image.title, "finding": finding.message},
            finding.mend,
            subject=image,
        )
        for finding in image.consent_findings(on)
    ]
