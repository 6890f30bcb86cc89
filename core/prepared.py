"""Queries that are compiled once in each process.

Django takes many times longer to build queries such as those for access to a file, or for what is offline, than
the database takes to answer.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Expression, F, QuerySet
from django.db.models.query import RawQuerySet

from core.internals.django import BaseDatabaseWrapper, SQLCompiler, adapted, compiled, compiled_where

_ALIAS = re.compile(r"\b([A-Z]+\d+)\b")
_ROW = "{row}"


@dataclass(frozen=True)
class Compiled:
    """SQL and parameters of a query; `places` maps each named value to its positions in `params`."""

    sql: str
    params: tuple[Any, ...]
    places: dict[str, tuple[int, ...]]


class PreparedSubquery(Expression):
    """A prepared query in the condition of another one, none of whose columns it names."""

    def __init__(self, sql: str, params: tuple[Any, ...]) -> None:
        super().__init__()
        self.sql = sql
        self.params = params

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        return f"({self.sql})", self.params


class PreparedCondition(Expression):
    """The conditions of a prepared query, on the rows of another query of the same objects. In its SQL, `_ROW`
    stands for the alias of their table, which is that of the translation key."""

    def __init__(self, sql: str, params: tuple[Any, ...]) -> None:
        super().__init__(output_field=BooleanField())
        self.sql = sql
        self.params = params
        self.row: Any = F("translation_key")

    def get_source_expressions(self) -> list[Any]:
        return [self.row]

    def set_source_expressions(self, expressions: list[Any]) -> None:
        [self.row] = expressions

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, _params = compiler.compile(self.row)
        return self.sql.replace(_ROW, column.rpartition(".")[0]), self.params


class Prepared:
    """A query with named parameters, compiled when it is first used.

    `build` returns a queryset for keyword arguments. `samples` has a value for each argument that does not occur
    elsewhere in the query, by which its positions are found.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], **samples: object) -> None:
        self.build = build
        self.samples = samples

    def rows(self, **values: object) -> "RawQuerySet[Any]":
        """Return the rows of `build(**values)`, without related objects. Arguments that are left out have their
        sample values."""
        return self._sample.model._base_manager.raw(self._compiled.sql, self._params(values, self._compiled))

    def subquery(self, **values: object) -> PreparedSubquery:
        """Return `build(**values)`, with sample values as in `rows`, for the lookup `in` of another query."""
        return PreparedSubquery(self._compiled.sql, self._params(values, self._compiled))

    def condition(self, **values: object) -> PreparedCondition:
        """Return the conditions of `build(**values)`, with sample values as in `rows`, for another query of the
        objects of the same model."""
        return PreparedCondition(self._conditions.sql, self._params(values, self._conditions))

    def _params(self, values: dict[str, object], of: Compiled) -> tuple[Any, ...]:
        params = list(of.params)
        for name, value in values.items():
            for place in of.places[name]:
                params[place] = adapted(value, self._sample.db)
        return tuple(params)

    @cached_property
    def _sample(self) -> QuerySet[Any]:
        return self.build(**self.samples)

    @cached_property
    def _compiled(self) -> Compiled:
        """The whole query, compiled once."""
        return self._with_places(*compiled(self._sample))

    @cached_property
    def _conditions(self) -> Compiled:
        """The conditions of the query, compiled once. Its subqueries get aliases that no other query has."""
        sql, params = compiled_where(self._sample)
        table = f'"{self._sample.model._meta.db_table}".'
        return self._with_places(_ALIAS.sub(r"prepared_\1", sql).replace(table, f"{_ROW}."), params)

    def _with_places(self, sql: str, params: tuple[Any, ...]) -> Compiled:
        """Raise ValueError if a sample is not among the parameters."""
        places = {}
        for name, sample in self.samples.items():
            known = adapted(sample, self._sample.db)
            places[name] = tuple(place for place, value in enumerate(params) if value == known)
            if not places[name]:
                raise ValueError(f"The value of {name} is no parameter of the query.")
        return Compiled(sql, params, places)
