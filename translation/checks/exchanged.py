"""Figures that stand in each other's place: “5 of 10” translated as “10 of 5”, “from 5 to 10” as “from 10 to 5”.
Languages put the two in any order (“5 из 10”, “аз 10 нафар 5”); which is which is told by the word before each.
Where no word tells it, as in “40 women and 60 men”, nothing is found."""

import re
from itertools import pairwise

from translation.checks.figures import Placed, placed

NEAR = 40
_WORD = r"[^\W\d_][\w\u200c-]*\s+"
# Before a figure; words such as “каждых”, “a total of” and “هر” may stand between.
OF = re.compile(rf"(?<!\w)(?:of|из|среди|аз|байни|миёни|از|میان|بین)\s+(?:{_WORD}){{0,3}}$", re.IGNORECASE)
FROM = re.compile(rf"(?<!\w)(?:from|со?|от|аз|از)\s+(?:{_WORD}){{0,3}}$", re.IGNORECASE)
TO = re.compile(rf"(?<!\w)(?:to|до|то|تا|به)\s+(?:{_WORD}){{0,3}}$", re.IGNORECASE)
# Between two figures of a source that belong together: “5 women of 10”, not “5 women came, says a report of 2024”.
BETWEEN = re.compile(rf"[\s%-]*(?:{_WORD}){{0,6}}")
# “More than 5” is “зиёда аз 5” and “بیش از ۵”, which is no whole.
THAN = re.compile(
    r"(?<!\w)(?:зиёда?|беш(?:тар)?|кам(?:тар)?|بیش(?:تر)?|کم(?:تر)?|زیاده)\s+(?:аз|از)\s+$", re.IGNORECASE
)


def exchanged(source: str, target: str) -> list[str]:
    """Return the figures of a source, as they are written, whose places are exchanged in its translation. Both
    texts are to have the same figures."""
    figures = placed(target)

    def is_there(like: Placed, words: re.Pattern[str]) -> bool:
        return any(
            each.values & like.values and _follows(target, each, words) and not _follows(target, each, THAN)
            for each in figures
        )

    found = []
    for one, other in pairwise(placed(source)):
        if one.values & other.values or not BETWEEN.fullmatch(source, one.end, other.start):
            continue
        if _follows(source, other, OF) and not _follows(source, one, OF) and not _follows(source, one, FROM):
            is_wrong = is_there(one, OF) and not is_there(other, OF)
        elif _follows(source, one, FROM) and _follows(source, other, TO):
            is_wrong = is_there(one, TO) and is_there(other, FROM) and not is_there(one, FROM)
        else:
            continue
        if is_wrong:
            found += [one.written, other.written]
    return found


def _follows(text: str, figure: Placed, words: re.Pattern[str]) -> bool:
    return bool(words.search(text, max(0, figure.start - NEAR), figure.start))
