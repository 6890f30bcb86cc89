"""Queries that are compiled once in each process.

Django takes many times longer to build queries such as those for access to a file, or for what is offline, than
the database takes to answer.
"""

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Expression, F, Field, QuerySet

from core.internals.django import (
    BaseDatabaseWrapper,
    Choose,
    SQLCompiler,
    adapted,
    compiled,
    compiled_part,
    compiler_of,
    rows_by,
)

SOME_TIME, SOME_DAY = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC), datetime.date(1900, 1, 1)
"""Samples that do not occur elsewhere."""
MOST = 128
"""Of longer lists of values than this, queries are compiled each time."""
_APART = 1_000
"""By which the samples of one list differ from those of another: more than MOST."""
_ALIAS = re.compile(r"\b([A-Z]+\d+)\b")
_ROW = "{row}"


@dataclass(frozen=True)
class Compiled:
    """SQL and parameters of a query; `places` maps each named value to its positions in `params`."""

    sql: str
    params: tuple[Any, ...]
    places: dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Several:
    """The sample of an argument that is a list of values of the type `kind`. The query is compiled for lists of
    0, 1, 2, 4, 8 … values; a list of another length is filled up with its last value to the next of these."""

    kind: type[int] | type[str] | type[UUID]

    def values(self, size: int, number: int) -> list[Any]:
        """Return so many values that do not occur elsewhere in the query. `number` is that of the argument."""
        numbers = range(number * _APART, number * _APART + size)
        if self.kind is UUID:
            return [UUID(int=each) for each in numbers]
        return [-each for each in numbers] if self.kind is int else [f"sample {each}" for each in numbers]


Executed = tuple[QuerySet[Any], SQLCompiler, Compiled]
"""A query with the compiler that reads its rows."""


def _size(values: Collection[Any]) -> int:
    """Return for how many values a query is compiled that is asked with these."""
    size = min(len(values), 1)
    while size < len(values):
        size *= 2
    return size


class PreparedSubquery(Expression):
    """A prepared query in the condition of another one, none of whose columns it names."""

    def __init__(self, sql: str, params: tuple[Any, ...]) -> None:
        super().__init__()
        self.sql = sql
        self.params = params

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        return f"({self.sql})", self.params


