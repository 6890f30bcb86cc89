"""Search backend for SQLite, from which this project derives its own: words are stemmed in Python, and the index
is searched once, not once for each row."""

from modelsearch.backends.database.sqlite.query import Lexeme, MatchExpression, SearchQueryExpression, normalize
from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.utils import get_descendants_content_types_pks

__all__ = [
    "Lexeme",  # a part of a query in FTS5's language, here one that is quoted already
    "MatchExpression",  # finds the rows in one subquery
    "SQLiteAutocompleteQueryCompiler",
    "SQLiteFTSIndexEntry",  # the table that is searched
    "SQLiteSearchBackend",
    "SQLiteSearchQueryCompiler",
    "SearchQueryExpression",  # a query in FTS5's language
    "UnrankedIndex",
    "get_descendants_content_types_pks",  # the table holds the entries of all models
    "normalize",  # brings negations to the top of a query: FTS5 has no unary one
]


class UnrankedIndex(SQLiteIndex):
    """Index without title norms: hits are not ranked by them, and computing them reads the whole index."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Do nothing."""
