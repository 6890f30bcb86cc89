from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.query import And, MatchAll, Not

from search.backends.queries import AnyFilter, Groups, Stemmed, prepared, title_first
from search.models import Entry


class Index(PostgresIndex):
    def add_items(self, model, objs) -> None:
        if model is not Entry:
            super().add_items(model, [Stemmed(instance) for instance in objs])

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Nothing is ranked by them, and they cost a walk through all of the index."""


class Compiler(AnyFilter, PostgresSearchQueryCompiler):
    """Asks each column by itself: what is put together first has no index."""

    COLUMNS = ("title", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = prepared(self.query)

    def search(self, config, start, stop, score_field=None, backend=None) -> QuerySet[Any]:
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
        elif not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]

    def _ids(self, columns: tuple[str, ...], asked) -> QuerySet[Any]:
        rows = self.queryset.model._base_manager.filter(self._matching(asked, columns))
        return rows.order_by().values("pk")

    def _matching(self, query, columns: tuple[str, ...]) -> Q:
        """Word by word: one may stand in the title and another in the text."""
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
        asked = SearchQuery(expression, search_type="raw", config="simple")
        return reduce(or_, (Q(**{f"index_entries__{column}": asked}) for column in columns))


class AutocompleteCompiler(Compiler, PostgresAutocompleteQueryCompiler):
    LAST_TERM_IS_PREFIX = True
    COLUMNS = ("autocomplete",)


class PostgreSQLBackend(PostgresSearchBackend):
    is_database = True
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({**params, "SEARCH_CONFIG": "simple"})
