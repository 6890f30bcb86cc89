"""The objects that refer to another one, as the usage views list them: read together, a page of the list at a
time. Wagtail reads all references for each page of the list, and each object by itself."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import Page, ReferenceIndex

from core.internals.wagtail_models import ReferenceGroups, with_workflow_states

Group = tuple[Model, list[ReferenceIndex]]


def every_group(self: ReferenceGroups) -> Iterator[Group]:
    """Yield the objects, each with its references."""
    return _groups(self.qs)


def some_groups(self: ReferenceGroups, key: int | slice) -> Group | list[Group]:
    """Return one group or several, as of a list."""
    if not isinstance(key, slice) or not isinstance(self.qs, QuerySet):
        return list(self)[key]
    wanted = Q(pk__in=[])
    sources = self.qs.values_list("base_content_type", "object_id").distinct()[key]
    for content_type, rows in groupby(sources, lambda row: row[0]):
        wanted |= Q(base_content_type=content_type, object_id__in=[pk for _content_type, pk in rows])
    return list(_groups(self.qs.filter(wanted)))


def _groups(references: Iterable[ReferenceIndex]) -> Iterator[Group]:
    """Yield the objects of references that are sorted by their object, without those that are gone."""
    by_source = groupby(references, lambda each: (each.base_content_type_id, each.object_id))
    found = {source: list(of_source) for source, of_source in by_source}
    objects = {
        content_type: _objects(content_type, [pk for _content_type, pk in sources])
        for content_type, sources in groupby(found, lambda source: source[0])
    }
    for (content_type, pk), of_source in found.items():
        if pk in objects[content_type]:
            yield objects[content_type][pk], of_source


def _objects(content_type: int, pks: list[str]) -> dict[str, Model]:
    """Return objects of one model by their primary keys, those that exist."""
    model = ContentType.objects.get_for_id(content_type).model_class()
    assert model is not None
    # Whether a user may edit a page is asked of its workflow, too.
    rows = with_workflow_states(Page.objects.all()) if issubclass(model, Page) else model._base_manager.all()
    return by_keys(rows, pks)


def by_keys(rows: QuerySet[Any], pks: Iterable[Any]) -> dict[str, Any]:
    """Return the rows with these primary keys, as the reference index writes them."""
    return {str(pk): row for pk, row in rows.in_bulk({rows.model._meta.pk.to_python(pk) for pk in pks}).items()}


def install() -> None:
    """Replace how Wagtail reads the objects of a reference index."""
    ReferenceGroups.__iter__ = every_group
    ReferenceGroups.__getitem__ = some_groups
