from typing import Any

from django.db.models import Q, QuerySet
from modelsearch.backends.database.sqlite.query import Lexeme, MatchExpression, SearchQueryExpression, normalize
from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.query import MatchAll, Not
from modelsearch.utils import get_descendants_content_types_pks

from search.backends.queries import AnyFilter, Groups, Stemmed, prepared, title_first
from search.models import Entry


class Raw(Lexeme):
    """A piece of FTS5's query language that is quoted already."""

    def as_sql(self, compiler, connection) -> tuple[str, list[str]]:
        return "%s", [self.value]


class Index(SQLiteIndex):
    def add_items(self, model, objs) -> None:
        if model is not Entry:
            super().add_items(model, [Stemmed(instance) for instance in objs])

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Nothing is ranked by them, and they cost a walk through all of the index."""


class Compiler(AnyFilter, SQLiteSearchQueryCompiler):
    """Answers in two subqueries which SQLite makes once, where the stock one searches again for every row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = prepared(self.query)

    def build_search_query_content(self, query, config=None):  # noqa: ANN201 - Wagtail's own type
        if isinstance(query, Groups):
            last = "{}*" if self.LAST_TERM_IS_PREFIX else "{}"
            joined = f" {query.operator.upper()} ".join(query.each("OR", last))
            return SearchQueryExpression(Raw(f"({joined})"))
        return super().build_search_query_content(query, config)

    def search(self, config, start, stop, score_field=None) -> QuerySet[Any]:
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
        elif not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]

    def _ids(self, columns: list[str], built) -> QuerySet[Any]:
        types = get_descendants_content_types_pks(self.queryset.model)
        rows = SQLiteFTSIndexEntry.objects.filter(MatchExpression(columns, built))
        return rows.filter(index_entry__content_type__in=types).values("index_entry__object_id")


class AutocompleteCompiler(Compiler, SQLiteAutocompleteQueryCompiler):
    LAST_TERM_IS_PREFIX = True
    FTS_TABLE_FIELDS = ["autocomplete"]


class SQLiteBackend(SQLiteSearchBackend):
    is_database = True
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
