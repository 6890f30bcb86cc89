"""Reading of the numbers in a text: with ASCII or Eastern digits, any separators of thousands and decimals, number
words, Roman numerals, multipliers such as “thousand”, dates, times and telephone numbers."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from operator import attrgetter

from translation.checks.number_words import (
    ALSO,
    CLOCK,
    DAYS_AND_NIGHTS,
    HALF,
    HALF_OF_DAY,
    HALF_OF_DAY_BEFORE,
    MONTH,
    MULTIPLIERS,
    UNSURE_MONTHS,
    minutes_of,
    numbers_in_words,
)
from translation.checks.solar_hijri import DATES, days_of, may_be_other_word

SPACES = " \u00a0\u2009\u202f"
GROUPING = rf"[.,'’٬،{SPACES}]"
GROUPED = re.compile(rf"(?<!\d)\d{{1,3}}(?:{GROUPING}\d{{3}})+(?:[.,٫]\d+)?(?!\d)")
PLAIN = re.compile(r"\d+(?:[.,٫]\d+)*")
EITHER = re.compile(f"{GROUPED.pattern}|{PLAIN.pattern}")
MULTIPLIED = [
    (
        re.compile(rf"((?:{GROUPED.pattern})|(?:{PLAIN.pattern}))[-{SPACES}\u200c]?(?:{words})(?![^\W\d_])", re.I),
        factor,
    )
    for words, factor in MULTIPLIERS.items()
]
TELEPHONE = re.compile(rf"(?<![\w+])(?:\+\d[\d{SPACES}()‑-]{{5,18}}\d|\(?\d[\d{SPACES}()‑-]{{8,18}}\d)(?!\w)")
DATE = re.compile(r"(?<![\d./-])(\d{1,2})([./])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
ISO_DATE = re.compile(r"(?<![\d./-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d-])")
TIME = re.compile(rf"(?<![\d:.,])(\d{{1,2}})(?:([:.])(\d\d))?(?!\d|:\d)(?:{HALF_OF_DAY.pattern})?", re.IGNORECASE)
# “From 5 to 7 pm”: an hour before another that says the half of the day.
TO_HOUR = re.compile(r"\W{0,2}(?:to|till|until|and|до|и|то|ва|تا|و)?\W{0,2}\d{1,2}(?::\d\d)?(?!\d)", re.IGNORECASE)
MORE_DIGITS = re.compile(r"[\s.,:٫٬،'’/%-]*\d")
# What may stand between a month and the figure beside it, such as “30-го июля” and “июли соли 2025”.
DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th|-?[а-яёӣ]{1,4})?\W{1,2}(?:of\s)?$", re.IGNORECASE)
MONTH_AFTER = re.compile(r"\b(?:in|since|until|last|next|early|late)\s$", re.IGNORECASE)
YEAR_AFTER = re.compile(r"\W{1,2}(?:سال\s)?(?:19|20)\d\d", re.IGNORECASE)
FIGURE_AFTER = re.compile(r"\W{1,3}(?:(?:соли?|сол|سال|of)\s)?\d", re.IGNORECASE)
ROMAN = re.compile(r"M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# “I” is a numeral after these, and in no other script than the Latin a pronoun.
BEFORE_ONE = re.compile(
    r"(?<!\w)(?:chapter|part|article|section|annex|phase|stage|level|volume|war|[\u0400-\u06ff]+)\s$",
    re.IGNORECASE,
)
AS_LATIN = str.maketrans("ІХС", "IXC")
WORD = re.compile(r"[^\W\d_]+")
# “۱/۵” is one and a half in Dari, and a fifth elsewhere.
_FACTORS = "|".join(f"({words})" for words in MULTIPLIERS)
SLASHED = re.compile(
    rf"(?<![\d/.,-])(\d+)/(\d+)(?![\d/-])(?:[-{SPACES}\u200c]?(?:{_FACTORS})(?![^\W\d_]))?", re.IGNORECASE
)
ALL_WEEK = re.compile(r"(?<![\d/])24/7(?![\d/])")
FRACTION = re.compile(r"(?:(?<!\d)(\d{1,3})[\s\u2044]?)?([¼-¾⅐-⅞])")
# Exponents and indices: “m²” may be written “м2”.
SMALL = re.compile(r"[²³¹⁰⁴-⁹₀-₉]+")


class _Digits(dict[int, str]):
    """A table for `str.translate`: the ASCII digit for a decimal digit of any script, and other characters."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = str(unicodedata.decimal(character)) if character.isdecimal() else character
        return self[code]


DIGITS = _Digits()


@dataclass(frozen=True)
class Figure:
    """A number as it is written, with all values that it may have: “1,500” is fifteen hundred in one
    language and one and a half in another."""

    written: str
    values: frozenset[str]


