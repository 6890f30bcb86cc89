"""Full-text SQL of the readers' search for SQLite (FTS5) and PostgreSQL (tsvector). Only the statements differ:
both match and order alike. Words come from `search.words` and consist of letters and digits, so none needs
quoting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

from core.internals.django import compiled


@dataclass(frozen=True)
class Matching:
    """The words by which a page is found: `title` and `words` (title and text) are stemmed, `typed` are the words
    of the title without stemming, for completions. `page` is a primary key."""

    page: int
    title: Iterable[str]
    words: Iterable[str]
    typed: Iterable[str]


@dataclass(frozen=True)
class Condition:
    """An SQL condition on `search_entry e` with its parameters."""

    sql: str
    params: tuple[Any, ...] = ()

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(f"{self.sql} AND {other.sql}", (*self.params, *other.params))


def outside(column: str, values: QuerySet[Any]) -> Condition:
    """Return the condition that a column of the entry has none of these values, which are a query set of one
    column."""
    try:
        sql, params = compiled(values)
    except EmptyResultSet:
        return Condition("1 = 1")
    return Condition(f"{column} NOT IN ({sql})", params)


def among(facets: Sequence[int]) -> Condition:
    """Return the condition that an entry has one of these sets of facets, by primary key; it is never met if there
    are none."""
    if not facets:
        return Condition("1 = 0")
    return Condition(f"e.facets_id IN ({', '.join(['%s'] * len(facets))})", tuple(facets))


class Hit(NamedTuple):
    """The primary key of a page that was found, and primary key and key of its `FacetSet`."""

    page: int
    facets: int
    key: str


class Engine:
    """Base of the two databases. A page must have each of the `words` given to a method; with `prefix` the last
    one is the beginning of a word. Pages are returned as primary keys."""

    KEY: ClassVar[str]
    """The primary key of the page, as the order in which the database finds pages without sorting them."""

    def one_at_a_time(self) -> None:
        """Wait until no other transaction writes entries, and make others wait until this one ends. Otherwise, of
        two transactions that write the same entry, the one that read an older state of the page could write last.
        Do nothing on SQLite."""

    def write(self, rows: Sequence[Matching]) -> None:
        """Store the words of these pages in place of their earlier ones. The entries of the pages must exist."""
        raise NotImplementedError

    def merge(self) -> None:
        """Merge the parts in which the indexes of readers and of the admin were written, each of which a search
        asks. Do nothing on PostgreSQL, which has no such parts."""

    def hits(self, words: Sequence[str], where: Condition, most: int, prefix: bool = False) -> list[Hit]:
        """Return the pages that have all the words and meet the condition `where`: first those with all words in
        the title, then those with some of them in the title, then the others; each group by date, newest first. Of
        more than `most`, those with the highest primary keys are returned: `most` of each group and at least one
        more."""
        every = self._all(words, prefix)
        groups = [{"words": every, "title": every}, {"words": every}]
        if len(words) > 1:
            groups.insert(1, {"words": every, "title": self._any(words, prefix)})
        parts: list[str] = []
        params: list[Any] = []
        for place, matches in enumerate(groups):
            hits = self._hits(where, **matches)
            rows = f"SELECT e.page_id, e.facets_id, e.date, {place} AS place {hits.sql}"
            # SQLite takes no LIMIT in a part of a union, but in a part of a part.
            parts.append(f"SELECT * FROM ({rows} ORDER BY {self.KEY} DESC LIMIT {most + 1}) AS part{place}")
            params += hits.params
        columns = "page_id, facets_id, date"
        found = f"SELECT {columns}, MIN(place) AS place FROM ({' UNION ALL '.join(parts)}) p GROUP BY {columns}"
        sql = (
            f"SELECT h.page_id, f.id, f.key FROM ({found}) h JOIN search_facetset f ON f.id = h.facets_id "
            "ORDER BY h.place, h.date DESC, h.page_id DESC"
        )
        return [Hit(*row) for row in self._rows(sql, params)]

    def some(self, word: str, where: Condition, count: int) -> list[int]:
        """Return up to `count` pages that have the word, which is a stem, and meet `where`, in no particular
        order."""
        hits = self._hits(where, words=self._all([word], False))
        return [page for (page,) in self._rows(f"SELECT e.page_id {hits.sql} LIMIT %s", [*hits.params, count])]

    def titles(self, words: Sequence[str], where: Condition, count: int) -> list[int]:
        """Return up to `count` pages that meet `where` and whose title has the folded words, unstemmed; the last
        one may be incomplete. Pages with the highest primary key come first."""
        raise NotImplementedError

    def _hits(self, where: Condition, **matches: str) -> Condition:
        """Return the FROM and WHERE clauses for the entries that meet `where`, and of which each of these columns
        matches its query in the database's full-text language."""
        raise NotImplementedError

    def _all(self, words: Sequence[str], prefix: bool) -> str:
        """Return the full-text query for all of the words."""
        raise NotImplementedError

    def _any(self, words: Sequence[str], prefix: bool) -> str:
        """Return the full-text query for any of the words."""
        raise NotImplementedError

    def _rows(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()


class SQLite(Engine):
    """Full-text search in the FTS5 table `search_matching`."""

    KEY = "search_matching.rowid"
    TABLES = ("search_matching", "wagtailsearch_indexentry_fts")

    def write(self, rows: Sequence[Matching]) -> None:
        values = [(row.page, " ".join(row.title), " ".join(row.words), " ".join(row.typed)) for row in rows]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_matching WHERE rowid = %s", [(row.page,) for row in rows])
            sql = "INSERT INTO search_matching (rowid, title, words, typed) VALUES (%s, %s, %s, %s)"
            cursor.executemany(sql, values)

    def merge(self) -> None:
        with connection.cursor() as cursor:
            for table in self.TABLES:
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")

    def _hits(self, where: Condition, **matches: str) -> Condition:
        # CROSS JOIN fixes the order of the tables. SQLite's planner would begin with the entries, which takes
        # thirty times as long.
        sql = (
            "FROM search_matching CROSS JOIN search_entry e ON e.page_id = search_matching.rowid "
            f"WHERE search_matching MATCH %s AND {where.sql}"
        )
        match = " AND ".join(f"({column} : ({match}))" for column, match in matches.items())
        return Condition(sql, (match, *where.params))

    def titles(self, words: Sequence[str], where: Condition, count: int) -> list[int]:
        # Ordered by rowid, the table is read only until there are enough rows.
        hits = self._hits(where, typed=self._all(words, True))
        sql = f"SELECT e.page_id {hits.sql} ORDER BY search_matching.rowid DESC LIMIT %s"
        return [page for (page,) in self._rows(sql, (*hits.params, count))]

    def _all(self, words: Sequence[str], prefix: bool) -> str:
        return " AND ".join(self._quoted(words, prefix))

    def _any(self, words: Sequence[str], prefix: bool) -> str:
        return " OR ".join(self._quoted(words, prefix))

    def _quoted(self, words: Sequence[str], prefix: bool) -> list[str]:
        quoted = [f'"{word}"' for word in words]
        return [*quoted[:-1], f"{quoted[-1]}*"] if prefix else quoted


class PostgreSQL(Engine):
    """Full-text search in the tsvector columns of `search_entry`."""

    KEY = "e.page_id"
    LOCK = 7_301_946_011_735
    """Number of the advisory lock. It is arbitrary, but must differ from other advisory locks of the database."""

    def one_at_a_time(self) -> None:
        self._rows("SELECT pg_advisory_xact_lock(%s)", [self.LOCK])

    def write(self, rows: Sequence[Matching]) -> None:
        if not rows:
            return
        values = ", ".join(["(%s, %s::text[], %s::text[], %s::text[])"] * len(rows))
        params: list[Any] = []
        for row in rows:
            params += [row.page, sorted(set(row.title)), sorted(set(row.words)), sorted(set(row.typed))]
        sql = (
            "UPDATE search_entry SET m_title = array_to_tsvector(v.title), m_words = array_to_tsvector(v.words), "
            f"m_typed = array_to_tsvector(v.typed) FROM (VALUES {values}) AS v (page_id, title, words, typed) "
            "WHERE search_entry.page_id = v.page_id"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, params)

    def _hits(self, where: Condition, **matches: str) -> Condition:
        sql = " AND ".join(f"e.m_{column} @@ %s::tsquery" for column in matches)
        return Condition(f"FROM search_entry e WHERE {sql} AND {where.sql}", (*matches.values(), *where.params))

    def titles(self, words: Sequence[str], where: Condition, count: int) -> list[int]:
        hits = self._hits(where, typed=self._all(words, True))
        sql = f"SELECT e.page_id {hits.sql} ORDER BY e.page_id DESC LIMIT %s"
        return [page for (page,) in self._rows(sql, (*hits.params, count))]

    def _rows(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        # The planner ignores the cost of reading the words of each page from where they are stored (TOAST). For a
        # word that is on most pages it would read the whole table instead of the index.
        return super()._rows(f"SELECT set_config('enable_seqscan', 'off', true); {sql}", params)

    def _all(self, words: Sequence[str], prefix: bool) -> str:
        return " & ".join(self._quoted(words, prefix))

    def _any(self, words: Sequence[str], prefix: bool) -> str:
        return " | ".join(self._quoted(words, prefix))

    def _quoted(self, words: Sequence[str], prefix: bool) -> list[str]:
        quoted = [f"'{word}'" for word in words]
        return [*quoted[:-1], f"{quoted[-1]}:*"] if prefix else quoted


def engine() -> Engine:
    """Return the engine of the default database: PostgreSQL, or SQLite for every other one."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()
