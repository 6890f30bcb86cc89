"""The view of the board."""

from collections.abc import Collection, Iterator
from functools import partial
from itertools import count
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.models import Locale

from core.internals.wagtail_admin import WagtailAdminTemplateMixin
from core.typed import AdminRequest
from translation.board.access import Access, launchable, require
from translation.board.bars import bars
from translation.board.board import Board, Wanted, build
from translation.board.export import as_csv
from translation.board.forms import BoardForm
from translation.campaign_contents.families import Edition, Family, families
from translation.campaign_contents.portions import Portion, portion_number

PER_PAGE = 100


class BoardView(WagtailAdminTemplateMixin, TemplateView):
    """The board of one campaign or edition, also as CSV with `?export=csv`, for users who may see it."""

    request: AdminRequest
    header_icon = "globe"
    template_name = "admin/translation/board.html"

    def get_page_title(self) -> str:
        return _("Translation")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.access = require(self.request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.family and request.GET.get("export") == "csv":
            return as_csv(self.portions())
        return super().get(request, *args, **kwargs)

    @cached_property
    def families(self) -> list[Family]:
        return families()

    @property
    def locales(self) -> list[Locale]:
        return self.access.every

    @cached_property
    def family(self) -> Family | None:
        """The chosen campaign, or the first one; None if there are no campaigns."""
        wanted = self.request.GET.get("campaign", "")
        chosen = (each for each in self.families if str(each.pk) == wanted)
        return next(chosen, self.families[0] if self.families else None)

    @cached_property
    def edition(self) -> Edition | None:
        """The chosen edition of the campaign; None for the whole campaign, and if there is no such edition."""
        assert self.family is not None
        wanted = self.request.GET.get("edition", "")
        return next((each for each in self.family.editions if str(each.pk) == wanted), None)

    @cached_property
    def form(self) -> BoardForm:
        """The filter as sent, with the default languages if none of the site's is chosen."""
        assert self.family is not None
        data = self.request.GET.copy()
        data["campaign"] = str(self.family.pk)
        data["edition"] = str(self.edition.pk) if self.edition else ""
        codes = {locale.pk: locale.language_code for locale in self.locales}
        if not set(data.getlist("language")) & set(codes.values()):
            data.setlist("language", [codes[pk] for pk in default_locales(self.access)])
        return BoardForm(data, self.families, self.family, self.locales)

    @cached_property
    def board(self) -> Board:
        """The portion of the board that is asked for."""
        return self.portion(portion_number(self.request.GET.get("stories")))

    def portion(self, number: int) -> Board:
        assert self.family is not None
        wanted: Wanted = self.form.wanted(default_locales(self.access))
        return build(
            self.family,
            self.edition,
            self.locales,
            wanted,
            self.request.user,
            self.access,
            timezone.localdate(),
            number,
        )

    def portions(self) -> Iterator[Board]:
        """Yield the board in all its portions."""
        for number in count(1):
            board = self.portion(number)
            yield board
            if board.portion is None or not board.portion.has_more:
                return

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not self.family:
            return context
        board = self.board
        self.form.name_people(board.people)
        page = Paginator(board.lines, PER_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query["export"] = "csv"
        root = board.edition or board.family
        allowed = launchable(self.request.user, root.translation_key, board.locales)
        return {
            **context,
            "form": self.form,
            "board": board,
            "portion": board.portion,
            "items": page,
            "elided_page_range": page.paginator.get_elided_page_range(page.number),
            "bars": bars(board.cells, board.locales, partial(launch_url, root.pk, allowed, board.portion)),
            "others_launch": any(locale.pk not in allowed for locale in board.locales),
            "export_url": f"?{query.urlencode()}",
            "send_url": send_url(root.pk) if self.access.coordinates else "",
            "assign_url": reverse("translation_sending:assign"),
        }


def default_locales(access: Access) -> list[int]:
    """Return the ids of the languages that are shown by default: those in which the user works for one who may not
    send objects, for all others all but the language of the site's own texts (LANGUAGE_CODE)."""
    if access.locales and not access.coordinates:
        return [locale.pk for locale in access.every if locale.pk in access.locales]
    return [locale.pk for locale in access.every if locale.language_code != settings.LANGUAGE_CODE]


def launch_url(pk: int, allowed: Collection[int], portion: Portion | None, locale: Locale) -> str:
    """Return the URL of the launch of a page, or of a portion of it, in a language, or an empty string if the
    language is not in `allowed`."""
    if locale.pk not in allowed:
        return ""
    number = portion.number if portion else 1
    return _url("translation_launch:launch", pk, locale.language_code) + f"?stories={number}" * (number > 1)


def send_url(pk: int) -> str:
    """Return the URL of the view that sends a campaign or edition for translation."""
    return _url("translation_sending:campaign", pk)


def _url(name: str, *args: object) -> str:
    """Return the URL of a view, or an empty string if it is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
