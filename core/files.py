from dataclasses import dataclass

from django.db.models import Model

from core.languages import language


@dataclass(frozen=True)
class FileCard:
    """A file to download; `size` in bytes."""

    title: str
    url: str
    lang: str
    language_name: str
    format: str
    size: int


def file_card(document: Model, code: str, title: str = "") -> FileCard:
    return FileCard(
        title=title or document.title,
        url=document.url,
        lang=code,
        language_name=language(code).name,
        format=document.file_extension.upper(),
        size=document.file_size or 0,
    )
