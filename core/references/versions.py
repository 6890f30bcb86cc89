"""Whether all that a stored version refers to still exists. modelcluster asks one query for each reference of an
object and of its child rows, each of which refers to its parent, too."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, ForeignKey, Model, Value
from modelcluster.models import get_all_child_relations

Target = tuple[type[Model], str]
"""A model, and its field that references hold."""


def all_exist(model: type[Model], content: dict[str, Any]) -> bool:
    """Return whether every object that the content of a version refers to exists, by one query."""
    wanted: dict[Target, set[Any]] = defaultdict(set)
    for target, value in _references(model, content):
        wanted[target].add(value)
    counts = [
        target._default_manager.filter(**{f"{name}__in": values})
        .order_by()
        .values(which=Value(which))
        .annotate(found=Count("pk"))
        .values_list("which", "found")
        for which, ((target, name), values) in enumerate(wanted.items())
    ]
    if not counts:
        return True
    first, *others = counts
    return dict(first.union(*others, all=True)) == {n: len(values) for n, values in enumerate(wanted.values())}


def _references(model: type[Model], content: dict[str, Any]) -> Iterator[tuple[Target, Any]]:
    """Yield the references of an object and of its child rows."""
    for name, value in content.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(field, ForeignKey) and value is not None:
            target, key = field.remote_field.model, field.remote_field.get_related_field()
            yield (target, key.name), key.to_python(value)
    for relation in get_all_child_relations(model):
        for child in content.get(relation.get_accessor_name(), ()):
            yield from _references(relation.related_model, child)
