"""Isolation of numbers and addresses in right-to-left text.

The Unicode bidirectional algorithm reverses "44-600-12-34" and "8:00-20:00" after an Arabic letter. A run that is
isolated from the text around it stays as typed: https://www.w3.org/International/articles/inline-bidi-markup/
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from unicodedata import bidirectional

from django.utils.html import escape

from core.languages.site_languages import current_language

FIRST_ISOLATE, POP_ISOLATE = "\u2066", "\u2069"
"""LEFT-TO-RIGHT ISOLATE and POP DIRECTIONAL ISOLATE, for text that cannot contain elements."""
FIRST_STRONG_ISOLATE = "\u2068"

# Right-to-left letters and marks, with the joiners between them, but without digits and the signs of Persian
# numbers (٪٫٬).
_RTL = "\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\u200b-\u200d\u200f\ufb1d-\ufdff\ufe70-\ufeff"
_WORD = rf"[^\W{_RTL}]"
_INSIDE = rf"[^\s{_RTL}«»“”„\"<>]"
_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_HYPHEN = "[-\u2010-\u2015\u2212]"
_PART = rf"(?:{_SPACE}|{_HYPHEN})"
_PART_ABROAD = rf"(?:{_SPACE}|{_HYPHEN}|[.](?=\d))"
_TIME_OR_DATE = r"\d+(?:[:./]\d+)+"
_ABROAD = r"(?:\+ ?|[0۰٠]{2}(?=[1-9۱-۹١-٩]))\d{1,4}"
_OTHER_ENDS = r"(?:/\d{1,4}(?!\d))*"
"""600-12-34/35: two numbers that differ in their last digits."""
_INTERNATIONAL = (
    rf"(?:{_ABROAD}|\(\+\d{{1,4}}(?:{_PART}\d+)*\)(?={_PART}?\d))(?:{_PART_ABROAD}?\(?\d+\)?)+{_OTHER_ENDS}"
)
"""+992 (44) 600 12 34, 00992 44 600 12 34, (+992 44) 600-12-34"""
_THOUSANDS = rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,٫]\d+)?"
_HOUR = rf"\d{{1,2}}(?::\d\d)?{_SPACE}?[aApP]\.?[mM]\.?"
# Several groups of digits that are one number; any other space separates two numbers.
_GROUPED = "|".join(
    [
        # 8 (800) 555-35-35 · 00 992 (44) 600 12 34 · (8 800) 555-35-35
        rf"(?:\(?\d{{1,4}}\)?{_PART}?){{0,2}}\(\d{{1,5}}(?:{_PART}\d{{1,4}})*\)(?=(?:{_PART}?\d){{5}})"
        rf"{_PART}?\d+(?:{_PART}\d+)*",
        # 1 200 000,5 · 1 000-2 000
        rf"{_THOUSANDS}(?:{_SPACE}?{_HYPHEN}{_SPACE}?{_THOUSANDS})?(?!\d|{_PART}\d)",
        # (44) 600-12
        rf"\(\d{{1,5}}\){_PART}?\d+(?:{_PART}\d+)*",
        # 44 600 12 34 · 8 800 555-35-35 · 600-12-34/35 · 600 1234, but not two years or a count beside a year
        rf"\d{{1,5}}(?:{_PART}\d{{2,3}})+{_PART}\d{{2,4}}(?!\d){_OTHER_ENDS}",
        rf"(?:\d{{3}}|\d{{5}}){_SPACE}(?![1۱][9۹]|[2۲][0۰])\d{{4}}(?!\d)",
        rf"\d{{2,4}}{_SPACE}\d{{6,9}}(?!\d)",
        # 9 - 17 · 9 – 17:30 · 8 a.m. - 8 p.m.
        rf"\d{{1,2}}(?::\d\d)?{_SPACE}{_HYPHEN}{_SPACE}\d{{1,2}}(?::\d\d)?(?![\d:])",
        rf"{_HOUR}{_SPACE}?{_HYPHEN}{_SPACE}?{_HOUR}",
        # 8:00 – 20:00 · 16.08.2024 - 20.08.2024
        rf"{_TIME_OR_DATE}{_SPACE}{_HYPHEN}{_SPACE}{_TIME_OR_DATE}",
    ]
)
_SIGNS = r"[-+−±#*@~$€£№/]"
# Path and host may contain right-to-left letters.
_URL = r"(?:https?://|www\.|(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,63}/)[^\s<>«»“”„\"،؛؟]*(?:\w|[/)+#=&%])"
_TOKEN = rf"(?:\((?=[^\s()]*\){_WORD}))?{_WORD}(?:{_INSIDE}*(?:{_WORD}|[/)+#]))?"
_RUN = re.compile(
    rf"(?:(?<!{_WORD}){_URL}|(?<!\w){_INTERNATIONAL}|"
    rf"(?:(?<!\w){_SIGNS}*|(?<!{_WORD}))(?:(?:{_GROUPED})(?!{_WORD})|{_TOKEN}))"
    rf"(?:{_SPACE}?[%٪‰]|°\w?)?"
)
# Runs that are displayed correctly without isolation: a word, a number with separators.
_PLAIN = re.compile(r"\w*|\d+(?:[.,٫٬]\d+)*")

_INLINE = r"</?(?:b|em|i|mark|strong)>"
"""Elements that may begin or end within a run, such as marked search terms within a number."""
_TAG = re.compile(rf"(<!--.*?-->|<(?!{_INLINE[1:]})[^>]+>)", re.DOTALL)
_INLINE_TAG = re.compile(f"({_INLINE})")
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ANY_TAG = re.compile("<[a-zA-Z/][^<>]*>")
_LEFT_ALONE = frozenset({"script", "style", "textarea", "bdi"})
_WITHOUT_ELEMENTS = frozenset({"option", "svg", "title"})
_RIGHT_TO_LEFT = re.compile(r"""\sdir=["']?rtl\b""")
_RIGHT_TO_LEFT_TAG = re.compile(rf"<[^>]*{_RIGHT_TO_LEFT.pattern}")


