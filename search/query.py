"""Search for readers: hits with the counts of the filters. The number of queries does not depend on the number of
hits."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from campaigns.reach import HOME_DEPTH
from core.internals.django import adapted
from core.languages.stems import stem
from core.visibility import live_now, offline, originals, private_keys, private_paths
from search import following
from search.engines import Condition, Count, among, engine, outside
from search.facets import values
from search.suggestions import SHORTEST
from search.words import asked_words


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


@dataclass
class Tally:
    """Result of the filters: primary keys of the `FacetSet`s that pass all of them, the number of their pages, and
    the number of pages for each (name of a filter, value) if that value were chosen."""

    passing: list[int] = field(default_factory=list)
    pages: int = 0
    left: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))


class Hits:
    """The hits of a search as a list for a paginator: primary keys of pages, best first."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.stems = asking.stems
        self.engine = engine()
        self.prefix = False

    @cached_property
    def found(self) -> list[Count]:
        """The counts of pages that have the words, for each set of facets, before the filters; empty if no word
        was typed. If no page has them, and the last word has at least SHORTEST letters, it is taken as the
        beginning of a word."""
        if not self.stems:
            return []
        found = self.engine.counts(self.stems, self.asking.where)
        if not found and len(self.stems[-1]) >= SHORTEST:
            found = self.engine.counts(self.stems, self.asking.where, prefix=True)
            self.prefix = bool(found)
        return found

    @cached_property
    def tally(self) -> Tally:
        """The result of the filters, counted in one pass: a word that is on most pages has thousands of
        `FacetSet`s."""
        chosen = [pair for pair in self.asking.chosen if pair[1]]
        tally = Tally()
        for pk, key, pages in self.found:
            given = values(key)
            failed = [name for name, value in chosen if (name, value) not in given] if chosen else chosen
            if not failed:
                tally.passing.append(pk)
                tally.pages += pages
                for pair in given:
                    tally.left[pair] += pages
            elif len(failed) == 1:
                for pair in given:
                    if pair[0] == failed[0]:
                        tally.left[pair] += pages
        return tally

    def counts(self, name: str) -> Counter[str]:
        """Return the number of hits for each value of the filter `name`, with the other filters as they are."""
        return Counter({value: pages for (of, value), pages in self.tally.left.items() if of == name})

    def count(self) -> int:
        return self.tally.pages

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[int]:
        start, stop = part.start or 0, part.stop or self.count()
        if not self.count():
            return []
        where = self.asking.where
        if any(value for _name, value in self.asking.chosen):
            where &= among(self.tally.passing)
        return self.engine.best(self.stems, where, start, stop - start, prefix=self.prefix)

    def first(self, count: int) -> list[int]:
        """Return the `count` best hits for whole words, without filters and without counting them; if there are
        none, the first of the list, in which the last word may be the beginning of one."""
        found = self.engine.best(self.stems, self.asking.where, 0, count) if self.stems else []
        return found or self[:count]


def open_locales() -> set[int]:
    """Return the ids of the locales whose home page is live. Pages in other languages have no address."""
    homes = live_now(Page.objects.filter(depth=HOME_DEPTH))
    return set(homes.order_by().values_list("locale_id", flat=True))


def locales_of(codes: Sequence[str], known: dict[str, int]) -> dict[str, int]:
    """Return the locale ids of these language codes, in their order, without locales whose home page is not live.
    `known` are the locale ids by code."""
    opened = open_locales()
    return {code: known[code] for code in codes if known.get(code) in opened}
