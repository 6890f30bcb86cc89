"""Choice between the database and a search server (such as Elasticsearch) for the readers' search."""

from collections.abc import Sequence
from functools import cached_property

from modelsearch.backends.base import BaseSearchBackend
from wagtail.search.backends import get_search_backend

from search.engines import Condition, Count, Engine, among_pages, engine
from search.models import Entry

MOST = 1000
"""Most hits that are requested from a search server."""


class Server(Engine):
    """Engine that takes the hits and their order from a search server, and applies the conditions in the
    database."""

    def __init__(self, backend: BaseSearchBackend, locale: int, asked: str) -> None:
        self.backend, self.locale, self.asked = backend, locale, asked

    @cached_property
    def pages(self) -> list[int]:
        """The primary keys of the server's hits in the locale, best first, at most MOST. They have all words of
        the text as typed."""
        entries = Entry.objects.filter(locale=self.locale)
        return [entry.pk for entry in self.backend.search(self.asked, entries, operator="and")[:MOST]]

    def counts(self, words: Sequence[str], where: Condition, prefix: bool = False) -> list[Count]:
        hits = among_pages(self.pages) & where
        return self._counts(Condition(f"FROM search_entry e WHERE {hits.sql}", hits.params))

    def best(
        self, words: Sequence[str], where: Condition, start: int, count: int, prefix: bool = False
    ) -> list[int]:
        hits = among_pages(self.pages) & where
        found = {
            page for (page,) in self._rows(f"SELECT e.page_id FROM search_entry e WHERE {hits.sql}", hits.params)
        }
        return [page for page in self.pages if page in found][start : start + count]


def searcher(locale: int, asked: str) -> Engine:
    """Return the engine for a search of the text `asked` in a locale: the database's own, or the search server of
    the settings."""
    backend = get_search_backend()
    return engine() if getattr(backend, "is_database", False) else Server(backend, locale, asked)
