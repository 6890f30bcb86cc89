"""The rows and cells of the board, as one user wants to see them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from wagtail.models import Locale

from translation.board.access import Access
from translation.board.links import Links
from translation.board.readiness import Readiness, Ready, readiness_of
from translation.campaign_contents.due import due_date
from translation.campaign_contents.families import Edition, Family
from translation.campaign_contents.portions import Portion
from translation.campaign_contents.seen_by_readers import Gathering, Member
from translation.models import Assignment
from translation.units.summaries import Key

ME, NOBODY = "me", "nobody"
OVERDUE, NO_DAY = "overdue", "none"
DUE_WITHIN = {"week": 7, "month": 30}
FAR = datetime.date.max
ORDER = {status: place for place, status in enumerate(Readiness.values)}


@dataclass(frozen=True)
class Wanted:
    """The filter of the board: ids of languages, states, kinds, a person, and when the work is due. Empty means
    all."""

    locales: frozenset[int] = frozenset()
    states: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    person: str = ""
    due: str = ""


@dataclass(frozen=True)
class Cell:
    """One object in one language; `url` is where the work on it is done, empty if the user may not do it. `due` is
    that of the assignment, or else of the campaign. `item` names the cell to the views that assign, send, remind
    and export, empty if the user cannot select it; `is_sent` tells whether the object exists in the language."""

    ready: Ready
    locale: Locale
    person: User | None
    due: datetime.date | None
    is_overdue: bool
    url: str
    item: str = ""
    is_sent: bool = True

    @property
    def urgency(self) -> tuple[Any, ...]:
        """Return the sort key of the cell: overdue first, then by due date, then by state, then by words left,
        most first. Finished cells are last, before them live ones whose texts are being changed."""
        if self.ready.is_done:
            return (1, False, FAR, len(ORDER), 0)
        if self.ready.is_reworded:
            return (1, False, FAR, ORDER[self.ready.status], 0)
        return (0, not self.is_overdue, self.due or FAR, ORDER[self.ready.status], -self.ready.words_left)


@dataclass(frozen=True)
class Line:
    """The row of one object. `cells` are in the order of the columns; None for the source language, and where the
    filter excludes the cell."""

    member: Member
    cells: list[Cell | None]

    @property
    def urgency(self) -> tuple[Any, ...]:
        """Return the sort key of the most urgent cell."""
        return min(cell.urgency for cell in self.cells if cell)


@dataclass
class Board:
    """The board as one user sees it. `cells` are all in the wanted languages, `lines` those that the filter
    leaves, and `people` the translators with an assignment, by id. All are of one `portion` of the campaign."""

    family: Family
    edition: Edition | None
    locales: list[Locale]
    cells: list[Ready]
    lines: list[Line]
    people: dict[int, User] = field(default_factory=dict)
    portion: Portion | None = None


def build(
    family: Family,
    edition: Edition | None,
    locales: Iterable[Locale],
    wanted: Wanted,
    user: User,
    access: Access,
    today: datetime.date,
    number: int = 1,
) -> Board:
    """Return the board of a campaign, or of one edition, of its portion with this `number`, with the languages and
    cells that `wanted` includes, the most urgent rows first; rows without such a cell are left out. `user` is
    meant by "me" in the filter, `access` decides the links, `today` what is overdue (fourteen queries, whatever
    the number of rows and languages)."""
    every = list(locales)
    columns = [locale for locale in every if locale.pk in wanted.locales]
    gathering = Gathering(family, edition, every, number)
    members = gathering.members()
    ready = readiness_of(members, [locale.pk for locale in columns])
    keys, ids = [member.key for member in members], [locale.pk for locale in columns]
    assigned = _assignments(keys, ids)
    links = Links(access)
    day = due_date(family, today)
    people = {each.person.pk: each.person for each in assigned.values() if each.person}

    def cell(member: Member, locale: Locale) -> Cell | None:
        found = ready.get((member.key, locale.pk))
        if found is None:
            return None
        task = assigned.get((member.key, locale.pk))
        due = None if found.is_reworded else task.due if task and task.due else day
        late = bool(due and due < today and not found.is_done)
        can_select = access.coordinates and member.is_translated and not found.is_done
        item = f"{member.key}:{locale.pk}" if can_select else ""
        person, is_sent = task.person if task else None, locale.pk in member.pks
        return Cell(found, locale, person, due, late, links.to(found, locale), item, is_sent)

    lines = []
    for member in members:
        cells = [cell(member, locale) for locale in columns]
        chosen = [each if each and _is_wanted(each, wanted, user, today) else None for each in cells]
        if any(chosen):
            lines.append(Line(member, chosen))
    lines.sort(key=lambda line: line.urgency)
    return Board(family, edition, columns, list(ready.values()), lines, people, gathering.portion)


def _is_wanted(cell: Cell, wanted: Wanted, user: User, today: datetime.date) -> bool:
    """Return whether the filter includes a cell by its state, kind, person and due date; empty parts of the filter
    include all."""
    if wanted.states and cell.ready.status not in wanted.states:
        return False
    if wanted.kinds and cell.ready.member.kind not in wanted.kinds:
        return False
    if wanted.due and not _is_due(cell, wanted.due, today):
        return False
    person = cell.person.pk if cell.person else None
    asked = {"": person, ME: user.pk, NOBODY: None}
    return person == asked[wanted.person] if wanted.person in asked else str(person) == wanted.person


def _is_due(cell: Cell, when: str, today: datetime.date) -> bool:
    """Return whether an unfinished cell is overdue, due within the days of DUE_WITHIN, or without a due date."""
    if cell.ready.is_done:
        return False
    if when == OVERDUE:
        return cell.is_overdue
    if cell.due is None or when == NO_DAY:
        return cell.due is None and when == NO_DAY
    return today <= cell.due <= today + datetime.timedelta(days=DUE_WITHIN[when])


def _assignments(keys: list[Any], locale_ids: list[int]) -> dict[Key, Assignment]:
    rows = Assignment.objects.filter(object_key__in=keys, locale_id__in=locale_ids).select_related("person")
    return {(row.object_key, row.locale_id): row for row in rows}
