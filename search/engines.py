"""The statements in which the two databases differ, and nothing else: what is matched, counted and put in order
is the same. Words are what `search.words` makes: letters and digits, so that none needs quoting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet


@dataclass(frozen=True)
class Matching:
    """The words of one page as they shall be found: of its title and of all of it, stemmed; and of its title as
    they are typed."""

    page: int
    title: Iterable[str]
    words: Iterable[str]
    typed: Iterable[str]


@dataclass(frozen=True)
class Condition:
    """SQL over `search_entry e`, with its parameters."""

    sql: str
    params: tuple[Any, ...] = ()

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(f"{self.sql} AND {other.sql}", (*self.params, *other.params))


def outside(column: str, values: QuerySet[Any]) -> Condition:
    """Return the condition that a column of the entry has none of these values."""
    try:
        sql, params = values.query.sql_with_params()
    except EmptyResultSet:
        return Condition("1 = 1")
    return Condition(f"{column} NOT IN ({sql})", params)


def among(facets: Sequence[int]) -> Condition:
    return _one_of("e.facets_id", facets)


def among_pages(pages: Sequence[int]) -> Condition:
    return _one_of("e.page_id", pages)


def _one_of(column: str, values: Sequence[int]) -> Condition:
    if not values:
        return Condition("1 = 0")
    return Condition(f"{column} IN ({', '.join(['%s'] * len(values))})", tuple(values))


Count = tuple[int, str, int]
"""The id and the key of a set of facets, and of how many pages it is."""


class Engine:
    """`words`: each must be there; with `prefix` the last is the beginning of one."""

    def one_at_a_time(self) -> None:
        """Wait until no other transaction writes entries, and keep others waiting until this one ends: of two that
        write the same entry, the one that read its page first must not write last."""

    def write(self, rows: Sequence[Matching]) -> None:
        raise NotImplementedError

    def counts(self, words: Sequence[str], where: Condition, prefix: bool = False) -> list[Count]:
        """How many pages have the words, by their facets."""
        return self._counts(self._hits(self._all(words, prefix), where))

    def best(
        self, words: Sequence[str], where: Condition, start: int, count: int, prefix: bool = False
    ) -> list[int]:
        """The pages that have the words: those with all of them in the title first, then those with some of them
        there; of equals the newer one."""
        hits = self._hits(self._all(words, prefix), where)
        ranks = [self._in_title(self._all(words, prefix), "2")]
        if len(words) > 1:
            ranks.append(self._in_title(self._any(words, prefix), "1"))
        cases = " ".join(rank.sql for rank in ranks)
        sql = (
            f"SELECT e.page_id {hits.sql} ORDER BY CASE {cases} ELSE 0 END DESC, "
            "e.date DESC, e.page_id DESC LIMIT %s OFFSET %s"
        )
        params = [*hits.params, *(param for rank in ranks for param in rank.params), count, start]
        return [page for (page,) in self._rows(sql, params)]

    def some(self, word: str, where: Condition, count: int) -> list[int]:
        """Return pages that have the word, in no order."""
        hits = self._hits(self._all([word], False), where)
        return [page for (page,) in self._rows(f"SELECT e.page_id {hits.sql} LIMIT %s", [*hits.params, count])]

    def titles(self, words: Sequence[str], where: Condition, count: int) -> list[int]:
        """The newest pages whose title has the words, the last of which is still being typed."""
        raise NotImplementedError

    def _hits(self, match: str, where: Condition) -> Condition:
        raise NotImplementedError

    def _in_title(self, match: str, value: str) -> Condition:
        raise NotImplementedError

    def _all(self, words: Sequence[str], prefix: bool) -> str:
        raise NotImplementedError

    def _any(self, words: Sequence[str], prefix: bool) -> str:
        raise NotImplementedError

    def _counts(self, hits: Condition) -> list[Count]:
        counted = f"SELECT e.facets_id, COUNT(*) AS pages {hits.sql} GROUP BY e.facets_id"
        sql = f"SELECT f.id, f.key, c.pages FROM ({counted}) c JOIN search_facetset f ON f.id = c.facets_id"
        return self._rows(sql, hits.params)

    def _rows(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()


class SQLite(Engine):
    def write(self, rows: Sequence[Matching]) -> None:
        values = [(row.page, " ".join(row.title), " ".join(row.words), " ".join(row.typed)) for row in rows]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_matching WHERE rowid = %s", [(row.page,) for row in rows])
            sql = "INSERT INTO search_matching (rowid, title, words, typed) VALUES (%s, %s, %s, %s)"
            cursor.executemany(sql, values)

    def _hits(self, match: str, where: Condition, column: str = "words") -> Condition:
        # Left to itself the planner begins with the entries, which takes thirty times as long.
        sql = (
            "FROM search_matching CROSS JOIN search_entry e ON e.page_id = search_matching.rowid "
            f"WHERE search_matching MATCH %s AND {where.sql}"
        )
        return Condition(sql, (f"{column} : ({match})", *where.params))

    def _in_title(self, match: str, value: str) -> Condition:
        hits = "SELECT rowid FROM search_matching WHERE search_matching MATCH %s"
        return Condition(f"WHEN e.page_id IN ({hits}) THEN {value}", (f"title : ({match})",))

    def titles(self, words: Sequence[str], where: Condition, count: int) -> list[int]:
        # In the order of its rows the table is read only as far as needed.
        hits = self._hits(self._all(words, True), where, "typed")
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
    LOCK = 7_301_946_011_735
    """Of our own choice: it only has to be different from other advisory locks of the database."""

    def one_at_a_time(self) -> None:
        self._rows("SELECT pg_advisory_xact_lock(%s)", [self.LOCK])

    def write(self, rows: Sequence[Matching]) -> None:
        if not rows:
            return
        values = ", ".join(["(%s, %s::text[], %s::text[], %s::text[])"] * len(rows))
        params = []
        for row in rows:
            params += [row.page, sorted(set(row.title)), sorted(set(row.words)), sorted(set(row.typed))]
        sql = (
            "UPDATE search_entry SET m_title = array_to_tsvector(v.title), m_words = array_to_tsvector(v.words), "
            f"m_typed = array_to_tsvector(v.typed) FROM (VALUES {values}) AS v (page_id, title, words, typed) "
            "WHERE search_entry.page_id = v.page_id"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, params)

    def _hits(self, match: str, where: Condition, column: str = "m_words") -> Condition:
        sql = f"FROM search_entry e WHERE e.{column} @@ %s::tsquery AND {where.sql}"
        return Condition(sql, (match, *where.params))

    def _in_title(self, match: str, value: str) -> Condition:
        # Asked of its index at once: the words of a title, too, are kept out of the row.
        hits = "SELECT t.page_id FROM search_entry t WHERE t.m_title @@ %s::tsquery"
        return Condition(f"WHEN e.page_id IN ({hits}) THEN {value}", (match,))

    def titles(self, words: Sequence[str], where: Condition, count: int) -> list[int]:
        hits = self._hits(self._all(words, True), where, "m_typed")
        sql = f"SELECT e.page_id {hits.sql} ORDER BY e.page_id DESC LIMIT %s"
        return [page for (page,) in self._rows(sql, (*hits.params, count))]

    def _rows(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        # The planner does not count what it costs to fetch the words of each page from where they are kept, and
        # would read all of them instead of the index for a word that stands on most.
        return super()._rows(f"SELECT set_config('enable_seqscan', 'off', true); {sql}", params)

    def _all(self, words: Sequence[str], prefix: bool) -> str:
        return " & ".join(self._quoted(words, prefix))

    def _any(self, words: Sequence[str], prefix: bool) -> str:
        return " | ".join(self._quoted(words, prefix))

    def _quoted(self, words: Sequence[str], prefix: bool) -> list[str]:
        quoted = [f"'{word}'" for word in words]
        return [*quoted[:-1], f"{quoted[-1]}:*"] if prefix else quoted


def engine() -> Engine:
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()
