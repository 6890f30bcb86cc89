"""Navigation around every public page: menu, languages, breadcrumb, helpline. Everything is computed when a
template asks for it, so that pages of the admin and error pages cost no query."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.models import Page, Site

from campaigns.drawing import LINKED
from core.helplines.cards import HelplineCard
from core.helplines.current import Helplines
from core.internals.django import SimpleLazyObject
from core.internals.wagtail_models import routed_page
from core.languages.site_languages import Language, LocaleCodes, active_code, all_languages, current_language
from core.prepared import SOME_TIME, Prepared, Several
from core.stamps import tags
from core.stamps.collecting import note
from core.stamps.kept import can_keep, kept
from core.visibility import Viewpoint, hidden_from, rows_seen, seen, span_beneath, visible_pages
from home.models import HomePage

MENU_DEPTH = 2
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class MenuEntry:
    """A link of the menu or of the breadcrumb."""

    title: str
    url: str
    introduction: str = ""
    is_current: bool = False
    children: tuple["MenuEntry", ...] = ()


@dataclass(frozen=True)
class TreeEntry:
    """A page of the menu or above the current one."""

    path: str
    depth: int
    show_in_menus: bool
    title: str
    url: str
    introduction: str


@dataclass(frozen=True)
class LanguageEntry:
    """A link of the language switcher. `url` is None where the page does not exist in that language;
    `fallback_url` is the address of that language's home page."""

    language: Language
    url: str | None
    fallback_url: str
    is_current: bool

    @property
    def code(self) -> str:
        return self.language.code

    @property
    def name(self) -> str:
        return self.language.name

    @property
    def dir(self) -> str:
        return self.language.dir


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: return `navigation`, the `Navigation` of the request, which is made on first use."""
    return {"navigation": SimpleLazyObject(lambda: Navigation(request))}


class Navigation:
    """Navigation of one request. `page` is the current page, by default the one that Wagtail has routed to."""

    def __init__(self, request: HttpRequest, page: Page | None = None) -> None:
        self.request = request
        self.language = current_language()
        self.page = page or routed_page(request)

    @property
    def code(self) -> str:
        return self.language.code

    @property
    def dir(self) -> str:
        return self.language.dir

    @property
    def home_url(self) -> str:
        return home_url(self.code)

    @property
    def search_url(self) -> str:
        return reverse("search")

    @property
    def site_name(self) -> str:
        return self.home.title if self.home else ""

    @property
    def menu_html(self) -> SafeString:
        """The menu as HTML, with its current section marked."""
        return self._kept_html("menu", next((entry.url for entry in self.sections if entry.is_current), ""))

    @property
    def footer_html(self) -> SafeString:
        """The footer as HTML."""
        return self._kept_html("footer")

    @property
    def call_html(self) -> SafeString:
        """The line with the helpline as HTML; empty if there is no helpline."""
        return self._kept_html("call")

    def _kept_html(self, name: str, section: str = "") -> SafeString:
        """Return the HTML of a template that many pages show alike: those of one language, with the same current
        section in the menu."""

        def make(navigation: Navigation) -> SafeString:
            return render_to_string(f"components/{name}.html", {"navigation": navigation})

        return self.kept_of_site(name, make, section)

    def kept_of_site(self, name: str, make: Callable[["Navigation"], Kept], *depends: str) -> Kept:
        """Return what `make` returns for the navigation of any page of the language and, if it `depends` on more,
        the same of that (see `kept`)."""

        def made() -> Kept:
            if self.home:
                note(tags.row(self.home), tags.body(self.home))
            # What this instance has read already would not be noted.
            return make(Navigation(self.request, self.page))

        return kept((name, *depends, *self._whose), made, self._since) if can_keep() else make(self)

    @property
    def _since(self) -> int:
        """When the request began, as home page and private pages are read once for it (see `kept`)."""
        return getattr(self.request, "read_since", 0)

    @cached_property
    def _whose(self) -> tuple[Any, ...]:
        """What the kept HTML depends on besides the database: language, home page, and site."""
        site = Site.find_for_request(self.request)
        return self.code, self.home and self.home.pk, site and site.pk

    @property
    def footer_text(self) -> str:
        return self.home.footer_text if self.home else ""

    @cached_property
    def home(self) -> HomePage | None:
        """The home page that Wagtail has routed through, else the live one in the active language; None if there
        is none."""
        if routed := getattr(self.request, "home_page", None):
            return routed
        homes = HomePage.objects.filter(locale__language_code=active_code())
        return seen(homes).order_by("path").first()

    @cached_property
    def helpline(self) -> HelplineCard | None:
        """The card of the site's primary helpline, or None."""
        # What the request has read already would not be noted.
        return (Helplines() if can_keep() else Helplines.of(self.request)).primary

    @cached_property
    def _tree(self) -> list[TreeEntry]:
        """The public pages of the menu and the public ancestors of the page, in the order of the tree (one query);
        empty if there is no live home page."""
        if not self.home:
            return []
        return kept(("tree", *self._ancestor_paths[-1:], *self._whose), self._read_tree, self._since)

    def _read_tree(self) -> list[TreeEntry]:
        assert self.home is not None  # asked for above
        note(tags.menu(self.home.locale_id))
        depth = self.home.depth
        shown = rows_seen(
            _tree,
            hidden_from(self.request),
            above=self._ancestor_paths,
            span=span_beneath(self.home.path),
            depths=range(depth + 1, depth + 1 + MENU_DEPTH),
            now=timezone.now(),
        )
        return [
            TreeEntry(
                page.path,
                page.depth,
                page.show_in_menus,
                page.title,
                page.get_url(self.request),
                page.introduction or "",
            )
            for page in sorted(shown, key=attrgetter("path"))
        ]

    @cached_property
    def _ancestor_paths(self) -> list[str]:
        """The tree paths from the home page down to the page's parent; empty for a view that is not a page."""
        if not self.page or not self.home:
            return []
        return [self.page.path[: n * self.page.steplen] for n in range(self.home.depth, self.page.depth)]

    @cached_property
    def sections(self) -> list[MenuEntry]:
        """The menu: the public pages below the home page that are shown in menus, each with its children that
        are."""
        if not self.home:
            return []
        steplen, top = self.home.steplen, self.home.depth + 1
        menu = [page for page in self._tree if page.show_in_menus and page.depth in (top, top + 1)]
        children: dict[str, list[MenuEntry]] = {}
        for page in menu:
            if page.depth > top:
                children.setdefault(page.path[:-steplen], []).append(self._entry(page))
        return [
            self._entry(page, page.introduction, tuple(children.get(page.path, [])))
            for page in menu
            if page.depth == top
        ]

    def _entry(self, page: TreeEntry, introduction: str = "", children: tuple[MenuEntry, ...] = ()) -> MenuEntry:
        current = bool(self.page and self.page.path.startswith(page.path))
        return MenuEntry(page.title, page.url, introduction, current, children)

    @cached_property
    def languages(self) -> list[LanguageEntry]:
        """An entry of the language switcher for each language of the site, also those in which the page does not
        exist."""
        urls = self._translation_urls()
        return [
            LanguageEntry(language, urls.get(language.code), home_url(language.code), language.code == self.code)
            for language in all_languages()
        ]

    def _translation_urls(self) -> dict[str, str]:
        """Return the addresses by language code: of the page's live translations, or, for a view that is not a
        page, of the same view in every language. Of the GET parameters, those in `kept_parameters` of the page are
        kept; for a view, all."""
        if self.page is None:
            return {language.code: self._own_path_in(language.code) for language in all_languages()}
        asked = self.request.GET
        kept = [(name, asked[name]) for name in getattr(self.page, "kept_parameters", ()) if asked.get(name)]
        query = f"?{urlencode(kept)}" if kept else ""
        return {
            LocaleCodes.code(page.locale_id): page.get_url(self.request) + query for page in self._translations
        }

    @cached_property
    def _translations(self) -> list[Page]:
        """The live translations including the page itself, with the annotation `is_public` (one query). The
        current page must be known."""
        assert self.page is not None  # both callers handle views that are not pages themselves
        return list(_translations.rows(key=self.page.translation_key, now=timezone.now()))

    @cached_property
    def public_urls(self) -> dict[str, str]:
        """The addresses of the translations that everybody may read, without parameters, by language code; for a
        view that is not a page, of the view in every language."""
        if self.page is None:
            return {code: url.partition("?")[0] for code, url in self._translation_urls().items()}
        return {
            LocaleCodes.code(page.locale_id): page.get_url(self.request)
            for page in self._translations
            if page.is_public
        }

    def _own_path_in(self, code: str) -> str:
        """Return the address of the request, with its parameters, under another language prefix, or that
        language's home page if it has no language prefix."""
        path = self.request.get_full_path()
        prefix = f"/{self.code}/"
        return f"/{code}/{path[len(prefix) :]}" if path.startswith(prefix) else home_url(code)

    @cached_property
    def breadcrumb(self) -> list[MenuEntry]:
        """The public pages from the home page down to the page's parent; empty for a home page and for a view that
        is not a page."""
        return [MenuEntry(page.title, page.url) for page in self._tree if page.path in self._ancestor_paths]


