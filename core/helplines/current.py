"""The helplines that pages show now: one query for each request that shows any."""

from collections.abc import Iterable
from functools import cached_property

from django.http import HttpRequest

from core.helplines.cards import HelplineCard, card
from core.models import Helpline


class Helplines:
    """In the language that was active when it was made."""

    def __init__(self, rows: Iterable[Helpline] | None = None) -> None:
        self._given = rows
        self._cards: dict[int, HelplineCard] = {}

    @classmethod
    def of(cls, request: HttpRequest | None) -> "Helplines":
        """Return those of the request, read once."""
        if request is None:
            return cls()
        if not hasattr(request, "helplines"):
            request.helplines = cls()
        return request.helplines

    @cached_property
    def _rows(self) -> dict[int, Helpline]:
        rows = Helpline.objects.order_by("-is_primary", "pk") if self._given is None else self._given
        return {row.pk: row for row in rows}

    @cached_property
    def primary(self) -> HelplineCard | None:
        """The site's own; the oldest where none is marked."""
        return self._card(next(iter(self._rows.values()), None))

    def get(self, pk: int | None) -> HelplineCard | None:
        """Return the helpline that stands for this one now, or the site's own."""
        return self._card(self._rows.get(pk)) or self.primary

    def _card(self, row: Helpline | None) -> HelplineCard | None:
        followed: set[int] = set()
        while row and row.replaced_by_id in self._rows and row.pk not in followed:
            followed.add(row.pk)
            row = self._rows[row.replaced_by_id]
        if row is None:
            return None
        if row.pk not in self._cards:
            self._cards[row.pk] = card(row)
        return self._cards[row.pk]
