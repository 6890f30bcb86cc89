"""Publishing checks on images: an alternative text, and the consent of the people shown."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from anyascii import anyascii
from django.utils.translation import gettext as _

from core.languages.site_languages import Words, language, understood
from core.publishing.findings import Finding
from core.publishing.people import Care, Kind, PublicItem

if TYPE_CHECKING:
    from core.models import SiteImage

_CARE = {"minors": Care.MINOR, "survivors": Care.SURVIVOR}

_EXTENSION = re.compile(r"\.(avif|bmp|gif|hei[cf]|jpe?g|png|svg|tiff?|webp)$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(img|image|photo|pic|picture|dsc\w?|dcim|pxl|scan|screenshot|whatsapp image|untitled|"
    r"фото|изображение|рисунок|скриншот|снимок( экрана)?|сурат|акс|расм)[\W\d_]*((at|в|am|pm|wa)[\W\d_]*)*",
    re.IGNORECASE,
)
_COPY_OF = re.compile(r"^(copy( \(\d+\))? of|копия|нусхаи)\s+", re.IGNORECASE)
_COPY = re.compile(r"(\s*[-–]?\s*\b(copy|копия|нусха)|\s*\(\d+\))+$", re.IGNORECASE)
# The suffix that Django appends to the name of a second file with the same name.
_SECOND = re.compile(r"_[A-Za-z0-9]{7}$")


def is_file_name(text: str, file_name: str = "") -> bool:
    """Return whether an alternative text is only a name of a file: it has no letters, ends in an image's
    extension, or looks like a name that a camera, telephone or computer gives (“IMG 2041”), or like
    `file_name`."""
    text = _COPY.sub("", _COPY_OF.sub("", text.strip()))
    if not re.search(r"[^\W\d_]", text) or _EXTENSION.search(text) or _NUMBERED.fullmatch(text):
        return True
    stem = PurePath(file_name).stem
    made_of_parts = bool(re.search(r"[\d\s_-]", text))
    is_stem = _letters(text) in (_letters(stem), _letters(_SECOND.sub("", stem)))
    if re.search(r"\s", text):
        # A text of several words may be the sentence after which somebody named the file.
        return is_stem and text == text.lower()
    return "_" in text or bool(re.search(r"\d{3}", text)) or (made_of_parts and is_stem)


def _letters(name: str) -> str:
    """Return only the letters and digits of a name, transliterated to ASCII as in the names of stored files."""
    return re.sub(r"[^a-z0-9]", "", anyascii(name).lower())


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


def text_findings(image: SiteImage, code: str) -> list[Finding]:
    """Return the finding on a missing alternative text, or on one that is only a file name, as a list of at most
    one. A text in the language `code`, or in another one that its readers understand, will do."""
    texts = image.alt_texts or {}
    text = next((texts[known] for known in understood(code) if (texts.get(known) or "").strip()), "")
    values = {"image": image.title, "language": language(code).name}
    if not text:
        message = _("The image “%(image)s” has no alternative text in %(language)s.") % values
        mend = _("Say in a sentence, in the image's form, what a reader should know who cannot see it.")
        return [Finding("alt_missing", message, mend, subject=image)]
    if is_file_name(text, image.file.name or ""):
        message = _("The alternative text of the image “%(image)s” is only a file's name: %(text)s.")
        mend = _("Say in a sentence, in the image's form, what a reader should know who cannot see it.")
        return [Finding("alt_file_name", message % {**values, "text": text}, mend, subject=image)]
    return []


def _people_findings(image: SiteImage, on: date) -> list[Finding]:
    if not image.shows:
        message = _("Nobody has said who is shown in the image “%(image)s”.") % {"image": image.title}
        return [Finding("who_is_shown", message, _("Answer it in the image's form."), subject=image)]
    return [
        Finding(
            finding.code,
            _("The image “%(image)s”: %(finding)s") % {"image": image.title, "finding": finding.message},
            finding.mend,
            subject=image,
        )
        for finding in image.consent_findings(on)
    ]
