"""Search for readers: hits with the counts of the filters. The number of queries does not depend on the number of
hits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from campaigns.reach import HOME_DEPTH
from core.internals.django import adapted
from core.languages.stems import stem
from core.visibility import live_now, offline, originals, private_keys, private_paths
from search import following
from search.engines import Condition, Hit, among, engine, outside
from search.facets import values
from search.models import FacetSet
from search.suggestions import SHORTEST
from search.words import asked_words

MOST = 400
"""Hits of a search. Who wants others chooses a filter or adds a word."""


def visible(locale: int, request: HttpRequest | None = None) -> Condition:
    """Return the condition for the entries in a language (a locale id) that readers may find at this moment.

    It checks the pages themselves, and excludes entries with an ended consent or an expiry, and each entry that is
    waiting to be written again after a change, because it may be older than the page.
    """
    now = timezone.now()
    where = Condition(
        "e.locale_id = %s AND (e.until IS NULL OR e.until >= %s) AND (e.expires IS NULL OR e.expires > %s)",
        (locale, timezone.localdate(now).isoformat(), adapted(now)),
    )
    for rows in offline(Page._base_manager.all()):
        where &= outside("e.page_id", rows.order_by().values("pk"))
        where &= outside("e.translation_key", originals(rows).order_by().values("translation_key"))
    where &= outside("e.translation_key", following.waiting_pages())
    where &= outside("e.page_id", following.entries_of_waiting_pieces())
    return where & outside("e.translation_key", private_keys(request)) if private_paths(request) else where


@dataclass(frozen=True)
class Asking:
    """A search: the text that was typed, the language, the condition of `visible`, and the values of the filters
    by name, which are empty for a filter that is not used."""

    asked: str
    code: str
    locale: int
    where: Condition
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def stems(self) -> list[str]:
        """The stems of the words that were typed, each once; at most MAX_WORDS words count."""
        return list(dict.fromkeys(stem(word, self.code) for word in asked_words(self.asked)))


class Hits:
    """The hits of a search as a list for a paginator: primary keys of pages, best first. Of more than MOST, the
    newest are found, and the filters count these."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.stems = asking.stems
        self.engine = engine()
        self.prefix = False

    @cached_property
    def found(self) -> list[Hit]:
        """The pages that have the words, before the filters; none if no word was typed. If no page has them, and
        the last word has at least SHORTEST letters, it is taken as the beginning of a word."""
        if not self.stems:
            return []
        found = self.engine.hits(self.stems, self.asking.where, MOST)
        if not found and len(self.stems[-1]) >= SHORTEST:
            found = self.engine.hits(self.stems, self.asking.where, MOST, prefix=True)
            self.prefix = bool(found)
        return found

    @cached_property
    def passing(self) -> list[Hit]:
        """The pages that pass all filters; asked for by themselves if there are more than MOST pages before."""
        if not self._chosen:
            return self.found
        if len(self.found) <= MOST:
            return [hit for hit in self.found if not self._failed(hit.key)]
        sets = FacetSet.objects.values_list("pk", "key")
        where = self.asking.where & among([pk for pk, key in sets if not self._failed(key)])
        return self.engine.hits(self.stems, where, MOST, prefix=self.prefix)

    @property
    def has_more(self) -> bool:
        """Return whether there are more hits than the list has."""
        return len(self.passing) > MOST

    @cached_property
    def left(self) -> Counter[tuple[str, str]]:
        """The number of pages for each (name of a filter, value) if that value were chosen."""
        left: Counter[tuple[str, str]] = Counter()
        for key, pages in Counter(hit.key for hit in self.passing).items():
            for pair in values(key):
                left[pair] += pages
        if self._chosen:
            for key, pages in Counter(hit.key for hit in self.found).items():
                failed = self._failed(key)
                if len(failed) == 1:
                    for pair in values(key):
                        if pair[0] == failed[0]:
                            left[pair] += pages
        return left

    @cached_property
    def _chosen(self) -> list[tuple[str, str]]:
        return [pair for pair in self.asking.chosen if pair[1]]

    def _failed(self, key: str) -> list[str]:
        """Return the names of the filters that pages with this key of a `FacetSet` do not pass."""
        given = values(key)
        return [name for name, value in self._chosen if (name, value) not in given]

    def counts(self, name: str) -> Counter[str]:
        """Return the number of hits for each value of the filter `name`, with the other filters as they are."""
        return Counter({value: pages for (of, value), pages in self.left.items() if of == name})

    def count(self) -> int:
        return min(len(self.passing), MOST)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[int]:
        return [hit.page for hit in self.passing[:MOST][part]]


def open_locales() -> set[int]:
    """Return the ids of the locales whose home page is live. Pages in other languages have no address."""
    homes = live_now(Page.objects.filter(depth=HOME_DEPTH))
    return set(homes.order_by().values_list("locale_id", flat=True))


def locales_of(codes: Sequence[str], known: dict[str, int]) -> dict[str, int]:
    """Return the locale ids of these language codes, in their order, without locales whose home page is not live.
    `known` are the locale ids by code."""
    opened = open_locales()
    return {code: known[code] for code in codes if known.get(code) in opened}
