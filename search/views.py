import re

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from campaigns.cards import PageCard
from core.languages import LocaleCodes, active_code
from core.visibility import public_pages

RESULTS_A_PAGE = 15
MAX_WORDS = 8
MAX_LENGTH = 200
MOST_RESULTS = 200


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "")[:MAX_LENGTH].replace("\0", "")
    words = words_of(asked)
    page = Paginator(found(words), RESULTS_A_PAGE).get_page(request.GET.get("page"))
    cards = [result_card(result, request) for result in specific(list(page))]
    context = {"asked": asked.strip(), "words": words, "results": cards, "pager": page}
    return render(request, "search/results.html", context)


def words_of(asked: str) -> list[str]:
    """Letters and digits only: the database's own query language is not the reader's."""
    return re.findall(r"\w+", asked)[:MAX_WORDS]


def found(words: list[str]) -> list[int]:
    """The best hits' ids, the best first."""
    locale = Locale.objects.filter(language_code=active_code()).first()
    if not words or locale is None:
        return []
    pages = public_pages(Page.objects.filter(locale=locale, depth__gt=1))
    return [page.pk for page in pages.search(" ".join(words), operator="and")[:MOST_RESULTS]]


def specific(ids: list[int]) -> list[Page]:
    pages = Page.objects.filter(pk__in=ids).specific().in_bulk()
    return [pages[pk] for pk in ids if pk in pages]


def result_card(page: Page, request: HttpRequest) -> PageCard:
    text = page.search_description or getattr(page, "summary", "") or getattr(page, "introduction", "")
    return PageCard(
        code=LocaleCodes.code(page.locale_id),
        title=page.title,
        url=page.get_url(request),
        text=text,
        seed=page.slug,
    )
