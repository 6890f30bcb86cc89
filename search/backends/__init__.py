"""Wagtail's search in the database, with words as `search.words` knows them: what the admin's lists and choosers
search with. To be named in WAGTAILSEARCH_BACKENDS."""

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]):  # noqa: ANN201 - Wagtail asks for this name
    if connection.vendor == "postgresql":
        from search.backends.postgresql import PostgreSQLBackend

        return PostgreSQLBackend(params)
    from search.backends.sqlite import SQLiteBackend

    return SQLiteBackend(params)