@dataclass(frozen=True)
class Placed(Figure):
    """A number with where it begins in its text."""

    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.written)


@dataclass
class Figures:
    """The numbers of a text. `words` are written as words, Roman numerals or exponents: they may stand for a
    figure of the other text, and need not. `months` have a day or a year beside them, `other_months` have not.
    `hijri` and `hijri_months` are what dates of the Solar Hijri calendar are in the Gregorian one."""

    digits: list[Figure] = field(default_factory=list)
    words: list[Figure] = field(default_factory=list)
    months: list[Figure] = field(default_factory=list)
    other_months: list[Figure] = field(default_factory=list)
    telephones: list[Figure] = field(default_factory=list)
    hijri: list[Figure] = field(default_factory=list)
    hijri_months: list[Figure] = field(default_factory=list)


def figures_of(text: str, expected: Collection[str] = ()) -> Figures:
    """Return the numbers of a text. What has been read is cut out before the next kind is looked for. Two figures
    with a slash are one number, and “ten past six” is a time, if it is among the `expected` values, which the
    other text has."""
    found, reading = Figures(), _Reading(text)
    for pattern in DATES:
        found.hijri += reading.take(pattern, lambda match: _hijri(match, found))
    found.telephones = reading.take(TELEPHONE, _telephone)
    found.digits += reading.take(ALL_WEEK, lambda match: [Figure(match[0], frozenset({"24"}))])
    found.words += [Figure("7", frozenset({"7"})) for _week in ALL_WEEK.finditer(text.translate(DIGITS))]
    found.digits += reading.take(SLASHED, partial(_slashed, expected=expected))
    for pattern, hours, sign in CLOCK if expected else ():
        found.words += reading.take(pattern, partial(_said, hours=hours, sign=sign, expected=expected))
    for match, figure in zip(FRACTION.finditer(reading.text), reading.take(FRACTION, _fraction), strict=True):
        (found.digits if match[1] else found.words).append(figure)
    found.digits += reading.take(DATE, lambda match: _date(match[1], match[3], match[4], found, match[2] == "/"))
    found.digits += reading.take(ISO_DATE, lambda match: _date(match[3], match[2], match[1], found))
    for is_dated, month in _months(reading.text):
        (found.months if is_dated else found.other_months).append(month)
    for pattern, factor in MULTIPLIED:
        found.digits += reading.take(pattern, partial(_multiplied, factor=factor))
    found.digits += reading.take(TIME, _time)
    for pattern in (GROUPED, PLAIN):
        found.digits += reading.take(pattern, lambda match: [number(match[0])])
    found.words += [*_words(reading.text), *_romans(reading.text), *_small(reading.text)]
    return found


def placed(text: str) -> list[Placed]:
    """Return the numbers of a text in figures and in words, in their order, however they belong together."""
    figures = (
        Placed(match[0], number(match[0]).values, match.start())
        for match in EITHER.finditer(text.translate(DIGITS))
    )
    words = (
        Placed(text[each.start : each.end], frozenset({_plain(each.number)}), each.start)
        for each in numbers_in_words(text)
    )
    return sorted([*figures, *words], key=attrgetter("start"))


class _Reading:
    """A text from which the numbers that have been read are cut out. `written` is the text with its own
    digits, which has the same length."""

    def __init__(self, text: str) -> None:
        self.written = text
        self.text = text.translate(DIGITS)

    def take(self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], list[Figure] | None]) -> list[Figure]:
        """Return what `read` makes of the matches, as it is written in the text, and cut them out; a match that it
        returns None for stays."""
        taken = []
        for match in list(pattern.finditer(self.text)):
            figures = read(match)
            if figures is None:
                continue
            written = self.written[match.start() : match.end()]
            taken += [Figure(written if len(figures) == 1 else each.written, each.values) for each in figures]
            self.text = self.text[: match.start()] + "#" * len(match[0]) + self.text[match.end() :]
        return taken


def _telephone(match: re.Match[str]) -> list[Figure] | None:
    """Return the telephone number; None for large numbers and years beside each other, which have no brackets, and
    begin neither with “+” nor with 0. It is the same with 00 in place of “+”."""
    written = match[0]
    digits = re.sub(r"\D", "", written)
    is_number = written[0] in "+0(" and len(digits) >= 7 and digits != written
    if written.startswith("00"):
        digits = digits[2:]
    return [Figure(written, frozenset({digits}))] if is_number or written[0] == "+" else None


