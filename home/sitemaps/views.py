"""Views of the sitemaps."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.http.conditional import conditional
from core.http.origin import absolute, origin
from core.languages.site_languages import LocaleCodes
from core.stamps import tags
from core.stamps.collecting import note
from core.visibility import live_now
from home.models import HomePage
from home.sitemaps import pages, xml
from home.sitemaps.news import last_news, news_rows


def sitemap(view: Callable[..., str]) -> Callable[..., HttpResponse]:
    """Decorator: make of a function that returns XML a view that returns it, or a 304 response if it has not
    changed."""

    @require_safe
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note(tags.ANYTHING)
        made = HttpResponse(view(request, **kwargs), content_type="application/xml; charset=utf-8")
        return conditional(request, made)

    return answer


@sitemap
def index(request: HttpRequest) -> str:
    """Return the index of all sitemaps: the parts of each language and the news."""
    files = [
        (reverse("sitemap", kwargs={"code": code, "number": number}), changed)
        for code, number, changed in pages.parts(request)
    ]
    files.append((reverse("news_sitemap"), last_news()))
    return xml.index((absolute(request, path), changed) for path, changed in files)


@sitemap
def of_pages(request: HttpRequest, code: str, number: int) -> str:
    """Return part `number`, counted from 1, of the sitemap of the language `code`. Raise Http404 if there is no
    such part."""
    known = code in dict(settings.LANGUAGES) and 0 < number <= pages.MOST_PARTS
    rows = pages.rows(request, code, number) if known else []
    if not rows:
        raise Http404
    return xml.pages(rows, settings.LANGUAGE_CODE, origin(request).__add__)


@sitemap
def of_news(request: HttpRequest) -> str:
    """Return the news sitemap, which has the stories of the last days in all languages."""
    homes = live_now(HomePage.objects.all()).order_by("-path").values_list("locale_id", "title")
    names = {LocaleCodes.code(locale): title for locale, title in homes}
    return xml.news(news_rows(request), names, origin(request).__add__)
