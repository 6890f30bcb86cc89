"""Removal of withdrawn words from the full-text tables of SQLite, which keep deleted words until their segments
are merged (PostgreSQL removes them with the next VACUUM). Also registers the vocabulary of the index with
`core.consent.names`, which finds spellings of a name in other scripts."""

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext_noop as _

from core import work
from core.consent.names import register_vocabulary
from core.consent.stores import Store, Subject, register
from core.internals.django import quote_name
from search.models import Word

WORK = "merge_search_tables"


def record_merge(subject: Subject) -> int:
    """Record that the tables have to be merged after a withdrawal, whatever its `subject`. Return 0, the number of
    changed objects."""
    work.record(WORK, ["all"])
    return 0


def merge(keys: Iterable[str] = ()) -> None:
    """Merge the full-text tables of SQLite, which deletes removed words from the file. Do nothing on other
    databases. `keys` is not used."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
        for (table,) in cursor.fetchall():
            name = quote_name(table)
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")


def vocabulary() -> Iterable[str]:
    """Return each word of the stored vocabulary once, of all languages."""
    return Word.objects.order_by().values_list("word", flat=True).distinct().iterator()


def connect() -> None:
    register_vocabulary(vocabulary)
    work.register(WORK, merge)
    register(Store(_("Search"), record_merge))
