from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.query import MatchAll, Not

from search.backends.queries import Groups, Stemmed, prepared, title_first
from search.models import Entry


class Index(PostgresIndex):
    def add_items(self, model, objs) -> None:
        if model is not Entry:
            super().add_items(model, [Stemmed(instance) for instance in objs])

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Nothing is ranked by them, and they cost a walk through all of the index."""


class Compiler(PostgresSearchQueryCompiler):
    """Asks each column by itself: what is put together first has no index."""

    COLUMNS = ("title", "body")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.query = prepared(self.query, self.LAST_TERM_IS_PREFIX)

    def build_tsquery_content(self, query, config=None, invert=False):  # noqa: ANN201 - Wagtail's own type
        if isinstance(query, Groups):
            expression = query.expression("|", "&", "{}:*" if self.LAST_TERM_IS_PREFIX else "{}")
            expression = f"!({expression})" if invert else f"({expression})"
            return SearchQuery(expression, search_type="raw", config="simple")
        return super().build_tsquery_content(query, config=config, invert=invert)

    def search(self, config, start, stop, score_field=None, backend=None) -> QuerySet:
        if isinstance(self.query, MatchAll):
            return self.queryset[start:stop]
        if self.query is None or (isinstance(self.query, Not) and isinstance(self.query.subquery, MatchAll)):
            return self.queryset.none()
        negated = isinstance(self.query, Not)
        asked = self.build_tsquery(self.query.subquery if negated else self.query, config="simple")
        found = Q(pk__in=self._ids(self.COLUMNS, asked))
        queryset = self.queryset.exclude(found) if negated else self.queryset.filter(found)
        if self.order_by_relevance and not negated:
            queryset = title_first(queryset, Q(pk__in=self._ids(self.COLUMNS[:1], asked)), score_field)
        elif not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]

    def _ids(self, columns: tuple[str, ...], asked: SearchQuery) -> QuerySet:
        matching = Q()
        for column in columns:
            matching |= Q(**{f"index_entries__{column}": asked})
        return self.queryset.model._base_manager.filter(matching).order_by().values("pk")


class AutocompleteCompiler(Compiler, PostgresAutocompleteQueryCompiler):
    LAST_TERM_IS_PREFIX = True
    COLUMNS = ("autocomplete",)


class PostgreSQLBackend(PostgresSearchBackend):
    is_database = True
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def __init__(self, params: dict) -> None:
        super().__init__({**params, "SEARCH_CONFIG": "simple"})
