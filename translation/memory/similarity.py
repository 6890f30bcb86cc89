"""Words of source strings, and how similar two of them are."""

import html
import re
import unicodedata

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
WORD = re.compile(r"[^\W\d_]\w*")
LONGEST_WORD = 60
SHUFFLED = 0.95
"""What the same words in another order count, compared with the same order."""


def plain(string: str) -> str:
    """Return a string of wagtail-localize without tags, entities and repeated spaces."""
    return " ".join(html.unescape(TAG.sub("", string)).split())


def words_of(string: str) -> set[str]:
    """Return the different words of a string, without numbers, which differ where sentences are alike."""
    return {word[:LONGEST_WORD] for word in WORD.findall(unicodedata.normalize("NFC", plain(string)).casefold())}


class Likeness:
    """The similarity of one text with others, from 0 to 1: the share of characters that both have in the same
    order (of the longest common subsequence, as in `rapidfuzz.fuzz.ratio`), or of the words in alphabetical
    order."""

    def __init__(self, text: str):
        self._as_written = _Sequence(text)
        self._sorted = _Sequence(_sorted(text))

    def to(self, other: str, least: float) -> float:
        """Return the similarity, or 0 if it is less than `least`."""
        if self._as_written.bound(len(other)) < least:
            return 0.0
        found = self._as_written.ratio(other)
        if found < 1 and self._sorted.bound(len(other)) * SHUFFLED >= least:
            found = max(found, SHUFFLED * self._sorted.ratio(_sorted(other)))
        return found if found >= least else 0.0


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))


class _Sequence:
    """A text with a bit mask of the places of each character. Integers hold a whole row of the table of the
    longest common subsequence (Hyyrö 2004), so that one step handles all characters of the text."""

    def __init__(self, text: str):
        self.length = len(text)
        self.all = (1 << self.length) - 1
        self.masks: dict[str, int] = {}
        for place, character in enumerate(text):
            self.masks[character] = self.masks.get(character, 0) | (1 << place)

    def bound(self, length: int) -> float:
        """Return the greatest similarity that a text of this length can have."""
        both = self.length + length
        return 2 * min(self.length, length) / both if both else 1.0

    def ratio(self, other: str) -> float:
        both = self.length + len(other)
        if not both:
            return 1.0
        row, masks, everything = self.all, self.masks, self.all
        for character in other:
            if matches := row & masks.get(character, 0):
                row = ((row + matches) | (row - matches)) & everything
        common = self.length - row.bit_count()
        return 2 * common / both
