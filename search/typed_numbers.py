"""Search for telephone numbers that are typed into texts of pages and snippets, with the help of the readers'
index."""

from collections.abc import Collection

from wagtail.models import Page

from campaigns.kinds import KINDS
from core.helplines.typed_numbers import numbers_typed
from core.quotations.texts import texts_of
from core.typed import Translatable
from search.engines import Condition, engine
from search.models import Showing

MOST_PAGES = 300
"""Most pages that are checked for each spelling of a number."""


def places(digits: Collection[str]) -> list[Translatable]:
    """Return live pages whose own texts contain one of these numbers, and live material on pages found by them
    that does. At most MOST_PAGES pages are checked for each number."""
    anywhere = Condition("1 = 1")
    pks = {pk for each in sorted(digits) for pk in engine().some(each, anywhere, MOST_PAGES)}
    pages = list(Page.objects.filter(pk__in=pks, live=True).select_related("locale").order_by("pk").specific())
    found = [page for page in pages if _has(page, digits)]
    return [*found, *_pieces_on(pks, digits)]


def _pieces_on(pages: Collection[int], digits: Collection[str]) -> list[Translatable]:
    wanted = set(Showing.objects.filter(entry__in=pages).values_list("piece", flat=True))
    return [
        row
        for kind in KINDS
        for row in kind.model._base_manager.filter(translation_key__in=wanted, live=True).select_related("locale")
        if _has(row, digits)
    ]


def _has(row: Translatable, digits: Collection[str]) -> bool:
    texts = [paragraph.text for paragraphs in texts_of(row) for paragraph in paragraphs]
    return any(not numbers_typed(text).isdisjoint(digits) for text in [*texts, getattr(row, "quoted_words", "")])