def direction_of(text: str, otherwise: str) -> str:
    """Return "ltr" for a text, or HTML, that has letters, and all of them left-to-right, such as “#tag” alone: in
    right-to-left direction its signs would change sides. Return `otherwise` for any other text."""
    letters = {bidirectional(each) for each in _ANY_TAG.sub("", text)} & {"L", "R", "AL"}
    return "ltr" if letters == {"L"} else otherwise


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each left-to-right run of a text that needs isolation: a token with a sign in it,
    such as hours, percentages, URLs, "COVID-19" or "#tag", and digits in groups, such as telephone numbers. Single
    words, plain numbers (also 1,600.5 and 16.08.2024) and runs after an isolate character need none."""
    for match in _RUN.finditer(text):
        run = match.group()
        while run.endswith(")") and run.count(")") > run.count("("):
            run = run[:-1]
        if run.startswith("(") and run.count("(") > run.count(")"):
            run = run[1:]
        start = match.start() + match.group().index(run)
        if not _PLAIN.fullmatch(run) and text[start - 1 : start] != FIRST_ISOLATE:
            yield start, start + len(run)


def isolated(text: str) -> str:
    """Return a plain text with each run (see `runs`) between isolate characters."""
    pieces, end = [], 0
    for start, stop in runs(text):
        pieces += [text[end:start], FIRST_ISOLATE, text[start:stop], POP_ISOLATE]
        end = stop
    return "".join([*pieces, text[end:]])


def embedded(text: object) -> str:
    """Return a text that is put into a sentence of the interface, such as a title, a name or a reason, between
    isolate characters: its own letters decide on its direction, and it does not turn what stands beside it. Return
    a text without right-to-left letters unchanged if the active language is left-to-right."""
    words = str(text)
    if current_language().dir == "rtl" or any(bidirectional(each) in ("R", "AL") for each in words):
        return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}"
    return words


def isolated_html(html: str, direction: str) -> str:
    """Return HTML with each run (see `runs`) of right-to-left text in `<bdi dir="ltr">`, or between isolate
    characters where elements are not allowed. If `direction` is "rtl", all text is right-to-left, otherwise that
    in elements with `dir="rtl"`. Scripts, styles, text areas and `bdi` are left alone."""
    if direction == "rtl":
        within = _Within(is_rtl=True)
        return "".join(
            within.pass_tag(piece) if place % 2 else within.text(piece)
            for place, piece in enumerate(_TAG.split(html))
        )
    pieces, end = [], 0
    while match := _RIGHT_TO_LEFT_TAG.search(html, end):
        pieces.append(html[end : match.start()])
        element, end = _isolated_element(html, match.start())
        pieces.append(element)
    return "".join([*pieces, html[end:]])


def _isolated_element(html: str, start: int) -> tuple[str, int]:
    """Return the right-to-left element that begins at `start`, isolated, and where it ends."""
    within = _Within(is_rtl=False, special=_special_at(html, start))
    pieces, end = [], start
    for tag in _TAG.finditer(html, start):
        pieces += [within.text(html[end : tag.start()]), within.pass_tag(tag[0])]
        end = tag.end()
        if not within.is_rtl:
            return "".join(pieces), end
    return "".join([*pieces, within.text(html[end:])]), len(html)


def _special_at(html: str, place: int) -> str:
    """Return the special element (such as a script or title) that is open at a place; "" if there is none."""
    names = (_LEFT_ALONE | _WITHOUT_ELEMENTS) if place else ()
    opened = (name for name in names if html.rfind(f"<{name}", 0, place) > html.rfind(f"</{name}", 0, place))
    return next(opened, "")


class _Within:
    """The state of walking through markup: whether the current text is right-to-left, and the special element
    (such as a script or title) that it is in."""

    def __init__(self, is_rtl: bool, special: str = "") -> None:
        self._page_is_rtl = self.is_rtl = is_rtl
        self._scope, self._depth = "", 0
        self._special = special

    def pass_tag(self, tag: str) -> str:
        """Update the state for a tag, and return the tag unchanged."""
        if match := _NAME.match(tag):
            is_end, name = bool(match[1]), match[2].lower()
            if is_end and name == self._special:
                self._special = ""
            elif not is_end and not self._special and name in _LEFT_ALONE | _WITHOUT_ELEMENTS:
                self._special = name
            self._enter_or_leave(name, is_end, tag)
        return tag

    def _enter_or_leave(self, name: str, is_end: bool, tag: str) -> None:
        if self._depth:
            self._depth += (-1 if is_end else 1) if name == self._scope else 0
        elif not is_end and _RIGHT_TO_LEFT.search(tag):
            self._scope, self._depth = name, 1
        self.is_rtl = self._page_is_rtl or bool(self._depth)

    def text(self, html: str) -> str:
        """Return the text between two tags, isolated if it is right-to-left and not in a script, style, text area
        or `bdi`."""
        if not self.is_rtl or self._special in _LEFT_ALONE or not html.strip():
            return html
        return _isolated_inline(html, takes_elements=not self._special)


def _isolated_inline(html: str, takes_elements: bool) -> str:
    """Return text that contains inline tags with each run isolated: by an element or, where a run crosses the
    border of a tag or `takes_elements` is false, by isolate characters."""
    text = ""
    tags: defaultdict[int, str] = defaultdict(str)
    for place, piece in enumerate(_INLINE_TAG.split(html)):
        if place % 2:
            tags[len(text)] += piece
        else:
            text += unescape(piece)
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    for start, end in runs(text):
        is_whole = takes_elements and not any(start < place < end for place in tags)
        before[start], after[end] = ('<bdi dir="ltr">', "</bdi>") if is_whole else (FIRST_ISOLATE, POP_ISOLATE)
    if not before:
        return html
    ends = sorted({0, len(text), *tags, *before, *after})
    return "".join(
        after.get(start, "") + tags.get(start, "") + before.get(start, "") + escape(text[start:end])
        for start, end in zip(ends, [*ends[1:], len(text)], strict=True)
    )
