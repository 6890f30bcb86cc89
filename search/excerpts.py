"""Excerpts of texts in which the words that were searched for are marked."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from core.languages.stems import folded, stem
from search.words import Found, found_in, parts

LENGTH = 240
BEFORE = 70
"""Characters of an excerpt, and how many of them come before the first marked word."""
LONGEST_TEXT = 50_000
MOST_HITS = 50


@dataclass(frozen=True)
class Piece:
    """A part of a text, marked if it is a word that was searched for."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Asked:
    """The words that were searched for, as stems in the language `code`. With `begin`, a word whose stem begins
    with it counts as well."""

    stems: Collection[str]
    code: str
    begin: str = ""

    def meets(self, word: str) -> bool:
        """Return whether a word of a text is one that was searched for, as a whole or by one of its parts."""
        forms = forms_of(word, self.code)
        return not forms.isdisjoint(self.stems) or bool(
            self.begin and any(form.startswith(self.begin) for form in forms)
        )


@lru_cache(maxsize=50_000)
def forms_of(word: str, code: str) -> frozenset[str]:
    """Return the stems of a word and of its parts in the language `code`."""
    return frozenset(stem(folded(each), code) for each in {word, *parts(word)})


def marked(text: str, asked: Asked) -> list[Piece]:
    """Return the whole text in pieces; the words that were searched for are marked."""
    return _pieces(text, [found for found in found_in(text) if asked.meets(found.text)], 0, len(text))


def excerpt(text: str, asked: Asked) -> list[Piece]:
    """Return, in pieces, about LENGTH characters of the text where most different words that were searched for
    occur, with ellipses where it is cut. The list is empty if the first LONGEST_TEXT characters have none of them;
    only the first MOST_HITS hits are compared."""
    text = text[:LONGEST_TEXT]
    hits = list(islice((found for found in found_in(text) if asked.meets(found.text)), MOST_HITS))
    if not hits:
        return []
    best = max(hits, key=lambda hit: (len(_near(hits, hit, asked)), -hit.start))
    start = _at_a_word(text, max(best.start - BEFORE, 0))
    end = _at_a_word(text, min(start + LENGTH, len(text)))
    pieces = _pieces(text, [hit for hit in hits if start <= hit.start and hit.end <= end], start, end)
    return [
        *([Piece("… ")] if start else []),
        *(Piece(" ".join(_spaced(piece.text)), piece.is_marked) for piece in pieces),
        *([Piece(" …")] if end < len(text) else []),
    ]


def _near(hits: list[Found], first: Found, asked: Asked) -> set[str]:
    """Return the different stems of the hits that fit into an excerpt whose first marked word is `first`."""
    return {
        stem(folded(hit.text), asked.code)
        for hit in hits
        if first.start <= hit.start and hit.end <= first.start + LENGTH - BEFORE
    }


def _at_a_word(text: str, place: int) -> int:
    """Return the position of the next space within 30 characters after `place`, or else `place` itself, also at
    the ends of the text."""
    if 0 < place < len(text):
        space = text.find(" ", place, place + 30)
        return space if space > 0 else place
    return place


def _spaced(text: str) -> list[str]:
    """Return the parts of a text between white space. Empty strings at the ends keep the spaces next to marked
    words when the parts are joined."""
    parts = text.split()
    if not parts:
        return ["", ""] if text else []
    return [*([""] if text[0].isspace() else []), *parts, *([""] if text[-1].isspace() else [])]


def _pieces(text: str, hits: list[Found], start: int, end: int) -> list[Piece]:
    """Return text[start:end] in pieces, the hits marked and none of them empty."""
    pieces, place = [], start
    for hit in hits:
        pieces += [Piece(text[place : hit.start]), Piece(text[hit.start : hit.end], True)]
        place = hit.end
    return [piece for piece in [*pieces, Piece(text[place:end])] if piece.text]
