"""The state of each object of a campaign in each language, including the objects that it shows: a page is not
ready while a quote on it is untranslated or stale."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from translation.campaign_contents.seen_by_readers import Member
from translation.models import ReviewStatus
from translation.units.states import State, Status, states_of
from translation.units.summaries import Key


class Readiness(models.TextChoices):
    """The states of a single object, and INCOMPLETE for live objects that show unfinished others. The most urgent
    first."""

    UNREVIEWED = Status.UNREVIEWED.value, Status.UNREVIEWED.label
    STALE = Status.STALE.value, Status.STALE.label
    INCOMPLETE = "incomplete", _("live, partly in another language")
    MISSING = Status.MISSING.value, Status.MISSING.label
    IN_TRANSLATION = Status.IN_TRANSLATION.value, Status.IN_TRANSLATION.label
    IN_REVIEW = Status.IN_REVIEW.value, Status.IN_REVIEW.label
    REVIEWED = Status.REVIEWED.value, Status.REVIEWED.label
    PARKED = Status.PARKED.value, Status.PARKED.label
    LIVE = Status.LIVE.value, Status.LIVE.label


ICONS = {
    Readiness.UNREVIEWED: "warning",
    Readiness.STALE: "warning",
    Readiness.INCOMPLETE: "info-circle",
    Readiness.MISSING: "minus",
    Readiness.IN_TRANSLATION: "edit",
    Readiness.IN_REVIEW: "glasses",
    Readiness.REVIEWED: "success",
    Readiness.PARKED: "no-view",
    Readiness.LIVE: "circle-check",
}


REWORDED = {
    Status.IN_TRANSLATION: _("live, new text in translation"),
    Status.IN_REVIEW: _("live, new text in review"),
}


@dataclass(frozen=True)
class Ready:
    """The state of one object in one language. `own` is its own state; `blockers` are the objects that it shows
    and that are not live and current in the language. `words_left` counts the words of all of them, `words_shown`
    those of the blockers, which have cells of their own: sums of cells count them twice."""

    member: Member
    locale_id: int
    own: State
    status: str
    words_left: int
    blockers: tuple[Member, ...] = ()
    words_shown: int = 0

    @property
    def is_done(self) -> bool:
        """Return whether nothing is left to do: live or parked."""
        return self.status in (Readiness.LIVE, Readiness.PARKED)

    @property
    def is_reworded(self) -> bool:
        """Return whether readers see the current content while changed texts are in translation or in review."""
        return self.own.is_reworded and self.status == self.own.status

    @property
    def label(self) -> str:
        if self.is_reworded:
            return str(REWORDED[self.own.status])
        return str(Readiness(self.status).label)

    @property
    def icon(self) -> str:
        return ICONS[Readiness(self.status)]


def readiness_of(members: Sequence[Member], locale_ids: Collection[int]) -> dict[Key, Ready]:
    """Return the state of each object in each language other than its source language, by key and locale id (six
    queries, whatever the number of objects and languages). Objects that are shown count only if they are in
    `members`."""
    states = {**_translated(members, locale_ids), **dict(_per_language(members, locale_ids))}
    by_key = {member.key: member for member in members}
    shown = {member.key: tuple(_shown(member, by_key)) for member in members}
    found = {}
    for member in members:
        for locale_id in locale_ids:
            own = states.get((member.key, locale_id))
            if own and locale_id != member.source_locale:
                found[member.key, locale_id] = _ready(member, locale_id, own, shown[member.key], states)
    return found


def _ready(
    member: Member, locale_id: int, own: State, shown: tuple[Member, ...], states: dict[Key, State]
) -> Ready:
    blockers = tuple(each for each in shown if _blocks(states.get((each.key, locale_id))))
    status: str = own.status
    if blockers and (own.status == Status.LIVE or own.is_reworded):
        outdated = any(states[each.key, locale_id].live for each in blockers)
        status = Readiness.STALE if outdated else Readiness.INCOMPLETE
    shown_left = sum(_left(each, states[each.key, locale_id]) for each in blockers)
    return Ready(member, locale_id, own, status, _left(member, own) + shown_left, blockers, shown_left)


def _left(member: Member, state: State) -> int:
    """Return the number of words to translate. For an object that was never sent, which has no units yet, it is an
    estimate."""
    return member.words if state.status == Status.MISSING and not state.strings else state.words_left


def _blocks(state: State | None) -> bool:
    """Return whether an object in this state, which is not live and current, blocks those that show it. False for
    None, as in its source language."""
    return state is not None and not state.stands


def _shown(member: Member, by_key: dict[UUID, Member]) -> Iterator[Member]:
    """Yield the objects in `by_key` that an object shows, also indirectly: the speaker of a quote, and the
    portrait of the speaker."""
    seen = {member.key}
    waiting = list(member.linked)
    for key in waiting:
        if key not in seen and key in by_key:
            seen.add(key)
            waiting.extend(by_key[key].linked)
            yield by_key[key]


def _translated(members: Sequence[Member], locale_ids: Collection[int]) -> dict[Key, State]:
    rows = [member for member in members if member.is_translated]
    targets: dict[Key, bool | None] = {
        (row.key, locale): live for row in rows for locale, live in row.targets.items()
    }
    return states_of([row.key for row in rows], locale_ids, targets)


def _per_language(members: Sequence[Member], locale_ids: Collection[int]) -> Iterator[tuple[Key, State]]:
    """Yield the states of alternative texts, which are not translated as objects. They are missing or live, in
    review while a draft waits, in translation if a first draft was refused, and stale if the source text has
    changed."""
    for member in members:
        if not member.is_translated:
            for locale_id in locale_ids:
                there = bool(member.targets.get(locale_id))
                stale = locale_id in member.outdated
                draft = member.drafts.get(locale_id)
                if draft == ReviewStatus.WAITING:
                    status = Status.IN_REVIEW
                elif there:
                    status = Status.STALE if stale else Status.LIVE
                else:
                    status = Status.IN_TRANSLATION if draft else Status.MISSING
                yield (member.key, locale_id), State(status, there, stale=int(stale))


def counted(cells: Collection[Ready]) -> dict[int, dict[str, int]]:
    """Return the number of cells in each state, with zeros, by the id of the language."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(Readiness.values, 0))
    for cell in cells:
        found[cell.locale_id][cell.status] += 1
    return dict(found)
