"""Search backend for PostgreSQL, from which this project derives its own: words are stemmed in Python, and each
column is searched by itself, because only single columns have an index."""

from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)

__all__ = [
    "PostgresAutocompleteQueryCompiler",
    "PostgresSearchBackend",
    "PostgresSearchQueryCompiler",
    "UnrankedIndex",
]


class UnrankedIndex(PostgresIndex):
    """Index without title norms: hits are not ranked by them, and computing them reads the whole index."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Do nothing."""
