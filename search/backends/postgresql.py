"""Search backend of the admin for PostgreSQL."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery as TSQuery
from django.db.models import Model, Q, QuerySet
from modelsearch.query import And, MatchAll, Not, SearchQuery

from core.internals.django import ordering, without_all_rows
from core.internals.modelsearch.base import AnyFilter
from core.internals.modelsearch.postgresql import (
    PostgresAutocompleteQueryCompiler,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
    UnrankedIndex,
)
from search.backends.queries import Groups, Stemmed, prepared, title_first
from search.models import Entry


class Index(UnrankedIndex):
    """Index of stemmed words. Entries of the readers' index are left out: `search.engines` indexes them."""

    def add_items(self, model: type[Model], objs: Iterable[Any]) -> None:
        if model is not Entry:
            super().add_items(model, [Stemmed(instance) for instance in objs])


class Compiler(AnyFilter, PostgresSearchQueryCompiler):
    """Query compiler that searches each column by itself. The concatenated columns of the stock one have no
    index."""

    COLUMNS: tuple[str, ...] = ("title", "body")
    query: SearchQuery | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = prepared(self.query, self.queryset.model)
        self.queryset: QuerySet[Any] = without_all_rows(self.queryset)

    def search(
        self,
        config: str | None,
        start: int | None,
        stop: int | None,
        score_field: str | None = None,
        backend: "PostgreSQLBackend | None" = None,
    ) -> QuerySet[Any]:
        """Return the rows that match from `start` to `stop`; none if the query has no words. By relevance, rows
        with the words in the title come first, then the newest; otherwise the order of the query set is kept, or
        the newest come first if it has none. `config` and `backend` are not used."""
        if isinstance(self.query, MatchAll):
            return self.queryset[start:stop]
        if self.query is None or (isinstance(self.query, Not) and isinstance(self.query.subquery, MatchAll)):
            return self.queryset.none()
        negated = isinstance(self.query, Not)
        asked = self.query.subquery if negated else self.query
        found = Q(pk__in=self._ids(self.COLUMNS, asked))
        queryset = self.queryset.exclude(found) if negated else self.queryset.filter(found)
        if self.order_by_relevance and not negated:
            queryset = title_first(queryset, Q(pk__in=self._ids(self.COLUMNS[:1], asked)), score_field)
        elif not ordering(queryset):
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]

    def _ids(self, columns: tuple[str, ...], asked: SearchQuery) -> QuerySet[Any]:
        """Return the primary keys of the rows that match in these columns, as a subquery."""
        rows = self.queryset.model._base_manager.filter(self._matching(asked, columns))
        return rows.order_by().values("pk")

    def _matching(self, query: SearchQuery, columns: tuple[str, ...]) -> Q:
        """Return the filter for a query in these columns. Each word is matched by itself: one may be in the title
        and another in the text."""
        if isinstance(query, Groups):
            both = query.operator == "and"
            parts = [
                self._of_group(each, columns)
                for each in query.each("|", "{}:*" if self.LAST_TERM_IS_PREFIX else "{}")
            ]
        elif isinstance(query, Not):
            return ~Q(pk__in=self._ids(columns, query.subquery))
        else:
            both = isinstance(query, And)
            parts = [self._matching(each, columns) for each in query.subqueries]
        return reduce(and_ if both else or_, parts)

    def _of_group(self, expression: str, columns: tuple[str, ...]) -> Q:
        """Return the filter for rows of which one of the columns matches an expression of the tsquery language."""
        asked = TSQuery(expression, search_type="raw", config="simple")
        return reduce(or_, (Q(**{f"index_entries__{column}": asked}) for column in columns))


class AutocompleteCompiler(Compiler, PostgresAutocompleteQueryCompiler):
    """Query compiler for completions: the last word may be incomplete."""

    LAST_TERM_IS_PREFIX = True
    COLUMNS = ("autocomplete",)


class PostgreSQLBackend(PostgresSearchBackend):
    """Search backend on PostgreSQL."""

    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({**params, "SEARCH_CONFIG": "simple"})
