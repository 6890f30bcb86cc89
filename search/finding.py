"""From what was asked for to what is found, in a number of queries that does not grow with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from core.visibility import private_keys, private_paths
from search.engines import Condition, among, outside
from search.facets import NAMES, Facets
from search.models import FacetSet
from search.searchers import searcher
from search.suggestions import SHORTEST
from search.words import asked_words, stem


def visible(locale: int, request: HttpRequest | None = None) -> Condition:
    """Of the entries in the language those that may be found today. A page that has become private is no more
    found at once, before its entry goes."""
    where = Condition(
        "e.locale_id = %s AND (e.until IS NULL OR e.until >= %s)", (locale, timezone.localdate().isoformat())
    )
    return where & outside(private_keys(request)) if private_paths(request) else where


@dataclass(frozen=True)
class Asking:
    """`chosen`: the values of the filters by name, empty where all is wanted."""

    asked: str
    code: str
    locale: int
    where: Condition
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def stems(self) -> list[str]:
        return list(dict.fromkeys(stem(word, self.code) for word in asked_words(self.asked)))


class Hits:
    """A list for a paginator, with the counts of the filters."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.stems = asking.stems
        self.searcher = searcher(asking.locale, asking.asked)
        self.prefix = False

    @cached_property
    def by_facets(self) -> dict[int, int]:
        """Where no page has the words, those that begin as the last one does: three letters are enough."""
        if not self.stems:
            return {}
        found = self.searcher.counts(self.stems, self.asking.where)
        if not found and len(self.stems[-1]) >= SHORTEST:
            found = self.searcher.counts(self.stems, self.asking.where, prefix=True)
            self.prefix = bool(found)
        return found

    @cached_property
    def facets(self) -> dict[int, Facets]:
        rows = FacetSet.objects.filter(pk__in=list(self.by_facets)) if self.by_facets else []
        return {row.pk: Facets.of_key(row.key) for row in rows}

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in self.asking.chosen if value}

    def counts(self, name: str) -> Counter:
        """How many hits each value of a filter would leave, the other filters being as they are."""
        others = {other: value for other, value in self.chosen.items() if other != name}
        counted: Counter = Counter()
        for pk, number in self.by_facets.items():
            if pk in self.facets and _passes(self.facets[pk], others):
                counted.update(dict.fromkeys(self.facets[pk].values(NAMES[name]), number))
        return counted

    @cached_property
    def _passing(self) -> list[int]:
        return [pk for pk in self.by_facets if pk in self.facets and _passes(self.facets[pk], self.chosen)]

    def count(self) -> int:
        return sum(self.by_facets[pk] for pk in self._passing)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[int]:
        start, stop = part.start or 0, part.stop or self.count()
        if not self.count():
            return []
        where = self.asking.where & among(self._passing) if self.chosen else self.asking.where
        return self.searcher.best(self.stems, where, start, stop - start, prefix=self.prefix)

    def first(self, count: int) -> list[int]:
        """Without a paginator, and without counts where the words themselves are found."""
        found = self.searcher.best(self.stems, self.asking.where, 0, count) if self.stems else []
        return found or self[:count]


def _passes(facets: Facets, chosen: dict[str, str]) -> bool:
    return all(value in facets.values(NAMES[name]) for name, value in chosen.items())


def open_locales() -> set[int]:
    """The languages whose home page is live: the others answer nothing."""
    return set(Page.objects.filter(depth=2, live=True).values_list("locale_id", flat=True))


def locales_of(codes: Sequence[str], known: dict[str, int]) -> dict[str, int]:
    opened = open_locales()
    return {code: known[code] for code in codes if known.get(code) in opened}
