"""What an image needs before a page may show it: words for who cannot see it, and the consent of who is seen."""

import re
from datetime import date
from pathlib import PurePath

from anyascii import anyascii
from django.utils.translation import gettext as _

from core.languages.site_languages import Words, language, understood
from core.publishing.findings import Finding
from core.publishing.people import Care, Kind, PublicItem
from core.typed import Translatable

_CARE = {"minors": Care.MINOR, "survivors": Care.SURVIVOR}

_EXTENSION = re.compile(r"\.(avif|bmp|gif|hei[cf]|jpe?g|png|svg|tiff?|webp)$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(img|image|photo|pic|picture|dsc\w?|dcim|pxl|scan|screenshot|whatsapp image|untitled|"
    r"фото|изображение|рисунок|скриншот|снимок( экрана)?|сурат|акс|расм)[\W\d_]*((at|в|am|pm|wa)[\W\d_]*)*",
    re.IGNORECASE,
)
_COPY_OF = re.compile(r"^(copy( \(\d+\))? of|копия|нусхаи)\s+", re.IGNORECASE)
_COPY = re.compile(r"(\s*[-–]?\s*\b(copy|копия|нусха)|\s*\(\d+\))+$", re.IGNORECASE)
# What Django puts behind the name of a second file of that name.
_SECOND = re.compile(r"_[A-Za-z0-9]{7}$")


def is_file_name(text: str, file_name: str = "") -> bool:
    """Whether a text for who cannot see is only what a camera, a telephone or a computer called the file."""
    text = _COPY.sub("", _COPY_OF.sub("", text.strip()))
    if not re.search(r"[^\W\d_]", text) or _EXTENSION.search(text) or _NUMBERED.fullmatch(text):
        return True
    stem = PurePath(file_name).stem
    made_of_parts = bool(re.search(r"[\d\s_-]", text))
    is_stem = _letters(text) in (_letters(stem), _letters(_SECOND.sub("", stem)))
    if re.search(r"\s", text):
        # A sentence that begins and ends as one may have named the file in its turn.
        return is_stem and text == text.lower()
    return "_" in text or bool(re.search(r"\d{3}", text)) or (made_of_parts and is_stem)


def _letters(name: str) -> str:
    """Files are stored under Latin letters, whatever was uploaded."""
    return re.sub(r"[^a-z0-9]", "", anyascii(name).lower())


def face_of(image: Translatable, code: str) -> PublicItem | None:
    """Return whom readers see in it; None where nobody can be recognised. Unanswered, it may be anybody."""
    if image.shows == "nobody":
        return None
    return PublicItem(
        Kind.FACE,
        content=f"{image.pk}|{image.file.name}|{image.shows}",
        words=image.alt_words(code) if image.alt(code) else Words(code=code, text=image.title),
        source=image,
        care=_CARE.get(image.shows, ""),
    )


def image_findings(image: Translatable, code: str, on: date) -> list[Finding]:
    return [*text_findings(image, code), *_people_findings(image, on)]


def text_findings(image: Translatable, code: str) -> list[Finding]:
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


def _people_findings(image: Translatable, on: date) -> list[Finding]:
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
