"""Conversion between files and records, by format."""

from collections.abc import Collection
from operator import itemgetter

from translation.exchange import po, tmx, xliff
from translation.exchange.archive import Content, contents_of_all
from translation.exchange.records import FORMATS, Format, InFile, OutFile, of_each

WRITERS = {Format.XLIFF: xliff.write, Format.PO: po.write, Format.TMX: tmx.write}
READERS = {Format.XLIFF: xliff.read, Format.PO: po.read, Format.TMX: tmx.read}


def written(file: OutFile, format: str) -> bytes:
    """Return the content of the exported file in the format, a value of `Format`."""
    return WRITERS[Format(format)](file)


def with_strings(files: Collection[OutFile], format: str) -> list[OutFile]:
    """Return the files that hold a string in the format: TMX has only translated ones."""
    if format == Format.TMX:
        return [file for file in files if any(unit.text or unit.old_text for unit in file.units)]
    return [file for file in files if file.units]


def read(name: str, content: bytes) -> list[InFile]:
    """Return the records of an uploaded file, as `read_all` does."""
    return read_all([(name, content)])


def read_all(uploads: Collection[Content]) -> list[InFile]:
    """Return the records of uploaded files, given by name and content, and of all files in ZIP files, by the
    suffix of their names. Raise Refused if some are not accepted, with the name of each if there are several."""
    of_files = of_each(contents_of_all(uploads), _read, itemgetter(0))
    return [file for files in of_files for file in files]


def _read(content: Content) -> list[InFile]:
    name, data = content
    return READERS[FORMATS[name.rpartition(".")[2].lower()]](name, data)
