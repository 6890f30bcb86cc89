from dataclasses import dataclass

from core.languages.site_languages import InLanguage
from core.typed import Translatable


@dataclass(frozen=True, kw_only=True)
class FileCard(InLanguage):
    """A file to download; `size` in bytes."""

    title: str
    url: str
    format: str
    media_type: str
    size: int


def is_hidden(document: Translatable) -> bool:
    """Return whether it is a recording that readers do not see."""
    recording = getattr(document, "recording", None)
    return recording is not None and recording.is_hidden


def file_card(document: Translatable, code: str, title: str = "") -> FileCard:
    return FileCard(
        code=code,
        title=title or document.title,
        url=document.url,
        format=document.file_extension.upper(),
        media_type=document.content_type,
        size=document.file_size or 0,
    )
