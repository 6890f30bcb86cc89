"""Pairing of old strings with the new strings that replace them. The cost is the product of the numbers of old and
new strings; MOST_PAIRS is its upper bound."""

from collections.abc import Callable
from difflib import SequenceMatcher
from typing import TypeVar

Item = TypeVar("Item")
Text = Callable[[Item], str]
Pairs = list[tuple[Item, Item]]

ALIGNED = 0.35
"""The least similarity of two strings at the same path, in the same order."""
ELSEWHERE = 0.6
"""The least similarity of two strings at different paths."""
MOST_PAIRS = 2_500
LONGEST = 600
"""Characters that are compared."""


def similarity(one: str, other: str, least: float) -> float:
    """Return how similar the first LONGEST characters of two strings are, from 0 to 1; 0 if that is less than
    `least`."""
    matcher = SequenceMatcher(None, one[:LONGEST], other[:LONGEST], autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= least else 0.0


def aligned(old: list[Item], new: list[Item], text: Text[Item], least: float) -> Pairs[Item]:
    """Return pairs of old and new items, in the order of both lists, with the greatest sum of similarities of
    their texts (`text`); none is below `least`. With more than MOST_PAIRS combinations, pair by position, whatever
    the similarity, or not at all if the lengths differ."""
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return list(zip(old, new, strict=False)) if len(old) == len(new) else []
    alike = [[similarity(text(one), text(other), least) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in range(len(old) - 1, -1, -1):
        for column in range(len(new) - 1, -1, -1):
            both = alike[row][column] + best[row + 1][column + 1] if alike[row][column] else 0.0
            best[row][column] = max(both, best[row + 1][column], best[row][column + 1])
    pairs, row, column = [], 0, 0
    while row < len(old) and column < len(new):
        both = alike[row][column] + best[row + 1][column + 1] if alike[row][column] else 0.0
        if both and both >= best[row + 1][column] and both >= best[row][column + 1]:
            pairs.append((old[row], new[column]))
            row, column = row + 1, column + 1
        elif best[row + 1][column] >= best[row][column + 1]:
            row += 1
        else:
            column += 1
    return pairs


def nearest(
    old: list[Item], new: list[Item], text: Text[Item], least: float, kind: Callable[[Item], str]
) -> Pairs[Item]:
    """Return pairs of items of the same `kind` in any order, the most similar texts (`text`) first, none below
    `least`; each item is used at most once. Return no pairs if there are more than MOST_PAIRS combinations."""
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return []
    found = [
        (ratio, row, column)
        for row, one in enumerate(old)
        for column, other in enumerate(new)
        if kind(one) == kind(other) and (ratio := similarity(text(one), text(other), least))
    ]
    pairs, rows, columns = [], set(), set()
    for _ratio, row, column in sorted(found, key=lambda each: (-each[0], each[1], each[2])):
        if row not in rows and column not in columns:
            pairs.append((old[row], new[column]))
            rows.add(row)
            columns.add(column)
    return pairs
