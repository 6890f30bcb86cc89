"""What a document needs before a page may show it: a file that names nobody, and a title that was written for
readers."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.metadata.documents import HIDDEN, LEFT
from core.publishing.findings import Finding
from core.typed import Translatable


def left_of(document: Translatable) -> list[str]:
    """Return what could not be removed from the stored file, as keys of LEFT."""
    metadata = getattr(document, "metadata", None)
    return metadata.left if metadata else ["unchecked"]


def document_findings(document: Translatable) -> list[Finding]:
    found = metadata_findings(document, left_of(document))
    metadata = getattr(document, "metadata", None)
    if metadata and metadata.title_of_file:
        message = _("The title of the document “%(title)s” is the name of the uploaded file, and readers see it.")
        mend = _("Write a title for readers in the document's form, or confirm this one there.")
        found.append(Finding("title_of_file", message % {"title": document.title}, mend, subject=document))
    return found


def metadata_findings(document: Translatable, left: Iterable[str]) -> list[Finding]:
    tells = _("The file “%(title)s” may tell its author, device or place. %(reason)s")
    holds = _("The file “%(title)s” holds more than readers are meant to see. %(reason)s")
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
