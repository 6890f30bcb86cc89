"""Views of the readers' search: results and suggestions."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Page

from campaigns.cards import Card
from core.languages.site_languages import LocaleCodes, active_code, all_languages
from core.throttling.reading import limited
from core.visibility import private_keys, seen
from search.excerpts import Asked, Piece, excerpt, marked
from search.filters import filters_of, filters_query, slugs_chosen
from search.models import Text
from search.query import Asking, Hits, locales_of, visible
from search.suggestions import Vocabulary, completions, meant
from search.words import asked_words, clean

RESULTS_A_PAGE = 15
FEW = 5
"""If there are fewer results than this, results in other languages are shown as well."""
OF_OTHERS = 3
BEGINNING = 200


@dataclass(frozen=True, kw_only=True)
class ResultCard(Card):
    """A result: title and excerpt with the marked words."""

    title: list[Piece]
    text: list[Piece]
    url: str


@dataclass(frozen=True, kw_only=True)
class InOther(Card):
    """The best results in another language, with the address of the search in that language."""

    url: str
    results: list[ResultCard]


@require_safe
@limited("search", "SEARCH_RATE")
def results(request: HttpRequest) -> HttpResponse:
    """Render the page of results for the GET parameter `q`, with filters, a correction if nothing is found, and,
    if there are fewer than FEW results, the best ones in other languages. Requests are limited by SEARCH_RATE."""
    asked, code = clean(request.GET.get("q", "")), active_code()
    locales = known_locales() if asked_words(asked) else {}
    context: dict[str, Any] = {"asked": asked, "results": [], "filters": []}
    if code in locales:
        chosen = slugs_chosen(request)
        where = visible(locales[code], request)
        hits = Hits(Asking(asked, code, locales[code], where, chosen.pairs))
        pages: Paginator[int] = Paginator(hits, RESULTS_A_PAGE)  # type: ignore[arg-type]  # it counts and slices only
        page = pages.get_page(request.GET.get("page"))
        filters = filters_of(hits, chosen)
        context |= {
            "results": cards(page, hits, request),
            "pager": page,
            "has_more": hits.has_more,
            "filters": filters,
            "query": filters_query(asked, filters),
            "meant": "" if hits.found else meant(asked_words(asked), Vocabulary(code, locales[code], where)),
        }
    if page_is_poor(context):
        context["others"] = in_others(asked, code, locales, request)
    return render(request, "search/results.html", context)


@require_safe
@limited("suggestions", "SUGGESTION_RATE")
def suggest(request: HttpRequest) -> JsonResponse:
    """Return completions of the GET parameter `q` as JSON: a list under "suggestions". Requests are limited by
    SUGGESTION_RATE."""
    asked, code = clean(request.GET.get("q", "")), active_code()
    locales = known_locales() if asked_words(asked) else {}
    found: list[str] = []
    if code in locales:
        found = completions(asked, Vocabulary(code, locales[code], visible(locales[code], request)))
    return JsonResponse({"suggestions": found})


def known_locales() -> dict[str, int]:
    """Return the ids of the locales whose home page is live, by language code, in the order of the site's
    languages."""
    known = LocaleCodes.ids()
    return locales_of([language.code for language in all_languages()], known)


def page_is_poor(context: dict[str, Any]) -> bool:
    """Return whether something was searched for and there are fewer than FEW results."""
    return bool(context["asked"]) and ("pager" not in context or context["pager"].paginator.count < FEW)


def in_others(asked: str, code: str, locales: dict[str, int], request: HttpRequest) -> list[InOther]:
    """Return the OF_OTHERS best results in each language other than `code` that has some, without filters.
    `locales` are the locale ids by code."""
    found = []
    for other, locale in locales.items():
        if other == code:
            continue
        hits = Hits(Asking(asked, other, locale, visible(locale, request)))
        some = cards(hits[:OF_OTHERS], hits, request)
        if some:
            with translation.override(other):
                url = f"{reverse('search')}?{urlencode({'q': asked})}"
            found.append(InOther(code=other, url=url, results=some))
    return found


def cards(ids: "list[int] | Sheet[int]", hits: Hits, request: HttpRequest) -> list[ResultCard]:
    """Return the cards of the pages with these primary keys, in the same order, with the words of the search
    marked. Pages are checked again, because one may have been unpublished since the search began; such a page is
    left out."""
    ids = list(ids)
    if not ids:
        return []
    pages = seen(Page.objects.filter(pk__in=ids), active_code(), private_keys(request)).in_bulk()
    texts = Text.objects.in_bulk(ids)
    code = hits.asking.code
    asked = Asked(frozenset(hits.stems), code, hits.stems[-1] if hits.prefix else "")
    return [
        ResultCard(
            code=code,
            title=marked(texts[pk].title, asked),
            text=excerpt(texts[pk].body, asked) or beginning(pages[pk], texts[pk]),
            url=pages[pk].get_url(request),
        )
        for pk in ids
        if pk in pages and pk in texts
    ]


def beginning(page: Page, text: Text) -> list[Piece]:
    """Return the description of a page, else the beginning of its text, in at most BEGINNING characters, for a
    result without an excerpt. The list is empty if there is neither."""
    words = page.search_description or text.body
    if len(words) > BEGINNING:
        words = f"{words[:BEGINNING].rsplit(' ', 1)[0]} …"
    return [Piece(words)] if words else []
