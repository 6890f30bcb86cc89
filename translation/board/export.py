"""The board as a CSV file."""

import csv
from collections.abc import Iterable
from itertools import chain
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from translation.board.board import Board, Cell
from translation.campaign_contents.kinds import Kind


def as_csv(portions: Iterable[Board]) -> HttpResponse:
    """Return a board as a CSV file to download, one line for each object and language that the filter leaves;
    `core.spreadsheets` adapts it for spreadsheets. The portions of the board are made one after the other."""
    boards = iter(portions)
    board = next(boards)
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
            _("Words left in what it shows"),
        ]
    )
    known: set[UUID] = set()
    for part in chain([board], boards):
        for line in part.lines:
            if line.member.key not in known:
                writer.writerows(_values(cell) for cell in line.cells if cell)
        known.update(line.member.key for line in part.lines)
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
        ready.words_shown,
    ]
