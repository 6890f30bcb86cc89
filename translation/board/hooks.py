"""URLs, menu item and dashboard panel of the board."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from core.internals.django import URLResolver
from core.typed import AdminRequest
from translation.board.access import may_open
from translation.board.panel import BoardPanel
from translation.board.views import BoardView

FIRST = 10


@hooks.register("register_admin_urls")
def board_urls() -> list[URLResolver]:
    urls = [path("", BoardView.as_view(), name="index")]
    return [path("translation/board/", include((urls, "translation_board")))]


class BoardMenuItem(MenuItem):
    """The menu item of the board, shown to users who may see it."""

    def is_shown(self, request: AdminRequest) -> bool:
        return may_open(request.user)


@hooks.register("register_admin_menu_item")
def board_menu_item() -> MenuItem:
    address = reverse("translation_board:index")
    return BoardMenuItem(_("Translation"), address, name="translation-board", icon_name="globe", order=FIRST)


@hooks.register("construct_homepage_panels")
def put_board_first(request: AdminRequest, panels: list[Component]) -> None:
    """Hook: add the panel of the board to the dashboard of users who may see it."""
    if may_open(request.user):
        panels.append(BoardPanel(request))
