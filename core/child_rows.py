"""Reading the child rows of stored objects, such as the ties of a story, in few queries. modelcluster reads those
of each relation by themselves, each time that it is asked."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import IntegerField, ManyToOneRel, Model, Value, prefetch_related_objects
from modelcluster.models import get_all_child_relations
from modelcluster.queryset import FakeQuerySet

from core.internals.django import forget_prefetched, remember_prefetched

INTEGERS = {"bigint", "integer", "smallint"}
"""Types of columns, with which rows of several tables can be read together."""


def read_children(rows: Sequence[Any], names: Collection[str] | None = None) -> None:
    """Read with these objects of one model their stored child rows, of all relations or of those with these names:
    in one query those of all tables that look alike, as those of ties do."""
    groups: dict[object, list[ManyToOneRel]] = defaultdict(list)
    for relation in get_all_child_relations(type(rows[0])) if rows else []:
        if names is None or relation.get_accessor_name() in names:
            model = relation.related_model
            groups[_width(model) or model].append(relation)
    for relations in groups.values():
        if len(relations) > 1:
            _read_together(rows, relations)
        else:
            prefetch_related_objects(rows, relations[0].get_accessor_name())


@contextmanager
def children_read(row: Any, names: Collection[str] | None = None) -> Iterator[None]:
    """Let the stored child rows of an object be known in this context, those that have been changed in memory
    excepted, unless `names` says of which relations."""
    if names is None:
        names = {each.get_accessor_name() for each in get_all_child_relations(row)} - set(names_in_memory(row))
    if len(names) > 1:
        read_children([row], names)
    try:
        yield
    finally:
        for relation in get_all_child_relations(row):
            if relation.get_accessor_name() in names:
                forget_prefetched(row, relation)


def names_in_memory(row: Any) -> list[str]:
    """Return the names of the child relations of an object that have been read or changed, and are written when it
    is saved."""
    return list(row.__dict__.get("_cluster_related_objects") or ())


@cache
def _width(model: type[Model]) -> int:
    """Return the number of columns of a model that has nothing but numbers, in the order of `sort_order`, or 0."""
    fields = model._meta.concrete_fields
    alike = all(field.db_type(connection) in INTEGERS for field in fields)
    return len(fields) if alike and list(model._meta.ordering or ()) == ["sort_order"] else 0


def _read_together(rows: Sequence[Any], relations: Sequence[ManyToOneRel]) -> None:
    by_pk = {row.pk: row for row in rows}
    queries = [
        relation.related_model._default_manager.filter(**{f"{relation.field.attname}__in": list(by_pk)})
        .order_by()
        .values_list(Value(number, IntegerField()), *_columns(relation.related_model))
        for number, relation in enumerate(relations)
    ]
    found: list[dict[Any, list[Any]]] = [{pk: [] for pk in by_pk} for _relation in relations]
    for number, *values in queries[0].union(*queries[1:], all=True):
        model, field = relations[number].related_model, relations[number].field
        child = model.from_db(connection.alias, _columns(model), values)
        owner = by_pk[getattr(child, field.attname)]
        setattr(child, field.name, owner)
        found[number][owner.pk].append(child)
    for relation, children in zip(relations, found, strict=True):
        for pk, some in children.items():
            some.sort(key=lambda child: (child.sort_order is None, child.sort_order or 0, child.pk))
            remember_prefetched(by_pk[pk], relation, FakeQuerySet(relation.related_model, some))


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]
