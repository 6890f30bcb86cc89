"""One portion of a large campaign: so many of its stories, newest first, and their material. The board and the
launch show a campaign in such portions, so that what they read does not grow with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from campaigns.kinds import KINDS
from campaigns.listings.reading import Listed, listed, material_anywhere, read, statement_of
from campaigns.models import Listing
from campaigns.models.listing import STORIES
from campaigns.querysets import Period
from core.languages.site_languages import LocaleCodes

MOST = 150
"""Stories in a portion, and of each kind the material that comes from no story of the campaign."""
FILLING = 24
"""The most that a block adds of a kind (`campaigns.blocks.gathered`): the newest are in every portion, as the page
of the campaign or edition shows them."""


@dataclass(frozen=True)
class Portion:
    """`keys` has translation keys by kind, as the table of lists names it, `number` counts from 1."""

    number: int
    keys: dict[str, list[UUID]]
    has_more: bool

    @property
    def is_whole(self) -> bool:
        """Return whether there is only this one."""
        return self.number == 1 and not self.has_more

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def first(self) -> int:
        """The place of the first story among all, from 1."""
        return (self.number - 1) * MOST + 1

    @property
    def last(self) -> int:
        return self.first + len(self.keys[STORIES]) - 1


def portion_number(value: str | None) -> int:
    """Return the number of a portion as an address has it; 1 for anything else."""
    return max(int(value), 1) if value and value.isdecimal() and len(value) < 6 else 1


def portion_of(campaign: UUID, period: Period | None, private: QuerySet[Any], number: int) -> Portion:
    """Return a portion of a campaign or, with a period, of an edition, as the table of lists has it in any
    language (three queries). `private` are the keys of private pages."""
    end = number * MOST

    def newest(kind: str, most: int) -> Iterable[QuerySet[Listing]]:
        return (listed(kind, [campaign], code, private, period)[:most] for code in LocaleCodes.ids())

    def loose(kind: str) -> Iterable[QuerySet[Listing]]:
        rows = (listed(kind, [campaign], code, private, period) for code in LocaleCodes.ids())
        # In a period may be what belongs to the campaign by a story of another time.
        return ((of_code if period else of_code.filter(other_day=0))[: end + 1] for of_code in rows)

    kinds = [kind.name for kind in KINDS]
    lists = [*newest(STORIES, end + 1), *(rows for kind in kinds for rows in loose(kind))]
    found = _keys(read(map(statement_of, lists)))
    has_more = any(len(keys) > end for keys in found.values())
    keys = {kind: found.get(kind, [])[end - MOST : end] for kind in (STORIES, *kinds)}
    shown = _keys(read(statement_of(rows) for kind in kinds for rows in newest(kind, FILLING)))
    for kind, others in shown.items():
        keys[kind] += others[:FILLING]
    for kind, key in material_anywhere(keys[STORIES], private).values_list("kind", "key"):
        keys[kind].append(key)
    return Portion(number, {kind: list(dict.fromkeys(of_kind)) for kind, of_kind in keys.items()}, has_more)


def _keys(rows: dict[str, list[Listed]]) -> dict[str, list[UUID]]:
    """Return the keys of rows in all languages, each once, in their order."""
    return {kind: list(dict.fromkeys(row.key for row in of_kind)) for kind, of_kind in rows.items()}
