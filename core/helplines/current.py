"""The helplines that pages show, read once for each request that shows any."""

from collections.abc import Iterable
from functools import cached_property

from django.http import HttpRequest

from core.helplines.cards import HelplineCard, card
from core.helplines.models import Helpline
from core.languages.site_languages import active_code
from core.prepared import Prepared
from core.stamps.kept import can_keep, kept

_helplines = Prepared(lambda: Helpline.objects.order_by("-is_primary", "pk"))


class Helplines:
    """All helplines as cards in the active language. `rows` are used in place of the stored helplines if given."""

    def __init__(self, rows: Iterable[Helpline] | None = None) -> None:
        self._given = rows
        self._cards: dict[int, HelplineCard] = {}

    @classmethod
    def of(cls, request: HttpRequest | None) -> "Helplines":
        """Return the helplines of a request, which are read once and kept with the request; a new instance if
        there is no request."""
        if request is None:
            return cls()
        if hasattr(request, "helplines"):
            return request.helplines
        found = cls()
        request.helplines = found  # type: ignore[attr-defined]  # kept for later calls with this request
        return found

    @cached_property
    def _rows(self) -> dict[int, Helpline]:
        rows = kept("helplines", lambda: list(_helplines.rows())) if self._given is None else self._given
        return {row.pk: row for row in rows}

    @cached_property
    def primary(self) -> HelplineCard | None:
        """The card of the site's helpline, or of the one that replaces it; if none is marked as the site's, of the
        oldest. None if there are no helplines."""
        return self._card(next(iter(self._rows.values()), None))

    def get(self, pk: int | None) -> HelplineCard | None:
        """Return the card of the helpline with this primary key, or of the one that replaces it. Return that of
        the site's helpline if `pk` is None or unknown; None if there are no helplines."""
        return self._card(self._rows.get(pk) if pk else None) or self.primary

    def _made(self, row: Helpline) -> HelplineCard:
        if self._given is not None or not can_keep():
            return card(row)
        return kept(("helpline", row.pk, active_code()), lambda: card(Helplines()._rows[row.pk]))

    def _card(self, row: Helpline | None) -> HelplineCard | None:
        """Return the card of the helpline at the end of the chain of replacements, which may be circular; None for
        None."""
        followed: set[int] = set()
        while row and row.replaced_by_id in self._rows and row.pk not in followed:
            followed.add(row.pk)
            row = self._rows[row.replaced_by_id]
        if row is None:
            return None
        if row.pk not in self._cards:
            self._cards[row.pk] = self._made(row)
        return self._cards[row.pk]
