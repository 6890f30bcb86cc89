"""The card of a document that can be downloaded."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.languages.site_languages import InLanguage

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument


@dataclass(frozen=True, kw_only=True)
class FileCard(InLanguage):
    """Card of a file to download. `size` is in bytes; `format` is the extension in capitals, such as "PDF"."""

    title: str
    url: str
    format: str
    media_type: str
    size: int


def is_hidden(document: "AbstractDocument") -> bool:
    """Return whether the document is a film or sound recording that readers must not see, for want of consent."""
    recording = getattr(document, "recording", None)
    return recording is not None and recording.is_hidden


def file_card(document: "AbstractDocument", code: str, title: str = "", url: str = "") -> FileCard:
    """Return the card of a document in the language `code`, with its own title by default. `url` is that of the
    document, if it is known."""
    return FileCard(
        code=code,
        title=title or document.title,
        url=url or document.url,
        format=document.file_extension.upper(),
        media_type=document.content_type,
        size=document.file_size or 0,
    )
