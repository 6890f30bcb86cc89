"""Whether content of a revision refers to rows that do not exist any more, asked in one query. modelcluster asks
for each reference by itself."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, IntegerField, Model, Value
from modelcluster.models import get_all_child_relations

Wanted = dict[tuple[type[Model], str], set[Any]]
"""Values of fields, by model and name of the field."""


def has_dangling(model: type[Model], content: dict[str, Any]) -> bool:
    """Return whether a foreign key in the content of an object of `model`, or of one of its child rows, is that of
    no row."""
    wanted: Wanted = defaultdict(set)
    for field, value in _foreign_keys(model, content):
        wanted[field.related_model, field.target_field.name].add(field.target_field.to_python(value))
    return existing(wanted) != wanted


def existing(wanted: Wanted) -> Wanted:
    """Return those of the numbers that rows have in these fields."""
    found: Wanted = {key: set() for key in wanted}
    queries = [
        model._default_manager.filter(**{f"{name}__in": values})
        .order_by()
        .values_list(Value(number, IntegerField()), name)
        for number, ((model, name), values) in enumerate(wanted.items())
    ]
    if queries:
        keys = list(wanted)
        for number, value in queries[0].union(*queries[1:], all=True):
            found[keys[number]].add(value)
    return found


def _foreign_keys(model: type[Model], content: dict[str, Any]) -> Iterator[tuple[ForeignKey[Any, Any], Any]]:
    """Yield the foreign keys that are set, each with its value."""
    for name, value in content.items():
        field = _foreign_key(model, name)
        if field and value is not None:
            yield field, value
    for relation in get_all_child_relations(model):
        for row in content.get(relation.get_accessor_name()) or []:
            yield from _foreign_keys(relation.related_model, row)


def _foreign_key(model: type[Model], name: str) -> ForeignKey[Any, Any] | None:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, ForeignKey) else None
