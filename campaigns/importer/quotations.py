"""Passages in quotation marks: where they stand, nested ones inside the outer one."""

from dataclasses import dataclass

DEEPEST_NESTING = 4

_CLOSERS = {"“": '”“"', "„": '“”"', "«": "»", "”": "”", '"': '"”'}
_BEFORE_OPENING = ' (\n[—–-/“„«"'


@dataclass(frozen=True)
class Passage:
    start: int
    """Of the opening mark."""
    end: int
    """After the closing mark."""
    text: str
    closed: bool = True


def _can_open(text: str, at: int) -> bool:
    following = text[at + 1 : at + 2]
    return (at == 0 or text[at - 1] in _BEFORE_OPENING) and bool(following) and not following.isspace()


def _closes(text: str, at: int, opened: str) -> bool:
    mark = text[at]
    if mark not in _CLOSERS[opened]:
        return False
    if (mark == "“" and opened == "“") or mark == '"':
        return not _can_open(text, at)
    return True


def passages(text: str) -> list[Passage]:
    found: list[Passage] = []
    open_marks: list[tuple[str, int]] = []
    for at, mark in enumerate(text):
        if mark not in _CLOSERS and mark != "»":
            continue
        level = next((n for n in range(len(open_marks) - 1, -1, -1) if _closes(text, at, open_marks[n][0])), None)
        if level is not None:
            start = open_marks[level][1]
            del open_marks[level:]
            if not open_marks:
                found.append(Passage(start, at + 1, text[start + 1 : at].strip()))
        elif len(open_marks) < DEEPEST_NESTING and mark in _CLOSERS and (mark in "„«“" or _can_open(text, at)):
            open_marks.append((mark, at))
    if open_marks:
        start = open_marks[0][1]
        found.append(Passage(start, len(text), text[start + 1 :].strip(), closed=False))
    return found


def starts_with_opening(text: str) -> bool:
    return text[:1] in _CLOSERS
