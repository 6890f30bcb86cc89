"""Publishing checks on documents: the file has no metadata that names anybody, and the title was written for
readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.findings import Finding
from core.metadata.documents import HIDDEN, LEFT

if TYPE_CHECKING:
    from wagtail.documents.models import Document


def left_of(document: Document) -> list[str]:
    """Return what could not be removed from the stored file, as keys of `core.metadata.documents.LEFT`:
    ["unchecked"] if the file has not been cleaned yet, an empty list if it is clean."""
    metadata = getattr(document, "metadata", None)
    return metadata.left if metadata else ["unchecked"]


def document_findings(document: Document) -> list[Finding]:
    """Return the findings on a document's metadata and on a title that is only the name of the uploaded file."""
    found = metadata_findings(document, left_of(document))
    metadata = getattr(document, "metadata", None)
    if metadata and metadata.title_of_file:
        message = _("The document title “%(title)s” is only the file name.")
        mend = _("Enter a title for readers in the document's form, or confirm this one there.")
        found.append(Finding("title_of_file", message % {"title": document.title}, mend, subject=document))
    return found


def metadata_findings(document: Document, left: Iterable[str]) -> list[Finding]:
    """Return a finding for each key of `core.metadata.documents.LEFT` in `left`."""
    tells = _("The file “%(title)s” may reveal its author, device or place. %(reason)s")
    holds = _("The file “%(title)s” contains content that is not meant for readers. %(reason)s")
    mend = _("Upload a copy without this information in the document's form.")
    return [
        Finding(
            "file_metadata",
            (holds if code in HIDDEN else tells) % {"title": document.title, "reason": LEFT[code]},
            mend,
            subject=document,
        )
        for code in left
    ]
