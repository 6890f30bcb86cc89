"""Functions that split a text into sentences and make a summary of them."""

import re
from collections.abc import Iterator

from campaigns.importer.vocabulary import word_set

SUMMARY_LENGTH = 300

_STOP = re.compile(r"[.!?…؟۔]{1,6}[\"”»’)\]]{0,4}(?=\s|$)")
_WORD_BEFORE = re.compile(r"[\w.’'-]{1,20}$")
_ABBREVIATIONS = word_set(
    """
    mr mrs ms dr prof st no vs etc e.g i.e u.s u.k u.n h.e hon amb jan feb mar apr jun jul aug sep sept
    oct nov dec г гг ул им т.е т.д т.п т.к др пр см стр руб тыс млн млрд с ш н в вв м к
    """
)


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + 3].lstrip(' "“«„‘([—–-')
    if following and following[0].islower():
        return False
    if stop.group()[0] != "." or len(stop.group()) > 1:
        return True
    word = _WORD_BEFORE.search(text, max(0, stop.start() - 20), stop.start())
    if word is None:
        return True
    last = word.group()
    is_initial = len(last) == 1 and last.isupper()
    return not following or not (is_initial or last.lower() in _ABBREVIATIONS)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, without spaces around them. A stop after an abbreviation or initial, or
    before a lower-case letter, ends none."""
    start = 0
    for stop in _STOP.finditer(text):
        if _ends_sentence(text, stop):
            yield text[start : stop.end()].strip()
            start = stop.end()
    if text[start:].strip():
        yield text[start:].strip()


def first_sentence(text: str) -> str:
    return next(sentences(text), "")


def summarise(text: str, length: int = SUMMARY_LENGTH) -> str:
    """Return as many first sentences as fit into `length` characters; if not even one does, its first clauses or
    words and an ellipsis."""
    summary = ""
    for sentence in sentences(text):
        longer = f"{summary} {sentence}".strip()
        if len(longer) > length:
            break
        summary = longer
    return summary or f"{_first_words(text, length - 1)}…"


def _first_words(text: str, length: int) -> str:
    start = text[:length]
    clause = max(start.rfind(mark) for mark in (", ", "; ", ": ", " – ", " — "))
    word = start.rfind(" ")
    end = clause if clause > length // 2 else word if word > 0 else length
    return start[:end].rstrip(" ,;:—–-")
