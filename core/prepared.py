"""Queries that are compiled once in each process.

Django takes many times longer to build queries such as those for access to a file, or for what is offline, than
the database takes to answer.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Expression, F, Field, QuerySet
from django.db.models.query import RawQuerySet

from core.internals.django import BaseDatabaseWrapper, SQLCompiler, adapted, compiled, compiled_part

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
                params[place] = adapted(value, self._sample.db)
        return tuple(params)

    @cached_property
    def _sample(self) -> QuerySet[Any]:
        return self.build(**self.samples)

    @cached_property
    def _compiled(self) -> Compiled:
        """The whole query. Raise ValueError if a sample is not among its parameters."""
        found = self._with_places(*compiled(self._sample))
        if missing := [name for name, places in found.places.items() if not places]:
            raise ValueError(f"The value of {', '.join(missing)} is no parameter of the query.")
        return found

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
        return self._with_places(_ALIAS.sub(r"prepared_\1", sql).replace(table, f"{_ROW}."), params)

    def _with_places(self, sql: str, params: tuple[Any, ...]) -> Compiled:
        known = {name: adapted(sample, self._sample.db) for name, sample in self.samples.items()}
        places = {
            name: tuple(place for place, value in enumerate(params) if value == sample)
            for name, sample in known.items()
        }
        return Compiled(sql, params, places)