def _date(day: str, month: str, year: str, found: Figures, unclear: bool = False) -> list[Figure] | None:
    """Return day and year of a date in figures, and add its month. Where it is `unclear` which of both
    comes first, each may be the other. None for what is no date."""
    days, months = {int(day)}, {int(month)}
    if unclear and int(day) <= 12:
        days, months = days | months, days | months
    elif unclear and int(month) > 12:
        days, months = months, days
    if not any(0 < each <= 12 for each in months):
        return None
    found.months.append(Figure(month, frozenset(map(str, months))))
    return [Figure(day, frozenset(map(str, days))), Figure(year, frozenset({year}))]


def _hijri(match: re.Match[str], found: Figures) -> list[Figure] | None:
    """Return days and years of a Solar Hijri date in the Gregorian calendar, and add its months. None for the name
    of a month alone."""
    parts = {"day": "", "month": "", **match.groupdict("")}
    day, month, year = parts["day"], parts["month"], parts["year"]
    if not (day or year):
        return None
    days = [days_of(each, month, year) for each in (parts.get("first_day"), day) if each]
    years = {each: days_of(day, month, each) for each in (parts.get("first_year"), year) if each}
    if month:
        found.hijri_months += [
            _any_of(match[0], {each.month for each in dates}) for dates in days or years.values()
        ]
    # Another word than a month, or a year that the source leaves in its calendar.
    itself = {int(day)} if not year and may_be_other_word(month) else set()
    return [
        *(_any_of(match[0], {each.day for each in dates} | itself) for dates in days),
        *(
            _any_of(written, {each.year for each in dates} | (set() if month else {int(written)}))
            for written, dates in years.items()
        ),
    ]


def _any_of(written: str, values: set[int]) -> Figure:
    return Figure(written, frozenset(map(str, values)))


def _months(text: str) -> Iterator[tuple[bool, Figure]]:
    """Yield the names of months, each with whether it has a day or a year beside it. One that has none is left
    out if it may be another word, such as “may” and “march”."""
    for match in MONTH.finditer(text):
        if match[0].isascii() and not match[0][0].isupper():
            continue
        is_dated = _is_beside_figure(text, match)
        is_sure = match[0].lower() not in UNSURE_MONTHS or MONTH_AFTER.search(text, 0, match.start())
        if is_dated or is_sure:
            yield is_dated, Figure(match[0], frozenset({str(match.lastindex)}))


def _is_beside_figure(text: str, match: re.Match[str]) -> bool:
    return bool(
        DAY_BEFORE.search(text, max(0, match.start() - 12), match.start())
        or (YEAR_AFTER if len(match[0]) < 3 else FIGURE_AFTER).match(text, match.end())
    )


def _time(match: re.Match[str]) -> list[Figure] | None:
    """Return a time of the day; None for a number that is none. A full hour may be written without minutes."""
    hour, minutes = int(match[1]), match[3] or "00"
    hours, numbers = _hours(hour, match.string, match.start(), match.end(3 if match[3] else 1))
    if not hours and match[2] != ":":
        return None
    # A full hour may be written without minutes, and “17:30” as “17.30”.
    values = {f"{each}:{minutes}" for each in hours or {hour}}
    values |= {_plain(Decimal(f"{each}.{minutes}")) for each in numbers or {hour}}
    return [Figure(match[0], frozenset(values))]


def _hours(hour: int, text: str, start: int, end: int) -> tuple[set[int], set[int]]:
    """Return the hours of 24 that an hour is by the words around it, and the numbers that may stand for it without
    minutes. Where a text says the half of the day before it, or once for two hours, it may be both."""
    both = {hour, hour % 12 + 12}
    if after := HALF_OF_DAY.match(text, end):
        night = 12 if hour % 12 >= 6 else 0
        in_day = (
            hour if hour > 12 else hour % 12 + {"before": 0, "after": 12, "night": night}[str(after.lastgroup)]
        )
        is_counted = after[str(after.lastgroup)].lower() in DAYS_AND_NIGHTS
        return {in_day}, {hour} if is_counted else {in_day}
    to = TO_HOUR.match(text, end) if hour <= 12 else None
    if to and HALF_OF_DAY.match(text, to.end()):
        return both, both
    if (
        hour <= 12
        and HALF_OF_DAY_BEFORE.search(text, max(0, start - 40), start)
        and not MORE_DIGITS.match(text, end)
    ):
        return both, {hour}
    return set(), set()


def _said(match: re.Match[str], hours: int, sign: int, expected: Collection[str]) -> list[Figure] | None:
    """Return the time that is said, such as “без пяти семь”, or None."""
    values = _time_said(match, hours, sign)
    return [Figure(match[0], frozenset(values))] if values & set(expected) else None


