"""Alternative texts of an image: those that are stale, missing, or only the name of a file.

An image has one row for all languages, without drafts or translations. With each text of another language is
stored the text of the site's own language (LANGUAGE_CODE) from which it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from anyascii import anyascii
from django.conf import settings
from django.utils.translation import gettext as _

from core.findings import Finding
from core.languages.site_languages import language, understood

if TYPE_CHECKING:
    from core.media.models import SiteImage

Texts = Mapping[str, str]
"""Texts by language code."""

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


def outdated(texts: Texts, sources: Texts) -> set[str]:
    """Return the codes of the languages whose text is stale, written from another text than the present one.
    `sources` are the texts from which they were written; a text without a source is not stale."""
    now = texts.get(settings.LANGUAGE_CODE, "")
    return {code for code, text in texts.items() if text and sources.get(code, now) != now}


def sources_after(before: Texts, sources: Texts, after: Texts, confirmed: Collection[str] = ()) -> dict[str, str]:
    """Return by language code the source text of each text in `after`, but for the site's own language and empty
    sources.

    New or changed texts, and those of the languages in `confirmed`, which somebody has checked and left as they
    are, have the new source text. Others keep theirs from `sources`, or get the source text of `before` if none
    was stored.
    """
    old, new = (texts.get(settings.LANGUAGE_CODE, "") for texts in (before, after))
    found = {}
    for code, text in after.items():
        if code == settings.LANGUAGE_CODE or not text:
            continue
        is_new = code in confirmed or text != before.get(code)
        if source := new if is_new else sources.get(code, old):
            found[code] = source
    return found


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


Remarks = Callable[["SiteImage", Texts], list[str]]
_remarks: list[Remarks] = []


def register_remarks(remarks: Remarks) -> None:
    """Register a function with which a higher app returns what is doubtful about texts of other languages, in
    sentences."""
    if remarks not in _remarks:
        _remarks.append(remarks)


def remarks_on(image: SiteImage, texts: Texts) -> list[str]:
    """Return what the registered functions say of these texts of an image."""
    return [text for ask in _remarks for text in ask(image, texts)]


def _letters(name: str) -> str:
    """Return only the letters and digits of a name, transliterated to ASCII as in the names of stored files."""
    return re.sub(r"[^a-z0-9]", "", anyascii(name).lower())


def text_findings(image: SiteImage, code: str) -> list[Finding]:
    """Return the finding on a missing alternative text, or on one that is only a file name, as a list of at most
    one. A text in the language `code`, or in another one that its readers understand, will do."""
    texts = image.alt_texts or {}
    text = next((texts[known] for known in understood(code) if (texts.get(known) or "").strip()), "")
    values = {"image": image.title, "language": language(code).name}
    if not text:
        message = _("The image “%(image)s” has no alternative text in %(language)s.") % values
        mend = _("Describe the image in its form, for readers who cannot see it.")
        return [Finding("alt_missing", message, mend, subject=image)]
    if is_file_name(text, image.file.name or ""):
        message = _("The alternative text of the image “%(image)s” is only a file name: %(text)s.")
        mend = _("Describe the image in its form, for readers who cannot see it.")
        return [Finding("alt_file_name", message % {**values, "text": text}, mend, subject=image)]
    return []
