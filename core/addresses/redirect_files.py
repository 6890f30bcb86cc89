"""File formats for the import of redirects: CSV with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1251.

The only module that changes Wagtail's import of redirects, which finds formats by the names of their classes.
"""

import codecs
import csv
import io

from core.internals.wagtail_admin import base_formats

SEPARATORS = ",;\t"


class CSV(base_formats.CSV):
    """A CSV format that is read as bytes, because Wagtail would decode the file with the server's encoding."""

    def is_binary(self) -> bool:
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, data: bytes, delimiter: str = "") -> base_formats.Dataset:
        """Return the non-empty rows of a file, each padded to the length of the first. Without `delimiter` the
        separator is guessed; a line `sep=` is skipped."""
        text = _decoded(data)
        separator = delimiter or _separator(text)
        if text[:4].lower() == "sep=":
            text = text.partition("\n")[2]
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [row for row in lines if any(cell.strip() for cell in row)]
        width = len(rows[0]) if rows else 0
        return base_formats.Dataset([*row, *[""] * (width - len(row))] for row in rows)


class TSV(CSV):
    def create_dataset(self, data: bytes, delimiter: str = "\t") -> base_formats.Dataset:
        return super().create_dataset(data, delimiter)


def install() -> None:
    """Put the classes above in the places of Wagtail's CSV and TSV formats, as forms store the place of a format
    in the list."""
    ours = {base_formats.CSV: CSV, base_formats.TSV: TSV}
    base_formats.DEFAULT_FORMATS[:] = [ours.get(each, each) for each in base_formats.DEFAULT_FORMATS]


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251")


def _separator(text: str) -> str:
    """Return the separator of a text: that in Excel's line `sep=`, otherwise the most frequent one in the first
    line outside of quotation marks."""
    first = text.partition("\n")[0]
    if first[:4].lower() == "sep=" and first[4:5]:
        return first[4]
    unquoted = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=unquoted.count)