def _time_said(match: re.Match[str], hours: int, sign: int) -> set[str]:
    """Return the times that a match of CLOCK may be, by the half of the day if it is said; none if it is no
    time."""
    minutes = minutes_of(match, hours, sign)
    if minutes is None:
        return set()
    hour, minutes = divmod(minutes, 60)
    in_day, _numbers = _hours(hour or 12, match.string, match.start(), match.end())
    return {f"{each}:{minutes:02}" for each in in_day or {hour, hour + 12}}


def times_said(text: str) -> set[str]:
    """Return the times of the day that a text says in words, such as “ten past six”, as “6:10” and “18:10” where
    it does not say the half of the day."""
    digits = text.translate(DIGITS)
    return {
        value
        for pattern, hours, sign in CLOCK
        for match in pattern.finditer(digits)
        for value in _time_said(match, hours, sign)
    }


def _slashed(match: re.Match[str], expected: Collection[str]) -> list[Figure] | None:
    """Return the number that two figures with a slash are, or None."""
    above, below = Decimal(match[1]), Decimal(match[2])
    factor = next((each for part, each in zip(match.groups()[2:], MULTIPLIERS.values(), strict=True) if part), 1)
    read = [Decimal(f"{above}.{match[2]}"), *([round(above / below, 4)] if below else [])]
    values = {_plain(value * factor) for value in read}
    return [Figure(match[0], frozenset(values))] if values & set(expected) else None


def _fraction(match: re.Match[str]) -> list[Figure]:
    """Return a number with a fraction, such as “1½”, or a fraction, which may be said as a percentage or by the
    number of its parts: “три четверти”."""
    above, below = map(Decimal, unicodedata.normalize("NFKC", match[2]).split("\u2044"))
    value = round(above / below, 4)
    if match[1]:
        return [Figure(match[0], frozenset({_plain(value + int(match[1]))}))]
    return [Figure(match[0], frozenset({_plain(value), _plain(value * 100), *([_plain(above)] * (above > 1))}))]


def _multiplied(match: re.Match[str], factor: Decimal) -> list[Figure]:
    return [number(match[1], factor)]


def number(written: str, factor: Decimal | None = None) -> Figure:
    """Return a number that is written in ASCII digits, times `factor`."""
    values = _meanings(written)
    if factor:
        values = {_plain(Decimal(value) * factor) for value in values if re.fullmatch(r"\d+(\.\d+)?", value)}
    return Figure(written, frozenset(values))


def _plain(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _meanings(written: str) -> set[str]:
    """Return the possible values of a number as strings of ASCII digits with a point before decimals, or the
    number as written if it cannot be read."""
    meanings = set()
    match = re.fullmatch(r"(.*?)(?:[.,٫](\d+))?", written, re.DOTALL)
    assert match is not None  # The pattern matches every string.
    whole, decimals = match.groups()
    if GROUPED.fullmatch(written) and (decimals is None or len(decimals) == 3):
        meanings.add(_digits(written))
        if written.endswith("00"):
            # Nobody writes one and a half with three decimals.
            return meanings
    if decimals is None:
        meanings.add(_digits(written))
    elif whole.isdigit() or GROUPED.fullmatch(whole):
        fraction = decimals.rstrip("0")
        meanings.add(f"{_digits(whole)}.{fraction}" if fraction else _digits(whole))
    return meanings or {written}


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written).lstrip("0") or "0"


def _words(text: str) -> Iterator[Figure]:
    """Yield the numbers that are written as words."""
    for each in numbers_in_words(text):
        values = {_plain(each.number), *ALSO.get(each.number, ())}
        if each.number <= 12:
            hours, numbers = _hours(int(each.number), text, each.start, each.end)
            values |= {f"{hour}:00" for hour in hours} | set(map(str, numbers))
        if each.number % 1 == HALF and each.number < 13:
            # “Half past five” and “پنج و نیم” may be times.
            values |= {f"{hour}:30" for hour in (int(each.number), int(each.number) % 12 + 12)}
        yield Figure(text[each.start : each.end], frozenset(values))


def _small(text: str) -> Iterator[Figure]:
    for match in SMALL.finditer(text):
        yield Figure(match[0], frozenset({"".join(str(unicodedata.digit(each)) for each in match[0])}))


def _romans(text: str) -> Iterator[Figure]:
    for match in WORD.finditer(text):
        roman = match[0].translate(AS_LATIN)
        is_numeral = (
            len(roman) > 1
            or roman in "VX"
            or (roman == "I" and BEFORE_ONE.search(text, max(0, match.start() - 20), match.start()))
        )
        if is_numeral and ROMAN.fullmatch(roman):
            values = [ROMAN_VALUES[letter] for letter in roman]
            total = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
            yield Figure(match[0], frozenset({str(total)}))
