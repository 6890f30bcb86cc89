"""Comparison of the numbers in two texts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from translation.checks.figures import DIGITS, SLASHED, SMALL, Figure, Figures, figures_of, number, times_said
from translation.checks.number_words import UNSURE, numbers_in_words

NEGATIVE = re.compile(r"(?<![^\s(])(?<!\d\s)[-−–]\d+(?:[.,٫]\d+)*")
# “minus”, “below zero”, and a sign behind the figure, which is how right-to-left text may have it.
OTHERWISE_NEGATIVE = re.compile(
    r"minus|below|минус|ниже|мороз|манф|паст|منفی|زیر|صفر|\d[-−–](?!\w)", re.IGNORECASE
)


@dataclass(frozen=True)
class Difference:
    """What the target lacks and what the source lacks, as it is written. `in_both` tells whether both texts have
    something of the kind."""

    missing: list[str]
    added: list[str]
    in_both: bool = False


@dataclass(frozen=True)
class Compared:
    """How the numbers of two texts differ, by kind."""

    digits: Difference
    months: Difference
    telephones: Difference
    doubtful: Difference
    """Numbers in words and minus signs; languages say them in many ways."""
    doubtful_months: Difference


NOTHING = Difference([], [])


def missing_and_added(source: str, target: str) -> tuple[list[str], list[str]]:
    """Return the figures of the source that the target lacks, and those of the target that the source lacks, as
    they are written there. Two are the same if they may mean the same value in some notation."""
    digits = compared(source, target).digits
    return digits.missing, digits.added


def compared(source: str, target: str) -> Compared:
    """Return how the numbers of a source text and of its translation differ."""
    one, other = figures_of(source), figures_of(target)
    said = times_said(source), times_said(target)
    if any(said) or SLASHED.search(source.translate(DIGITS)) or SLASHED.search(target.translate(DIGITS)):
        expected = _values(other) | said[1], _values(one) | said[0]
        one, other = figures_of(source, expected[0]), figures_of(target, expected[1])
    missing, added = _unmatched_in_calendars(one.digits, one.hijri, other.digits, other.hijri)
    missing, target_words = _unmatched(missing, other.words)
    source_words, added = _unmatched(one.words, added)
    lost, other_months = _unmatched_in_calendars(one.months, one.hijri_months, other.months, other.hijri_months)
    is_dated = bool((one.months or one.hijri_months) and (other.months or other.hijri_months))
    months = Difference(_written(lost), _written(other_months), is_dated)
    both = bool((one.digits or one.hijri) and (other.digits or other.hijri))
    digits = Difference(_written(missing), _written(added), both)
    telephones = _difference(one.telephones, other.telephones)
    doubtful_months = None
    words = _unmatched(source_words, target_words)
    doubtful = _of_both(*(list(filter(_is_surely_number, each)) for each in words))
    if not missing and not added:
        doubtful = doubtful or _signs(source, target)
    if not months.missing and not other.hijri_months:
        doubtful_months = _of_both(*_unmatched(one.months + one.other_months, other.months + other.other_months))
    return Compared(digits, months, telephones, doubtful or NOTHING, doubtful_months or NOTHING)


def _difference(one: list[Figure], other: list[Figure]) -> Difference:
    missing, added = _unmatched(one, other)
    return Difference(_written(missing), _written(added), bool(one and other))


def _of_both(one: list[Figure], other: list[Figure]) -> Difference | None:
    """Return what differs if both texts have something left: one alone may be said in another way."""
    return Difference(_written(one), _written(other)) if one and other else None


def _is_surely_number(figure: Figure) -> bool:
    """Return whether a number is a Roman numeral, or written as words that hardly mean something else, as “one”
    does."""
    words = numbers_in_words(figure.written)
    if not words:
        return not SMALL.search(figure.written)
    return words[0].number not in (0, 1) and figure.written.lower() not in UNSURE


def _signs(source: str, target: str) -> Difference:
    """Return the figures that have a minus sign in one text only, unless one says it in words."""
    if OTHERWISE_NEGATIVE.search(source) or OTHERWISE_NEGATIVE.search(target):
        return NOTHING
    return _difference(_negative(source), _negative(target))


def _negative(text: str) -> list[Figure]:
    found = NEGATIVE.finditer(text.translate(DIGITS))
    return [Figure(text[each.start() : each.end()], number(each[0][1:]).values) for each in found]


def _unmatched(one: Iterable[Figure], other: Iterable[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Return those figures of each list that have no equal in the other one."""
    waiting = list(other)
    missing = []
    for figure in one:
        same = next((each for each in waiting if each.values & figure.values), None)
        if same:
            waiting.remove(same)
        else:
            missing.append(figure)
    return missing, waiting


def _unmatched_in_calendars(
    one: list[Figure], one_dates: list[Figure], other: list[Figure], other_dates: list[Figure]
) -> tuple[list[Figure], list[Figure]]:
    """Return what `_unmatched` does, for figures and what Solar Hijri dates stand for. The same date may stand in
    both calendars in one text."""
    missing, added = _unmatched(one, other)
    missing, other_dates = _unmatched(missing, other_dates)
    one_dates, added = _unmatched(one_dates, added)
    one_dates, other_dates = _unmatched(one_dates, other_dates)
    missing += [part for part in one_dates if not any(part.values & each.values for each in other)]
    return missing, added + [part for part in other_dates if not any(part.values & each.values for each in one)]


def _written(figures: Iterable[Figure]) -> list[str]:
    return [figure.written for figure in figures]


def _values(figures: Figures) -> set[str]:
    return {value for each in figures.digits + figures.words for value in each.values}
