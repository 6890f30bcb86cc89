"""Pages of the admin's lists that do not count all rows of a large table."""

from contextlib import suppress
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.internals.django import count_up_to
from core.internals.wagtail_admin import WagtailPaginator

COUNTED = 250
"""Rows of a list that are counted at least."""
AHEAD = 5
"""Pages after the one that is asked for, up to which rows are counted where that is more."""


class BoundedPaginator(WagtailPaginator):
    """A paginator that counts only as many rows as lead on from the page that is asked for. Of a longer list,
    further pages appear on the way to its end."""

    asked = 1

    def validate_number(self, number: Any) -> int:
        with suppress(TypeError, ValueError):
            self.asked = int(number)
        return super().validate_number(number)

    @cached_property
    def count(self) -> int:
        return min(self._found, self._most)

    @property
    def has_more(self) -> bool:
        """Return whether there are more rows than are counted."""
        return self._found > self._most

    @cached_property
    def items_count_label(self) -> str:
        if not self.has_more:
            return super().items_count_label
        return _("more than %(number)s %(items)s") % {"number": self.count, "items": self.verbose_name_plural}

    @cached_property
    def _most(self) -> int:
        if not isinstance(self.object_list, QuerySet):
            # The hits of a search, which its index counts.
            return self._found
        return max(COUNTED, (self.asked + AHEAD) * self.per_page)

    @cached_property
    def _found(self) -> int:
        """The number of rows, or one more than are counted."""
        if isinstance(self.object_list, QuerySet):
            return count_up_to(self.object_list, self._most + 1)
        return super().count
