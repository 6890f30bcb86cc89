"""The board as a CSV file."""

import csv
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from translation.board.board import Board, Cell
from translation.campaign_contents.kinds import Kind


def as_csv(board: Board) -> HttpResponse:
    """Return the board as a CSV file to download, one line for each object and language that the filter leaves;
    `core.spreadsheets` adapts it for spreadsheets."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = "-".join(filter(None, [slugify(board.family.title), str(board.edition.year) if board.edition else ""]))
    response["Content-Disposition"] = f'attachment; filename="translation-{name or "board"}.csv"'
    writer = csv.writer(response)
    writer.writerow(
        [
            _("Kind"),
            _("Title"),
            _("Language"),
            _("State"),
            _("Visible to readers"),
            _("Words left"),
            _("Assigned to"),
            _("Due"),
            _("Overdue"),
            _("Waiting for"),
        ]
    )
    for line in board.lines:
        for cell in filter(None, line.cells):
            writer.writerow(_values(cell))
    return response


def _values(cell: Cell) -> list[Any]:
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
