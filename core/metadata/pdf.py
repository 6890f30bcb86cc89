"""Removal of personal metadata from PDF files: document information, XMP, private data of programs, authors of
annotations, and metadata of pictures."""

from contextlib import suppress
from typing import BinaryIO

import pikepdf

from core.metadata.names import fit_names, is_named
from core.metadata.pdf_objects import every_map, still_tells, strip_map
from core.metadata.titles import fit_title

_SIGNS_OF_LOSS = ("startxref", "unable to recover stream data")
_CLAIMS = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")


def clean_pdf(source: BinaryIO, target: BinaryIO) -> set[str]:
    """Write the PDF without personal metadata, and return the codes of what could not be removed. Title and claims
    of conformance with PDF/A and PDF/UA are kept.

    A signed or encrypted PDF is not written. Raise ValueError if the PDF cannot be read, or only with a loss of
    content.
    """
    try:
        with pikepdf.open(source) as pdf:
            if pdf.is_encrypted:
                return {"encrypted"}
            if _is_signed(pdf):
                return {"signed"}
            title, claims, names = _title(pdf), _claims(pdf), _names(pdf)
            left = {code for each in list(every_map(pdf)) for code in strip_map(each)}
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            left |= still_tells(pdf, names) | ({"named"} if is_named(names, title.encode()) else set())
            _write_claims(pdf, title, claims)
            pdf.save(target, linearize=pdf.is_linearized)
            _require_whole(pdf)
            return left
    except pikepdf.PasswordError:
        return {"encrypted"}
    except (pikepdf.PdfError, RecursionError, TypeError, AttributeError, KeyError) as error:
        raise ValueError from error


def _require_whole(pdf: pikepdf.Pdf) -> None:
    """Raise ValueError if the PDF has no pages, or if pikepdf has repaired it with a loss of content."""
    said = " ".join(str(warning) for warning in pdf.get_warnings())
    if not len(pdf.pages) or any(sign in said for sign in _SIGNS_OF_LOSS):
        raise ValueError(said)


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    if "/Perms" in pdf.Root:
        return True
    return any("/ByteRange" in each and "/Contents" in each for each in every_map(pdf))


def _title(pdf: pikepdf.Pdf) -> str:
    """Return the title, which screen readers announce, or "" if it looks like a file name or cannot be read."""
    with suppress(ValueError, TypeError, KeyError):
        return fit_title(str(pdf.docinfo.get("/Title", "")))
    return ""


def _names(pdf: pikepdf.Pdf) -> set[str]:
    """Return the names of people and companies in the document information and XMP that are worth searching for,
    as `fit_names`."""
    found = []
    with suppress(ValueError, TypeError, KeyError):
        found += [str(pdf.docinfo[key]) for key in ("/Author", "/Company", "/Manager") if key in pdf.docinfo]
    with suppress(ValueError, TypeError, KeyError, AttributeError, SyntaxError):
        found += map(str, pdf.open_metadata(set_pikepdf_as_editor=False).get("dc:creator", ()))
    return fit_names(found)


def _claims(pdf: pikepdf.Pdf) -> dict[str, str]:
    """Return the XMP properties that claim conformance with PDF/A or PDF/UA, which screen readers use too; none if
    the XMP cannot be read."""
    if "/Metadata" not in pdf.Root:
        return {}
    with suppress(ValueError, TypeError, KeyError, AttributeError, SyntaxError):
        metadata = pdf.open_metadata(set_pikepdf_as_editor=False)
        return {name: str(metadata[name]) for name in _CLAIMS if name in metadata}
    return {}


def _write_claims(pdf: pikepdf.Pdf, title: str, claims: dict[str, str]) -> None:
    """Write title and claims into the new XMP, and the title into the document information; nothing if both are
    empty."""
    if not title and not claims:
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if title:
            metadata["dc:title"] = title
        for name, value in claims.items():
            metadata[name] = value
    if title:
        pdf.docinfo["/Title"] = title
