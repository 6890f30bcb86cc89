"""Middleware that makes the admin's CSV exports safe and readable for spreadsheet programs."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

if TYPE_CHECKING:
    Response = HttpResponse | StreamingHttpResponse

# Values that a spreadsheet would evaluate as a formula.
_FORMULA = re.compile(r"[\s\x00]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\t\r]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class SpreadsheetsMiddleware:
    """Middleware that adds a byte order mark to the admin's CSV responses, by which spreadsheets recognise UTF-8,
    and an apostrophe before values that would be formulas."""

    def __init__(self, get_response: "Callable[[HttpRequest], Response]") -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> "Response":
        response = self.get_response(request)
        is_csv = response.headers.get("Content-Type", "").partition(";")[0] == "text/csv"
        if not is_csv or not request.path_info.startswith(reverse("wagtailadmin_home")):
            return response
        response.headers["Content-Type"] = "text/csv; charset=utf-8"
        if isinstance(response, StreamingHttpResponse):
            # Wagtail yields one part for each row.
            parts = iter(response)
            response.streaming_content = _marked(_safe(part.decode()) for part in parts)
        else:
            response.content = b"".join(_marked([_safe(response.content.decode("utf-8-sig"))]))
        return response


def _marked(parts: Iterable[str]) -> Iterator[bytes]:
    """Yield a byte order mark, then the parts in UTF-8."""
    yield codecs.BOM_UTF8
    for part in parts:
        yield part.encode()


def _safe(rows: str) -> str:
    """Return CSV rows with an apostrophe before values that a spreadsheet would evaluate as a formula; numbers
    stay."""
    written = io.StringIO()
    csv.writer(written).writerows(
        [_cell(value) for value in row] for row in csv.reader(io.StringIO(rows, newline=""))
    )
    return written.getvalue()


def _cell(value: str) -> str:
    return f"'{value}" if _FORMULA.match(value) and not _NUMBER.fullmatch(value) else value
