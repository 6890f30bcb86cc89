"""Where a sentence ends, and a summary made of whole sentences."""

import re
from collections.abc import Iterator

SUMMARY_LENGTH = 300

_STOP = re.compile(r"[.!?…]+[\"”»’)\]]*(?=\s|$)")
_WORD_BEFORE = re.compile(r"[\w.’'-]{1,20}$")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st no vs etc e.g i.e u.s u.k u.n h.e hon amb jan feb mar apr jun jul aug sep sept oct nov dec "
    "г гг ул им т.е т.д т.п т.к др пр см стр руб тыс млн млрд с ш н в вв м к".split()
)


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + 3].lstrip(" \"“«„‘([—–-")
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
    """The first sentences that fit; where not even one does, its first words and an ellipsis."""
    summary = ""
    for sentence in sentences(text):
        longer = f"{summary} {sentence}".strip()
        if len(longer) > length:
            break
        summary = longer
    if summary:
        return summary
    words = text[:length].rsplit(" ", 1)[0][: length - 1]
    return words.rstrip(" ,;:—–-") + "…" if words else ""