def _build_tree(
    above: list[str], span: tuple[str, str], depths: Sequence[int], now: datetime.datetime
) -> QuerySet[Any]:
    """Return the live pages at the tree paths `above`, and those of the menu in this span of tree paths and at
    these depths, as a queryset."""
    menu = Page.objects.filter(show_in_menus=True, path__range=span, depth__in=depths)
    # A union, each part of which uses its index; sorted in Python, as SQLite would walk the whole tree in order.
    both = menu.order_by().values("pk")
    if above:
        both = both.union(Page.objects.filter(path__in=above).order_by().values("pk"))
    pages = Page.objects.filter(pk__in=both).annotate(introduction=F("sectionpage__introduction"))
    return seen(pages.only(*LINKED, "show_in_menus").order_by(), now=now)


_tree = Prepared(_build_tree, above=Several(str), span=Several(str), depths=Several(int), now=SOME_TIME)


def _build_translations(key: UUID, now: datetime.datetime) -> QuerySet[Any]:
    """Return the live pages with this translation key, as a queryset, with the annotation `is_public`."""
    public = visible_pages(Page.objects.filter(pk=OuterRef("pk")), Viewpoint(now=now))
    pages = seen(Page.objects.filter(translation_key=key), now=now).order_by()
    return pages.annotate(is_public=Exists(public)).only(*LINKED)


_translations = Prepared(
    _build_translations, key=UUID(int=1), now=datetime.datetime(2000, 1, 1, 1, 1, 1, 1, datetime.UTC)
)


def home_url(code: str) -> str:
    return f"/{code}/"
