"""Search backends for Wagtail that find words as `search.words` does, for the lists and choosers of the admin. The
package is named in WAGTAILSEARCH_BACKENDS."""

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from modelsearch.backends.base import BaseSearchBackend


def SearchBackend(params: dict[str, Any]) -> "BaseSearchBackend":
    """Return the backend for the default database: PostgreSQL, or SQLite for every other one. Wagtail requires
    this name."""
    if connection.vendor == "postgresql":
        from search.backends.postgresql import PostgreSQLBackend

        return PostgreSQLBackend(params)
    from search.backends.sqlite import SQLiteBackend

    return SQLiteBackend(params)
