"""Conversion between files and records, by format."""

from translation.exchange import po, tmx, xliff
from translation.exchange.archive import contents_of
from translation.exchange.records import FORMATS, Format, InFile, OutFile, Refused

WRITERS = {Format.XLIFF: xliff.write, Format.PO: po.write, Format.TMX: tmx.write}
READERS = {Format.XLIFF: xliff.read, Format.PO: po.read, Format.TMX: tmx.read}


def written(file: OutFile, format: str) -> bytes:
    """Return the content of the exported file in the format, a value of `Format`."""
    return WRITERS[Format(format)](file)


def read(name: str, content: bytes) -> list[InFile]:
    """Return the records of an uploaded file, or of all files in a ZIP file, by the suffix of their names. Raise
    Refused if one is not accepted, with the name of the file if there are several."""
    contents = contents_of(name, content)
    found = []
    for inner, data in contents:
        try:
            found += READERS[FORMATS[inner.rpartition(".")[2].lower()]](inner, data)
        except Refused as error:
            raise error if len(contents) == 1 else Refused(f"{inner}: {error.messages[0]}") from error
    return found
