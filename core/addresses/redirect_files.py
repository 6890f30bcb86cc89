"""Lists of redirects as offices save them: CSV with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1251.

The only place that reaches into the import of redirects, which knows its formats by the names of their classes.
"""

import codecs
import csv
import io

from wagtail.contrib.redirects import base_formats

SEPARATORS = ",;\t"


class CSV(base_formats.CSV):
    """Read as bytes: Wagtail would open it in the encoding of the server."""

    def is_binary(self) -> bool:
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, data: bytes, delimiter: str = "") -> base_formats.Dataset:
        """Return the rows that have anything in them, each as long as the first."""
        text = _decoded(data)
        separator = delimiter or _separator(text)
        if text[:4].lower() == "sep=":
            text = text.partition("\n")[2]
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [row for row in rows if any(cell.strip() for cell in row)]
        width = len(rows[0]) if rows else 0
        return base_formats.Dataset([*row, *[""] * (width - len(row))] for row in rows)


class TSV(CSV):
    def create_dataset(self, data: bytes, delimiter: str = "\t") -> base_formats.Dataset:
        return super().create_dataset(data, delimiter)


def install() -> None:
    """Replace Wagtail's own readers, whose place in the list is what a form remembers."""
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
    """That of which the first line has most outside quotation marks. Excel may say it in a line of its own."""
    first = text.partition("\n")[0]
    if first[:4].lower() == "sep=" and first[4:5]:
        return first[4]
    unquoted = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=unquoted.count)
