import csv
import re

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from translation.board.board import Board, Cell
from translation.members.kinds import Kind

# What a spreadsheet would take for a formula.
FORMULA = re.compile(r"[\s\x00]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\t\r]")


def as_csv(board: Board) -> HttpResponse:
    """One line for each thing and language, with the byte order mark by which a spreadsheet knows UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = "-".join(filter(None, [slugify(board.family.title), str(board.edition.year) if board.edition else ""]))
    response["Content-Disposition"] = f'attachment; filename="translation-{name or "board"}.csv"'
    writer = csv.writer(response)
    writer.writerow(
        [
            _("Kind"),
            _("Title"),
            _("Language"),
            _("State"),
            _("Readers see it"),
            _("Words left"),
            _("Who has it"),
            _("Due"),
            _("Overdue"),
            _("Shows, not ready"),
        ]
    )
    for line in board.lines:
        for cell in filter(None, line.cells):
            writer.writerow([safe(value) for value in _values(cell)])
    return response


def safe(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if FORMULA.match(text) else text


def _values(cell: Cell) -> list:
    ready = cell.ready
    return [
        Kind(ready.member.kind).label,
        ready.member.title,
        cell.locale.language_code,
        ready.label,
        _("yes") if ready.own.live else _("no"),
        ready.words_left,
        (cell.person.get_full_name() or cell.person.get_username()) if cell.person else "",
        cell.due.isoformat() if cell.due else "",
        _("yes") if cell.is_overdue else _("no"),
        "; ".join(each.title for each in ready.blockers),
    ]
