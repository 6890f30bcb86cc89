"""The panel of the board on the dashboard."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from core.typed import AdminRequest
from translation.board.access import access_of
from translation.board.bars import bars
from translation.board.board import Cell, Line, Wanted, build
from translation.board.views import default_locales
from translation.campaign_contents.due import due_date
from translation.campaign_contents.families import families

MOST = 8


class BoardPanel(Component):
    """The dashboard panel with the first campaign, whose observance is next, and its MOST most urgent unfinished
    translations."""

    name = "translation_board"
    template_name = "admin/translation/board_panel.html"
    order = 10

    class Media:
        css = {"all": ["admin/css/translation.css"]}

    def __init__(self, request: AdminRequest):
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        context = {**super().get_context_data(parent_context), "url": reverse("translation_board:index")}
        known = families()
        if not known:
            return context
        family, today = known[0], timezone.localdate()
        access = access_of(self.request)
        wanted = Wanted(locales=frozenset(default_locales(access)))
        board = build(family, None, access.every, wanted, self.request.user, access, today)
        waiting = [line for line in board.lines if any(each and not each.ready.is_done for each in line.cells)]
        return {
            **context,
            "family": family,
            "due": due_date(family, today),
            "bars": bars(board.cells, board.locales),
            "urgent": [_most_urgent(line) for line in waiting[:MOST]],
            "more": max(len(waiting) - MOST, 0),
        }


def _most_urgent(line: Line) -> Cell:
    return min((cell for cell in line.cells if cell), key=lambda cell: cell.urgency)