class PreparedExpression(Expression):
    """The conditions or an annotation of a prepared query, for another query of the same objects. In its SQL,
    `_ROW` stands for the alias of their table, which is that of the translation key."""

    def __init__(self, sql: str, params: tuple[Any, ...], output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.sql = sql
        self.params = params
        self.row: Any = F("translation_key")

    def get_source_expressions(self) -> list[Any]:
        return [self.row]

    def set_source_expressions(self, expressions: Sequence[Any]) -> None:
        [self.row] = expressions

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, _params = compiler.compile(self.row)
        return self.sql.replace(_ROW, column.rpartition(".")[0]), self.params


class Prepared:
    """A query with named parameters, compiled when it is first used.

    `build` returns a queryset for keyword arguments. `samples` has a value for each argument that does not occur
    elsewhere in the query, by which its positions are found; for a list of values it has `Several`.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], **samples: object) -> None:
        self.build = build
        self.samples = samples
        self._lists = [name for name, sample in samples.items() if isinstance(sample, Several)]
        self._executed: dict[tuple[int, ...], Executed | None] = {}

    def rows(self, choose: Choose | None = None, **values: Any) -> Iterator[Any]:
        """Return the rows of `build(**values)`, read when the first is asked for. Arguments that are left out have
        their sample values, lists that are left out are empty. `choose` may leave out rows before instances are
        made of them; not if a list is too long to be prepared."""
        lists = {name: list(values.pop(name, ())) for name in self._lists}
        if any(len(each) > MOST for each in lists.values()):
            return iter(self.build(**values, **lists))
        sizes = tuple(map(_size, lists.values()))
        if sizes not in self._executed:
            self._executed[sizes] = self._compiled_for(sizes)
        if (executed := self._executed[sizes]) is None:
            return iter(())
        query, compiler, of = executed
        for (name, of_list), size in zip(lists.items(), sizes, strict=True):
            filled = [*of_list, *of_list[-1:] * (size - len(of_list))]
            values |= {f"{name} {number}": value for number, value in enumerate(filled)}
        return rows_by(query, compiler, of.sql, self._params(values, of), choose)

    def _compiled_for(self, sizes: tuple[int, ...]) -> Executed | None:
        """Return the query for lists of these sizes, with its compiler; None if it can have no rows. Raise
        ValueError if a sample is not among its parameters."""
        samples: dict[str, Any] = dict(self.samples)
        known = dict(samples)
        for number, (name, size) in enumerate(zip(self._lists, sizes, strict=True), start=1):
            samples[name] = known.pop(name).values(size, number)
            known |= {f"{name} {place}": value for place, value in enumerate(samples[name])}
        query = self.build(**samples)
        try:
            compiler, sql, params = compiler_of(query)
        except EmptyResultSet:
            if all(sizes):
                raise ValueError("With these samples the query has no rows.") from None
            return None
        return query, compiler, _found(sql, params, known)

    def subquery(self, **values: object) -> PreparedSubquery:
        """Return `build(**values)`, with sample values as in `rows`, for the lookup `in` of another query."""
        return PreparedSubquery(*self.statement(**values))

    def statement(self, **values: object) -> tuple[str, tuple[Any, ...]]:
        """Return SQL and parameters of `build(**values)`, with sample values as in `rows`, for a statement that
        Django cannot write."""
        return self._compiled.sql, self._params(values, self._compiled)

    def condition(self, **values: object) -> PreparedExpression:
        """Return the conditions of `build(**values)`, with sample values as in `rows`, for another query of the
        same objects."""
        of = self._conditions
        return PreparedExpression(of.sql, self._params(values, of), BooleanField())

    def annotations(self, **values: object) -> dict[str, PreparedExpression]:
        """Return the annotations of `build(**values)` by their names, with sample values as in `rows`, for another
        query of the same objects."""
        fields = self._sample.query.annotations
        return {
            name: PreparedExpression(of.sql, self._params(values, of), fields[name].output_field)
            for name, of in self._annotations.items()
        }

    def _params(self, values: dict[str, object], of: Compiled) -> tuple[Any, ...]:
        params = list(of.params)
        for name, value in values.items():
            for place in of.places[name]:
                params[place] = adapted(value)
        return tuple(params)

    @cached_property
    def _sample(self) -> QuerySet[Any]:
        return self.build(**self.samples)

    @cached_property
    def _compiled(self) -> Compiled:
        """The whole query. Raise ValueError if a sample is not among its parameters."""
        return _found(*compiled(self._sample), self.samples)

    @cached_property
    def _conditions(self) -> Compiled:
        return self._part(self._sample.query.where)

    @cached_property
    def _annotations(self) -> dict[str, Compiled]:
        return {name: self._part(each) for name, each in self._sample.query.annotations.items()}

    def _part(self, expression: Any) -> Compiled:
        """Return a part of the query, whose subqueries have aliases that no other query has."""
        sql, params = compiled_part(self._sample, expression)
        table = f'"{self._sample.model._meta.db_table}".'
        return _with_places(_ALIAS.sub(r"prepared_\1", sql).replace(table, f"{_ROW}."), params, self.samples)


def _found(sql: str, params: tuple[Any, ...], samples: dict[str, object]) -> Compiled:
    """Return SQL with the places of the samples. Raise ValueError if one is not among the parameters."""
    found = _with_places(sql, params, samples)
    if missing := [name for name, places in found.places.items() if not places]:
        raise ValueError(f"The value of {', '.join(missing)} is no parameter of the query.")
    return found


def _with_places(sql: str, params: tuple[Any, ...], samples: dict[str, object]) -> Compiled:
    known = {name: adapted(sample) for name, sample in samples.items()}
    places = {
        name: tuple(place for place, value in enumerate(params) if value == sample)
        for name, sample in known.items()
    }
    return Compiled(sql, params, places)
