"""Queries that are compiled once in each process.

Django takes many times longer to build the query for access to a file than the database takes to answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.db.models.query import RawQuerySet

from core.internals.django import adapted, compiled


@dataclass(frozen=True)
class Compiled:
    """SQL and parameters of a query; `places` maps each named value to its positions in `params`."""

    sql: str
    params: tuple[Any, ...]
    places: dict[str, tuple[int, ...]]


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
        compiled = self._compiled
        params = list(compiled.params)
        for name, value in values.items():
            for place in compiled.places[name]:
                params[place] = adapted(value, self._sample.db)
        return self._sample.model._base_manager.raw(compiled.sql, params)

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
