"""Search backend of the admin for SQLite."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from modelsearch.query import MatchAll, Not, SearchQuery

from core.internals.django import BaseDatabaseWrapper, SQLCompiler, ordering, without_all_rows
from core.internals.modelsearch.base import AnyFilter
from core.internals.modelsearch.sqlite import (
    Lexeme,
    MatchExpression,
    SearchQueryExpression,
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
    UnrankedIndex,
    get_descendants_content_types_pks,
    normalize,
)
from search.backends.queries import Groups, Stemmed, prepared, title_first
from search.models import Entry


class Raw(Lexeme):
    """A part of a query in FTS5's language that is already quoted."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[str]]:
        return "%s", [self.value]


class Index(UnrankedIndex):
    """Index of stemmed words. Entries of the readers' index are left out: `search.engines` indexes them."""

    def add_items(self, model: type[Model], objs: Iterable[Any]) -> None:
        if model is not Entry:
            super().add_items(model, [Stemmed(instance) for instance in objs])


class Compiler(AnyFilter, SQLiteSearchQueryCompiler):
    """Query compiler with two subqueries, which SQLite runs once. The stock one searches again for every row."""

    query: SearchQuery | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = prepared(self.query, self.queryset.model)
        self.queryset: QuerySet[Any] = without_all_rows(self.queryset)

    def build_search_query_content(self, query: SearchQuery, config: str | None = None) -> SearchQueryExpression:
        """Return the query in FTS5's language; for words each in all its forms."""
        if isinstance(query, Groups):
            last = "{}*" if self.LAST_TERM_IS_PREFIX else "{}"
            joined = f" {query.operator.upper()} ".join(query.each("OR", last))
            return SearchQueryExpression(Raw(f"({joined})"))
        return super().build_search_query_content(query, config)

    def search(
        self, config: str | None, start: int | None, stop: int | None, score_field: str | None = None
    ) -> QuerySet[Any]:
        """Return the rows that match from `start` to `stop`; none if the query has no words. By relevance, rows
        with the words in the title come first, then the newest; otherwise the order of the query set is kept, or
        the newest come first if it has none."""
        query = self.query and normalize(self.query)
        if isinstance(query, MatchAll):
            return self.queryset[start:stop]
        if query is None or (isinstance(query, Not) and isinstance(query.subquery, MatchAll)):
            return self.queryset.none()
        negated = isinstance(query, Not)
        built = self.build_search_query(query.subquery if negated else query, config=config)
        found = Q(pk__in=self._ids(self.FTS_TABLE_FIELDS, built))
        queryset = self.queryset.exclude(found) if negated else self.queryset.filter(found)
        if self.order_by_relevance and not negated:
            titles = Q(pk__in=self._ids(self.FTS_TABLE_FIELDS[:1], built))
            queryset = title_first(queryset, titles, score_field)
        elif not ordering(queryset):
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]

    def _ids(self, columns: list[str], built: SearchQueryExpression) -> QuerySet[Any]:
        """Return the primary keys of the objects of the model that match in these columns, as a subquery."""
        types = get_descendants_content_types_pks(self.queryset.model)
        rows = SQLiteFTSIndexEntry.objects.filter(MatchExpression(columns, built))
        return rows.filter(index_entry__content_type__in=types).values("index_entry__object_id")


class AutocompleteCompiler(Compiler, SQLiteAutocompleteQueryCompiler):
    """Query compiler for completions: the last word may be incomplete."""

    LAST_TERM_IS_PREFIX = True
    FTS_TABLE_FIELDS = ["autocomplete"]


class SQLiteBackend(SQLiteSearchBackend):
    """Search backend on SQLite."""

    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
