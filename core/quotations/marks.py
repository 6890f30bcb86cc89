"""Recognition of quotation marks in the languages of the site, and their pairing to quotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

DEEPEST_NESTING = 4

_DOUBLE = '"“”„‟″‶＂〝〞〟❝❞❠ˮ˝ʺ¨״⹂🙶🙷🙸'
_SINGLE = "'‘’‚‛`´ʻʼʹˊˋ′‵＇｀❛❜❟՚׳"
_ANGLE = "«»≪≫《》⟪⟫︽︾⧼⧽"
_SINGLE_ANGLE = "‹›〈〉〈〉⟨⟩❬❭❮❯❰❱⦑⦒︿﹀﹤﹥＜＞"
_CORNER = "「」｢｣﹁﹂⌜⌟⸢⸣⸤⸥"
_WHITE_CORNER = "『』﹃﹄⸂⸃⸄⸅⸉⸊⸌⸍〖〗【】"
_ORNATE = "﴾﴿"
_FAMILY = {
    mark: family
    for family, marks in (
        ("double", _DOUBLE),
        ("single", _SINGLE),
        ("angle", _ANGLE),
        ("single angle", _SINGLE_ANGLE),
        ("corner", _CORNER),
        ("white corner", _WHITE_CORNER),
        ("ornate", _ORNATE),
    )
    for mark in marks
}
_OPENING = frozenset("“„‟〝❝❠🙶🙸⹂«≪《⟪︽⧼‹〈〈⟨❬❮❰⦑︿﹤＜「｢﹁⌜⸢⸤『﹃⸂⸄⸉⸌〖【‘‚‛ʻ❛❟`｀‵")
_CLOSING = frozenset("”〞❞🙷»≫》⟫︾⧽›〉〉⟩❭❯❱⦒﹀﹥＞」｣﹂⌟⸣⸥』﹄⸃⸅⸊⸍〗】")
# A run of the same mark counts as one mark. Two single marks, "less than" signs, brackets or commas stand for a
# double mark.
_RUN = re.compile(rf"([{''.join(_FAMILY)}])\1*|<<|>>|\(\(|\)\)|,,(?=\w)")
_TYPED = {"<<": "«", ">>": "»", "((": "«", "))": "»", ",,": "„"}
_EMPHASIS = re.compile(
    r"(?<![\w*~])(\*{1,2}|_{1,2}|~{1,2})(?=[^\s*_~])([^*_~]{3,2000})(?<=\S)\1(?![\w*~])|\[([^\[\]]{3,2000})\]"
)
# Slashes and bars also occur in addresses and between alternatives such as and/or.
_BETWEEN_STROKES = re.compile(r"(?<![\w:./|=<])([/|=])\1?(?=[^\s/|=])([^/|=<>]{3,2000})(?<=\S)\1{1,2}(?![\w/|=])")
_BEFORE_OPENING = frozenset(' \t\n\u00a0\u202f([{—–-/“„«"‘‹:;,.…!?¿¡')
_STRICTLY_BEFORE_OPENING = frozenset(' \t\n\u00a0\u202f([{—–-/“„«"‘‹')
# Words that begin with an apostrophe, and decades: ’tis, ’em, ’90s.
_ELISION = re.compile(
    r"(?:tis|twas|twere|twill|em|im|er|n|til|till|cause|cos|cuz|bout|round|neath|gainst|ere|s|\d0s)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quoted:
    """Words in quotation marks, `text`. If the closing mark is missing, they reach to the end of the text that was
    read."""

    start: int
    """Index of the opening mark."""
    end: int
    """Index after the closing mark."""
    text: str
    closed: bool = True
    family: str = "double"
    depth: int = 0
    """Level of nesting; 0 if the quotation is in no other."""


@dataclass(frozen=True)
class _Mark:
    """A quotation mark in a text: start and end, the character it stands for, its family, and the characters
    before and after it ("" at the beginning and end of the text)."""

    at: int
    end: int
    glyph: str
    family: str
    before: str
    after: str

    @property
    def may_open(self) -> bool:
        """Return whether the characters around the mark allow it to be an opening mark."""
        return not self.before or (self.before in _STRICTLY_BEFORE_OPENING and not self.is_before_space)

    @property
    def is_before_space(self) -> bool:
        return not self.after or self.after.isspace()


@dataclass
class Marks:
    """All quotations in a text, in order, and the closing marks without an opening mark."""

    quoted: list[Quoted] = field(default_factory=list)
    loose: list[tuple[str, int, int]] = field(default_factory=list)
    """Tuples of family, start and end of each closing mark without an opening mark."""


def quotations(text: str) -> list[Quoted]:
    """Return the quotations in a text that are not inside another one."""
    found: list[Quoted] = []
    for quoted in read_marks(text).quoted:
        if quoted.depth == 0 and (not found or quoted.start >= found[-1].end):
            found.append(quoted)
    return found


def emphasised(text: str) -> Iterator[Quoted]:
    """Yield the words (3 to 2000 characters) between asterisks, underscores, tildes, square brackets, slashes,
    bars or equals signs, which some people type instead of quotation marks."""
    for found in (*_EMPHASIS.finditer(text), *_BETWEEN_STROKES.finditer(text)):
        # Both patterns have groups, one of which has matched.
        assert found.lastindex is not None
        words = found[2] or found[found.lastindex]
        yield Quoted(found.start(), found.end(), words.strip(), family="emphasis")


def starts_with_opening(text: str) -> bool:
    """Return whether a text starts with a quotation mark that may open a quotation, and not with an apostrophe as
    in ’tis."""
    run = _RUN.match(text)
    return run is not None and _glyph(run.group()) not in _CLOSING - {"”"} and not _is_apostrophe(text, run)


def read_marks(text: str) -> Marks:
    """Return the quotations of a text, nested ones too, and its loose closing marks, by pairing its quotation
    marks in linear time."""
    found = Marks()
    found.quoted += _pair(text, _marks(text, single=False), found)
    found.quoted += _pair_single(text, list(_marks(text, single=True)))
    found.quoted.sort(key=lambda quoted: (quoted.start, -quoted.end))
    return found


def _glyph(run: str) -> str:
    """Return the quotation mark that a run of characters stands for: « for <<, " for repeated single marks."""
    if run in _TYPED:
        return _TYPED[run]
    return '"' if len(run) > 1 and run[0] in _SINGLE else run[0]


