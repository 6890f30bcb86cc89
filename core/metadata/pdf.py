"""What a PDF tells of who made it: its information, XMP, private data of programs, authors of comments, and what
the pictures in it carry."""

from contextlib import suppress
from typing import BinaryIO

import pikepdf

from core.metadata.names import fit_names, is_named
from core.metadata.pdf_objects import Map, every_map, still_tells, strip_map
from core.metadata.titles import fit_title

_SIGNS_OF_LOSS = ("startxref", "unable to recover stream data")
_CLAIMS = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")


def clean_pdf(source: BinaryIO, target: BinaryIO) -> set[str]:
    """Write the PDF without personal metadata and return what could not be removed. A PDF that is signed or
    encrypted is not written. Raises ValueError for one that cannot be read."""
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
    """Raises ValueError where so much is missing that what could be read is less than what was there."""
    said = " ".join(str(warning) for warning in pdf.get_warnings())
    if not len(pdf.pages) or any(sign in said for sign in _SIGNS_OF_LOSS):
        raise ValueError(said)


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    if "/Perms" in pdf.Root:
        return True
    return any(isinstance(each, Map) and "/ByteRange" in each and "/Contents" in each for each in every_map(pdf))


def _title(pdf: pikepdf.Pdf) -> str:
    """Readers of screens are told it."""
    with suppress(ValueError, TypeError, KeyError):
        return fit_title(str(pdf.docinfo.get("/Title", "")))
    return ""


def _names(pdf: pikepdf.Pdf) -> set[str]:
    """Of people and companies that it names as its own."""
    found = []
    with suppress(ValueError, TypeError, KeyError):
        found += [str(pdf.docinfo[key]) for key in ("/Author", "/Company", "/Manager") if key in pdf.docinfo]
    with suppress(ValueError, TypeError, KeyError, AttributeError, SyntaxError):
        found += map(str, pdf.open_metadata(set_pikepdf_as_editor=False).get("dc:creator", ()))
    return fit_names(found)


def _claims(pdf: pikepdf.Pdf) -> dict[str, str]:
    """Which standards it says it follows, of which readers of screens are told as well."""
    if "/Metadata" not in pdf.Root:
        return {}
    with suppress(ValueError, TypeError, KeyError, AttributeError, SyntaxError):
        metadata = pdf.open_metadata(set_pikepdf_as_editor=False)
        return {name: str(metadata[name]) for name in _CLAIMS if name in metadata}
    return {}


def _write_claims(pdf: pikepdf.Pdf, title: str, claims: dict[str, str]) -> None:
    if not title and not claims:
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if title:
            metadata["dc:title"] = title
        for name, value in claims.items():
            metadata[name] = value
    if title:
        pdf.docinfo["/Title"] = title
