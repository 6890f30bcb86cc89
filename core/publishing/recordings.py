"""What a film or a sound recording needs before a page may show it: who is seen or heard, and their consent."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import StreamField

from core.languages.site_languages import Words
from core.models.recordings import Recording, is_recording
from core.publishing.findings import Finding
from core.publishing.people import Care, Kind, PublicItem
from core.typed import Translatable

_CARE = {"minors": Care.MINOR, "survivors": Care.SURVIVOR}


def recording_of(document: Translatable) -> Recording:
    """Return the row of a document, or an empty one."""
    return getattr(document, "recording", None) or Recording(document=document)


def recording_findings(document: Translatable, on: date) -> list[Finding]:
    if not is_recording(document.file.name):
        return []
    recording = recording_of(document)
    title = {"title": document.title}
    if not recording.shows and not recording.consent_withdrawn:
        message = _("Nobody has said who is seen or heard in “%(title)s”.") % title
        return [Finding("who_is_shown", message, _("Answer it in the document's form."), subject=document)]
    return [
        Finding(
            finding.code,
            _("The recording “%(title)s”: %(finding)s") % {**title, "finding": finding.message},
            finding.mend,
            subject=document,
        )
        for finding in recording.consent_findings(on)
    ]


def heard_in(document: Translatable, code: str) -> PublicItem | None:
    """Return whom readers see or hear in a document; None where nobody can be recognised."""
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
    """Yield the films that lie on other sites and readers are led to, of whose people nothing is known here."""
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