def _marks(text: str, single: bool) -> Iterator[_Mark]:
    for run in _RUN.finditer(text):
        glyph = _glyph(run.group())
        if (_FAMILY[glyph] == "single") == single:
            before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
            yield _Mark(run.start(), run.end(), glyph, _FAMILY[glyph], before, after)


def _pair(text: str, marks: Iterator[_Mark], found: Marks) -> Iterator[Quoted]:
    """Yield the quotations made by marks other than single ones, at most DEEPEST_NESTING deep, and those never
    closed, which reach to the end of the text; add unpaired closing marks to `found.loose`."""
    open_marks: list[_Mark] = []
    for mark in marks:
        level = next((n for n in range(len(open_marks) - 1, -1, -1) if _closes(mark, open_marks[n])), None)
        if level is not None:
            yield _between(text, open_marks[level], mark, level)
            del open_marks[level:]
        elif len(open_marks) < DEEPEST_NESTING and _opens(mark):
            open_marks.append(mark)
        elif mark.glyph in _CLOSING or (mark.glyph == '"' and not mark.before.isdigit()):
            found.loose.append((mark.family, mark.at, mark.end))
    for level, mark in enumerate(open_marks):
        yield _unclosed(text, mark, level)


def _between(text: str, opening: _Mark, closing: _Mark, depth: int) -> Quoted:
    words = text[opening.end : closing.at].strip()
    return Quoted(opening.at, closing.end, words, family=opening.family, depth=depth)


def _unclosed(text: str, mark: _Mark, depth: int) -> Quoted:
    return Quoted(mark.at, len(text), text[mark.end :].strip(), False, mark.family, depth)


def _closes(mark: _Mark, opened: _Mark) -> bool:
    """Return whether a mark closes the quotation that `opened` has opened: both are of one family, and the mark is
    a closing one or cannot open a quotation of its own."""
    if mark.family != opened.family:
        return False
    if mark.glyph in _CLOSING:
        return True
    if opened.glyph in _CLOSING or opened.glyph == "„":
        return not (mark.glyph == "„" and mark.may_open)
    if mark.glyph in _OPENING:
        return mark.glyph == opened.glyph == "“" and not mark.may_open
    return not mark.may_open


def _opens(mark: _Mark) -> bool:
    """Return whether a mark that closes nothing opens a quotation. A neutral mark before a space or after a digit
    does not."""
    if mark.glyph in _OPENING:
        return True
    if mark.is_before_space:
        return False
    if mark.glyph in _CLOSING:
        return not mark.before or mark.before in _STRICTLY_BEFORE_OPENING
    # A mark after a digit means inches or seconds: 5'11".
    return not mark.before.isdigit()


def _pair_single(text: str, marks: list[_Mark]) -> Iterator[Quoted]:
    """Yield the quotations made by single marks, which may also be apostrophes. A mark that may be the apostrophe
    of a possessive closes a quotation only if no better closing mark follows. An unclosed quotation counts only if
    it is introduced."""
    opened: _Mark | None = None
    weak: _Mark | None = None
    for mark in marks:
        if opened and (strength := _closes_single(text, mark, opened)):
            if strength == "weak":
                weak = mark
                continue
            yield _between(text, opened, mark, 0)
            opened = weak = None
        elif _opens_single(text, mark):
            if opened and weak:
                yield _between(text, opened, weak, 0)
                opened = weak = None
            if opened is None or not _is_introduced(text, opened):
                opened = mark
    if opened and weak:
        yield _between(text, opened, weak, 0)
    elif opened and _is_introduced(text, opened):
        yield _unclosed(text, opened, 0)


def _opens_single(text: str, mark: _Mark) -> bool:
    if mark.is_before_space or mark.before.isalnum() or mark.glyph in "′´ˊ":
        return False
    if mark.glyph in "'’ʼ＇" and _ELISION.match(text, mark.end):
        return False
    return not mark.before or mark.before in _BEFORE_OPENING


def _closes_single(text: str, mark: _Mark, opened: _Mark) -> str:
    """Return how surely a single mark closes the quotation: "strong", "weak" if it may be the apostrophe of a
    possessive, or "" if it does not close it."""
    if not mark.before or mark.before.isspace() or mark.after.isalnum() or mark.glyph in "‚‛ʻ":
        return ""
    if mark.glyph == "‘" and opened.glyph != "‚":
        return ""
    if not mark.before.isalnum() or not mark.after.isspace():
        return "strong"
    goes_on = text[mark.end + 1 : mark.end + 2].islower()
    return "weak" if goes_on and mark.before in "snSN" else "strong"


def _is_introduced(text: str, mark: _Mark) -> bool:
    """Return whether the mark begins the text or follows a colon or comma, so that it is a quotation mark even
    without a closing mark."""
    before = text[max(0, mark.at - 3) : mark.at].rstrip(" —–-")
    return not before or before[-1] in ":,"


def _is_apostrophe(text: str, run: re.Match[str]) -> bool:
    return _FAMILY[_glyph(run.group())] == "single" and bool(_ELISION.match(text, run.end()))
