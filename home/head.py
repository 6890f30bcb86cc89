"""What the head of a page tells those who find it for others: search engines, and where its address is shared.
Only of what everybody may read: a page behind a password says nothing, and names none of its translations."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from babel.core import get_global
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from wagtail.models import Page

from core.http.origin import absolute
from core.languages.site_languages import active_code
from core.seo import structured
from core.seo.description import description
from core.seo.pictures import SharePicture, picture_of
from home.navigation import Navigation
from home.structured import organisation, website

# Of a list: which part of it.
PART = "page"


@dataclass(frozen=True)
class Alternate:
    """`code` as in hreflang."""

    code: str
    url: str


class Head:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.request: HttpRequest = context["request"]
        self.navigation: Navigation = context["navigation"]
        self.page: Page | None = context.get("page") if isinstance(context.get("page"), Page) else None

    @cached_property
    def is_public(self) -> bool:
        """Where this is false nothing but the description is drawn."""
        if getattr(self.request, "is_preview", False) or not self.navigation.site_name:
            return False
        return self.navigation.code in self._urls

    @property
    def is_indexed(self) -> bool:
        """A list of what was searched for is no page of the site."""
        return settings.INDEXED and (self.page is not None or not self.request.GET)

    @cached_property
    def _urls(self) -> dict[str, str]:
        urls = self.navigation.public_urls
        # In each language a list has the same parts, for each thing stands in its best.
        part = f"?{PART}={self._part}" if self._part > 1 else ""
        return {code: absolute(self.request, url) + part for code, url in urls.items()}

    @cached_property
    def _part(self) -> int:
        """Of a list that nobody has filtered: what is filtered is found by its whole."""
        pager = self.context.get("pager")
        return pager.number if self.page and pager and set(self.request.GET) == {PART} else 1

    @property
    def canonical(self) -> str:
        return self._urls[self.navigation.code]

    @cached_property
    def alternates(self) -> list[Alternate]:
        """The languages that have the page, its own among them, in the site's order; and for readers of any other
        language the first of them."""
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
        """What stands for the description of a page that says nothing of itself."""
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
        return "article" if self.page and hasattr(self.page, "date") else "website"

    @property
    def locale(self) -> str:
        return territory(active_code())

    @property
    def other_locales(self) -> list[str]:
        return [territory(code) for code in self._urls if code != self.navigation.code]

    @cached_property
    def picture(self) -> SharePicture:
        """A view that is no page shows the home page's."""
        page = self.page or self.navigation.home
        accent = self.context.get("accent", "") if self.page else page.share_accent()
        return picture_of(page, accent, self.navigation.site_name)

    @property
    def picture_url(self) -> str:
        return absolute(self.request, self.picture.url)

    @property
    def data(self) -> SafeString:
        publisher = organisation(self.navigation, self.request)
        found = [publisher, website(self.navigation, self.request)]
        if self.page:
            subject = structured.Subject(
                page=self.page,
                context=self.context.flatten(),
                request=self.request,
                url=self.canonical,
                description=self.description,
                picture=self.picture_url,
                publisher=publisher,
            )
            found += structured.nodes(subject)
        return structured.as_json(found)


def territory(code: str) -> str:
    """A language with where most of its readers are, as Open Graph wants it: ru_RU, fa_AF."""
    base, _hyphen, own = code.partition("-")
    likely = get_global("likely_subtags").get(base, base).split("_")
    return f"{base}_{own.upper() or likely[-1]}"
