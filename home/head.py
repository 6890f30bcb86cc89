"""Metadata in the head of a page, for search engines and for sites where its address is shared: canonical address,
hreflang alternates, Open Graph and JSON-LD. A page that is not public has only its description, and names none of
its translations."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from babel.core import get_global
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from wagtail.models import Page

from core.http.origin import absolute, origin
from core.languages.site_languages import active_code
from core.seo import structured
from core.seo.description import description
from core.seo.pictures import SharePicture, picture_of
from home.navigation import Navigation
from home.structured import organisation, website

# The GET parameter with the number of the page of a list.
PART = "page"


@dataclass(frozen=True)
class Alternate:
    """Address of the page in one language. `code` is a value of hreflang."""

    code: str
    url: str


class Head:
    """Metadata of the page or view that a template context belongs to."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.request: HttpRequest = context["request"]
        self.navigation: Navigation = context["navigation"]
        self.page: Page | None = context.get("page") if isinstance(context.get("page"), Page) else None

    @cached_property
    def is_public(self) -> bool:
        """Whether everybody may read the page. If not, as for previews and on a site without a live home page in
        this language, the template draws only the description and noindex."""
        if getattr(self.request, "is_preview", False) or not self.navigation.site_name:
            return False
        return self.navigation.code in self._urls

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may list the address: not if INDEXED is off, and not for a view that is no page
        and has GET parameters, such as the results of a search."""
        return settings.INDEXED and (self.page is not None or not self.request.GET)

    @cached_property
    def _urls(self) -> dict[str, str]:
        """The absolute addresses of the public translations by language code, with the number of the part of a
        list."""
        urls = self.navigation.public_urls
        # A list has the same parts in each language, because each item is shown in its best language.
        part = f"?{PART}={self._part}" if self._part > 1 else ""
        return {code: absolute(self.request, url) + part for code, url in urls.items()}

    @cached_property
    def _part(self) -> int:
        """The number of the part of an unfiltered list. A filtered list has the canonical address of the whole
        list, which is part 1, and so has everything that is not a list."""
        pager = self.context.get("pager")
        return pager.number if self.page and pager and set(self.request.GET) == {PART} else 1

    @property
    def canonical(self) -> str:
        """The absolute address for `<link rel="canonical">`. It must not be asked for if the page is not
        public."""
        return self._urls[self.navigation.code]

    @cached_property
    def alternates(self) -> list[Alternate]:
        """The addresses of the public translations, including the page itself, in the order of LANGUAGES. Last
        comes "x-default": the site's own language, or the first of these if that is missing."""
        codes = [code for code, _name in settings.LANGUAGES if code in self._urls]
        default = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in codes else codes[0]
        return [
            *(Alternate(code, self._urls[code]) for code in codes),
            Alternate("x-default", self._urls[default]),
        ]

    @property
    def title(self) -> str:
        return (self.page.seo_title or self.page.title) if self.page else self.navigation.site_name

    @cached_property
    def description(self) -> str:
        return description(self.page, self._around())

    def _around(self) -> Iterator[str]:
        """Yield descriptions to use for a page that has none of its own, best first: that of its campaign, its
        title with the site's name, that of the home page, and the names of the site."""
        if isinstance(campaign := self.context.get("campaign"), Page):
            yield description(campaign)
        site_name = self.navigation.site_name
        if self.page:
            yield f"{self.page.title} {pgettext('title', '–')} {site_name}"
        yield description(self.navigation.home)
        yield site_name
        yield gettext(settings.WAGTAIL_SITE_NAME)

    @property
    def kind(self) -> str:
        """The type of Open Graph: "article" for stories, "website" for all else."""
        return "article" if self.page and hasattr(self.page, "date") else "website"

    @property
    def locale(self) -> str:
        """The value of og:locale: the active language with a territory."""
        return territory(active_code())

    @property
    def other_locales(self) -> list[str]:
        """The values of og:locale:alternate: the languages of the other public translations, with territories."""
        return [territory(code) for code in self._urls if code != self.navigation.code]

    @cached_property
    def picture(self) -> SharePicture:
        """The share picture of the page, or of the home page for a view that is not a page."""
        if self.page:
            return picture_of(self.page, self.context.get("accent") or "", self.navigation.site_name)
        home = self.navigation.home
        assert home is not None  # without a home page the head is not public, and has no picture
        return picture_of(home, home.share_accent(), self.navigation.site_name)

    @property
    def picture_url(self) -> str:
        return absolute(self.request, self.picture.url)

    @property
    def data(self) -> SafeString:
        """The JSON-LD of the organisation, the site and, for a page, what the apps have registered for it."""
        publisher, *found = self.navigation.kept_of_site("nodes", self._nodes_of_site, origin(self.request))
        if self.page:
            context: dict[Any, Any] = self.context.flatten()
            subject = structured.Subject(
                page=self.page,
                context=context,
                request=self.request,
                url=self.canonical,
                description=self.description,
                picture=self.picture_url,
                publisher=publisher,
            )
            found += map(structured.as_text, structured.nodes(subject))
        return structured.in_list(found)

    def _nodes_of_site(self, navigation: Navigation) -> tuple[Any, ...]:
        """Return the node of the organisation, its text, and that of the site's node."""
        publisher, site = organisation(navigation, self.request), website(navigation, self.request)
        return publisher, structured.as_text(publisher), structured.as_text(site)


def territory(code: str) -> str:
    """Return the language with a territory, as Open Graph requires: ru_RU, fa_AF. If the code names no territory,
    the likely one of CLDR is taken."""
    base, _hyphen, own = code.partition("-")
    likely = get_global("likely_subtags").get(base, base).split("_")
    return f"{base}_{own.upper() or likely[-1]}"
