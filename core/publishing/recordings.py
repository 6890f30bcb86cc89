"""Publishing checks on films and sound recordings: who is seen or heard, and their consent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import StreamField

from core.findings import Finding
from core.languages.site_languages import Words
from core.media.models import Recording, is_recording
from core.publishing.people import Care, Kind, PublicItem
from core.typed import Translatable

if TYPE_CHECKING:
    from wagtail.documents.models import Document

_CARE = {"minors": Care.MINOR, "survivors": Care.SURVIVOR}


def recording_of(document: Document) -> Recording:
    """Return the `Recording` of a document, or a new unsaved one."""
    return getattr(document, "recording", None) or Recording(document=document)


def recording_findings(document: Document, on: date) -> list[Finding]:
    """Return the findings on a film or sound recording for a publication on the day `on`: an unanswered question
    who is seen or heard, or gaps in the consent. Return none for other documents."""
    if not is_recording(document.file.name):
        return []
    recording = recording_of(document)
    title = {"title": document.title}
    if not recording.shows and not recording.consent_withdrawn:
        message = _("The recording “%(title)s” does not say who is seen or heard.") % title
        return [Finding("who_is_shown", message, _("Choose the answer in the document's form."), subject=document)]
    return [
        Finding(
            finding.code,
            _("The recording “%(title)s”: %(finding)s") % {**title, "finding": finding.message},
            finding.mend,
            subject=document,
        )
        for finding in recording.consent_findings(on)
    ]


def heard_in(document: Document, code: str) -> PublicItem | None:
    """Return the item for the people seen or heard in a film or sound recording, with its title as text in the
    language `code`. Return None for other documents, or if nobody can be recognised."""
    recording = recording_of(document)
    if not is_recording(document.file.name) or recording.shows == "nobody":
        return None
    return PublicItem(
        Kind.RECORDING,
        content=f"{document.pk}|{document.file.name}|{recording.shows}",
        words=Words(code=code, text=document.title),
        source=document,
        care=_CARE.get(recording.shows, ""),
    )


def films_elsewhere(shown: Translatable, code: str) -> Iterator[PublicItem]:
    """Yield an item for each film on another site that a stream of the object has, with title and URL as text in
    the language `code`. Who is seen in it is not known here."""
    for field in shown._meta.concrete_fields:
        if isinstance(field, StreamField):
            for value in _structs(getattr(shown, field.name)):
                if getattr(value.block, "is_film", False) and value.get("url"):
                    yield PublicItem(
                        Kind.RECORDING,
                        content=value["url"],
                        words=Words(code=code, text=f"{value['title']} ({value['url']})"),
                        source=shown,
                    )


def _structs(value: object) -> Iterator[blocks.StructValue]:
    """Yield all struct values in a block's value, at any depth."""
    if isinstance(value, blocks.StructValue):
        yield value
        for child in value.values():
            yield from _structs(child)
    elif isinstance(value, blocks.StreamValue):
        for child in value:
            yield from _structs(child.value)
    elif isinstance(value, blocks.list_block.ListValue):
        for child in value:
            yield from _structs(child)
