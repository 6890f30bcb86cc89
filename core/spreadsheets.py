"""Lists that the admin sends as CSV, as a spreadsheet opens them right."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

# What a spreadsheet would take for a formula.
_FORMULA = re.compile(r"[\s\x00]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\t\r]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class SpreadsheetsMiddleware:
    """Puts the byte order mark by which a spreadsheet knows UTF-8 before each CSV of the admin, and an apostrophe
    before whatever would be a formula in it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_csv = response.headers.get("Content-Type", "").partition(";")[0] == "text/csv"
        if not is_csv or not request.path_info.startswith(reverse("wagtailadmin_home")):
            return response
        response.headers["Content-Type"] = "text/csv; charset=utf-8"
        if response.streaming:
            # Wagtail makes a part of each row.
            response.streaming_content = _marked(_safe(part.decode()) for part in response.streaming_content)
        else:
            response.content = b"".join(_marked([_safe(response.content.decode("utf-8-sig"))]))
        return response


def _marked(parts: Iterable[str]) -> Iterator[bytes]:
    yield codecs.BOM_UTF8
    for part in parts:
        yield part.encode()


def _safe(rows: str) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(
        [_cell(value) for value in row] for row in csv.reader(io.StringIO(rows, newline=""))
    )
    return written.getvalue()


def _cell(value: str) -> str:
    return f"'{value}" if _FORMULA.match(value) and not _NUMBER.fullmatch(value) else value
