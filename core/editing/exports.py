"""Exports of lists of snippets, which keep some rows in memory at a time."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import ForeignKey, QuerySet

from core.internals.wagtail_admin import WagtailSnippetIndexView

AT_ONCE = 500
"""Rows that are read together, with what they refer to."""


class Portions:
    """The rows of a query set as Wagtail's export of `fields` reads them: counted, then one after the other."""

    def __init__(self, rows: QuerySet[Any], fields: Iterable[str]) -> None:
        self.model = rows.model
        names = {field.name for field in rows.model._meta.fields if isinstance(field, ForeignKey)}
        self._rows = rows.prefetch_related(*names.intersection(fields))

    def __len__(self) -> int:
        return self._rows.count()

    def __iter__(self) -> Iterator[Any]:
        return self._rows.iterator(chunk_size=AT_ONCE)


class SnippetList(WagtailSnippetIndexView):
    """Wagtail's list of snippets, which reads an export in portions, unless it is of the results of a search."""

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return Portions(rows, self.list_export) if self.is_export and isinstance(rows, QuerySet) else rows
