"""Queries that are compiled once in each process.

Django takes many times longer to build queries such as those for access to a file, or for what is offline, than
the database takes to answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Expression, QuerySet
from django.db.models.query import RawQuerySet

from core.internals.django import BaseDatabaseWrapper, SQLCompiler, adapted, compiled


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
        return self._sample.model._base_manager.raw(self._compiled.sql, self._params(values))

    def subquery(self, **values: object) -> PreparedSubquery:
        """Return `build(**values)`, with sample values as in `rows`, for the lookup `in` of another query."""
        return PreparedSubquery(self._compiled.sql, self._params(values))

    def _params(self, values: dict[str, object]) -> tuple[Any, ...]:
        params = list(self._compiled.params)
        for name, value in values.items():
            for place in self._compiled.places[name]:
                params[place] = adapted(value, self._sample.db)
        return tuple(params)

    @cached_property
    def _sample(self) -> QuerySet[Any]:
        return self.build(**self.samples)

    @cached_property
    def _compiled(self) -> Compiled:
        """Compile the query, once. Raise ValueError if a sample is not among its parameters."""
        sql, params = compiled(self._sample)
        places = {}
        for name, sample in self.samples.items():
            known = adapted(sample, self._sample.db)
            places[name] = tuple(place for place, value in enumerate(params) if value == known)
            if not places[name]:
                raise ValueError(f"The value of {name} is no parameter of the query.")
        return Compiled(sql, params, places)
