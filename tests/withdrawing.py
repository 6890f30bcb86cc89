"""Where words stand in the database."""

import json

from django.db import connection


def places_of(*words: str) -> set[str]:
    """Return the "table.column" in which one of the words stands: as text, in JSON, or in JSON within JSON."""
    forms = {form.lower() for word in words for form in _forms(word)}
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = [each.name for each in connection.introspection.get_table_description(cursor, table)]
            names = ", ".join(map(connection.ops.quote_name, columns))
            cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                texts = (str(value).lower() for value in row)
                found |= {
                    f"{table}.{name}"
                    for name, text in zip(columns, texts, strict=True)
                    if any(form in text for form in forms)
                }
    return found


def _forms(word: str) -> set[str]:
    once = json.dumps(word)[1:-1]
    return {word, once, json.dumps(once)[1:-1]}


# Of SQLite's full-text tables: what was deleted stays in them until they are merged, after the commit.
UNMERGED = {"search_matching_data.block", "wagtailsearch_indexentry_fts_data.block"}


def stored(*words: str) -> set[str]:
    """Return `places_of`, as it is after the work that was recorded is done."""
    return places_of(*words) - UNMERGED
