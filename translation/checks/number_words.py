"""Words that stand for numbers in the languages of the site: numbers, tens, multipliers, months and halves of the
day."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

# Forms of 0 to 12, ordinals too: English, Russian, Tajik, Dari. Joined to one pattern for each number.
_SMALL = [
    "zero|ноль|нол[яю]|нулев\\w+|сифр|صفر",
    "one|first|once|один|одн\\w{1,3}|перв\\w{2,3}|яку?|якум\\w*|аввалин|یک|یکی|اول|نخست|نخستین|یکم",
    "two|second|twice|both|дв(?:а|е|ух|ум|умя|ое|оих|ажды)|втор\\w{2,3}|оба|обе|обоих|ду|дуюм\\w*|дувум\\w*|ҳарду|دو|دوم|هردو",
    "three|third|thirds|тр(?:и|[её]х|[её]м|емя|ое|оих)|трет(?:ий|ь\\w{1,3})|се|сеюм\\w*|савум\\w*|سه|سوم",
    "four|fourth|четыр\\w{1,4}|четверо|четвертых|четв[её]рт\\w{2,3}|чор|чаҳор|чорум\\w*|чаҳорум\\w*|چهار|چهارم",
    "five|fifth|пят(?:ь|и|ью|еро)|пят(?:ый|ая|ое|ого|ой|ую|ом|ые|ых)|панҷ|панҷум\\w*|پنج|پنجم",
    "six|sixth|шест(?:ь|и|ью|еро)|шест(?:ой|ая|ое|ого|ую|ом|ые|ых)|шаш|шашум\\w*|шиш|شش|ششم",
    "seven|seventh|сем(?:ь|и|ью|еро)|седьм\\w{2,3}|ҳафт|ҳафтум\\w*|هفت|هفتم",
    "eight|eighth|вос(?:емь|ьми|емью|ьмеро)|восьм\\w{2,3}|ҳашт|ҳаштум\\w*|هشت|هشتم",
    "nine|ninth|девят(?:ь|и|ью|еро)|девят(?:ый|ая|ое|ого|ой|ую|ом|ые|ых)|нӯҳ|нуҳ|нуҳум\\w*|نه|نهم",
    "ten|tenth|десят(?:ь|и|ью|еро|ок)|десят(?:ый|ая|ое|ого|ой|ую|ом|ые|ых)|даҳ|даҳум\\w*|ده|دهم",
    "eleven|eleventh|одиннадцат\\w{1,3}|ёздаҳ|ёздаҳум\\w*|یازده|یازدهم",
    "twelve|twelfth|dozen|двенадцат\\w{1,3}|дюжин\\w|дувоздаҳ|дувоздаҳум\\w*|دوازده|دوازدهم",
    "thirteen|тринадцат\\w{1,3}|сездаҳ|سیزده",
    "fourteen|четырнадцат\\w{1,3}|чордаҳ|чаҳордаҳ|چهارده",
    "fifteen|пятнадцат\\w{1,3}|понздаҳ|پانزده",
    "sixteen|шестнадцат\\w{1,3}|шонздаҳ|شانزده",
    "seventeen|семнадцат\\w{1,3}|ҳабдаҳ|هفده",
    "eighteen|восемнадцат\\w{1,3}|ҳаждаҳ|هژده|هجده",
    "nineteen|девятнадцат\\w{1,3}|нуздаҳ|نزده|نوزده",
]
# Tens, hundreds and multipliers; a Tajik one that another follows ends in “у”.
_TENS = {
    20: "twenty|twentieth|двадцат\\w{1,3}|бисту?|بیست",
    24: "круглосуточн\\w{1,3}|сут(?:ки|ок|кам|ками|ках)|шабонарӯз\\w{0,3}|شبانه",
    30: "thirty|thirtieth|тридцат\\w{1,3}|сӣ|сию|سی",
    40: "forty|fortieth|сорок\\w?|чилу?|چهل",
    50: "fifty|пят(?:ьдесят|идесяти)|панҷоҳу?|پنجاه",
    60: "sixty|шест(?:ьдесят|идесяти)|шасту?|شصت",
    70: "seventy|сем(?:ьдесят|идесяти)|ҳафтоду?|هفتاد",
    80: "eighty|вос(?:емьдесят|ьмидесяти)|ҳаштоду?|هشتاد",
    90: "ninety|девяност\\w|наваду?|نود",
    100: "hundred|сто|ста|(?:як)?саду?|(?:یک)?صد",
    200: "двести|двухс(?:от|тах)|двумстам|двумястами|дусаду?|دوصد|دویست",
    300: "триста|тр[её]хс(?:от|тах)|тр[её]мстам|тремястами|сесаду?|سیصد|سهصد",
    400: "четыреста|четыр[её]хс(?:от|тах)|четыр[её]мстам|четырьмястами|ч(?:аҳ)?орсаду?|چهارصد|چارصد",
    500: "пят(?:ьсот|ис(?:от|там|тах)|ьюстами)|панҷсаду?|پنجصد|پانصد|پنصد",
    600: "шест(?:ьсот|ис(?:от|там|тах)|ьюстами)|ш[аи]шсаду?|ششصد",
    700: "сем(?:ьсот|ис(?:от|там|тах)|ьюстами)|ҳафтсаду?|هفتصد",
    800: "восемьсот|восьмис(?:от|там|тах)|вос[еь]мьюстами|ҳаштсаду?|هشتصد",
    900: "девят(?:ьсот|ис(?:от|там|тах)|ьюстами)|н[ӯу]ҳсаду?|نهصد",
    1_000: "thousand|тысяч\\w{0,3}|ҳазору?|هزار",
    1_000_000: "million|миллион\\w{0,3}|میلیون|ملیون",
    1_000_000_000: "billion|мил+иард\\w{0,3}|میلیارد|ملیارد",
}
HALF = Decimal("0.5")
# Parts, and what is written as one word with them: “полчаса”, “полмиллиона”, “полтора”.
_PARTS = {
    Decimal("0.25"): "quarters?|четверт(?:ь|и|ью|ей|ям|ями|ях)|чор[яа]к\\w?|ربع|چارک",
    Decimal("0.3333"): "трет(?:ь|и|ью|ей|ям|ями|ях)|сеяки?|ثلث",
    HALF: (
        "half|halves|половин\\w{1,3}|полу?(?:час|год|дн|век|метр|литр|кило|пути)\\w{0,5}|ними?|нисф\\w{0,3}|و?نیم|نیمی|نصف"
    ),
    Decimal("1.5"): "полтор(?:а|ы)|полутора",
    Decimal(500): "полу?тысяч\\w{0,2}",
    Decimal(500_000): "полу?миллион\\w{0,2}",
    Decimal(500_000_000): "полу?мил+иард\\w{0,2}",
}
ALSO = {Decimal("0.25"): {"4", "25"}, Decimal("0.3333"): {"3"}, HALF: {"2", "50"}}
"""How parts are said otherwise: a half is one in two, and 50 %."""
_FORMS: list[tuple[Decimal | int, str]] = [*enumerate(_SMALL), *_TENS.items(), *_PARTS.items()]
_NUMBERS = [(Decimal(number), re.compile(forms, re.IGNORECASE)) for number, forms in _FORMS]
_WORD = re.compile(r"[^\W\d_]+")
_TIMES = re.compile(r"[\s\u200c-]{1,2}(?:an?\s)?")
# “forty-three”, “two hundred and five”, “сорок три”, “چهل و سه”.
_PLUS = re.compile(r"[\s\u200c-]{1,2}(?:(?:and|و)\s)?")
# “two and a half”, “два с половиной”, “دو و نیم”.
_AND_PART = re.compile(r"\s(?:and\sa|and|с|ва|و)\s|(?<=яку)\s|\u200c", re.IGNORECASE)
_PAST = re.compile(r"\spast\s")
UNSURE = set(
    "second third сад саду نه ده сутки суток круглосуточно шабонарӯзӣ شبانه "
    "полтора полторы полутора якуним".split()  # “A year and a half” is not read as 1.5.
)
"""Words that mean something else, too, in a language of the site, or are said in many ways."""
MULTIPLIERS = {
    r"thousand|тыс\b\.?|тысяч\w{0,3}|ҳазор\w{0,2}|هزار": Decimal(1_000),
    r"millions?|mln|млн\b\.?|миллион\w{0,3}|میلیون|ملیون": Decimal(1_000_000),
    r"billions?|bn|млрд\b\.?|мил+иард\w{0,3}|میلیارد|ملیارد": Decimal(1_000_000_000),
}
_MONTHS = [
    r"january|jan|январ\w{0,2}|جنوری|ژانویه",
    r"february|feb|феврал\w{0,2}|فبروری|فوریه",
    r"march|mar|март\w{0,2}|مارچ|مارس",
    r"april|apr|апрел\w{0,2}|اپریل|آوریل",
    r"may|ма[йяею]и?|می|مه",
    r"june|jun|июн\w{0,2}|جون|ژوئن",
    r"july|jul|июл\w{0,2}|جولای|ژوئیه",
    r"august|aug|август\w{0,2}|اگست|آگست|اوت",
    r"september|sept?|сентябр\w{0,2}|سپتمبر|سپتامبر",
    r"october|oct|октябр\w{0,2}|اکتوبر|اکتبر",
    r"november|nov|ноябр\w{0,2}|نومبر|نوامبر",
    r"december|dec|декабр\w{0,2}|دسمبر|دسامبر",
]
MONTH = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(f'({forms})' for forms in _MONTHS)})(?![^\W\d_]|\u200c)", re.IGNORECASE
)
"""The name of a month; the number of the group is that of the month. Another use of the word is for the caller to
tell."""
UNSURE_MONTHS = set("may march mar jan می مه".split())
"""Names of months that are other words, too."""

# What is said after an hour: before noon, after noon, at night.
_HALVES = {
    "before": (
        r"a\.?m\b\.?|in the morning|утра|субҳ\w{0,2}|пагоҳ\w{0,3}|саҳар\w{0,2}|пеш аз нисфирӯзӣ|"
        r"صبح|سحر|(?:قبل|پیش) از (?:ظهر|چاشت)"
    ),
    "after": (
        r"p\.?m\b\.?|in the (?:afternoon|evening)|вечера|дня|пополудни|бегоҳ\w{0,3}|шом\w?|"
        r"баъд аз (?:нисфирӯзӣ|зӯҳр)|عصر|شام|بعد از (?:ظهر|چاشت)|بعدازظهر"
    ),
    "night": "at night|ночи|шаб|شب",
}
_HALF = "|".join(f"(?P<{half}>{words})" for half, words in _HALVES.items())
HALF_OF_DAY = re.compile(
    rf"(?:\s?o['’]clock|\sчас\w{{0,2}}|\sч\.|\sبجه|-[ую]?[ми]*)?[\s\u00a0]?(?:{_HALF})(?!\w)", re.IGNORECASE
)
HALF_OF_DAY_BEFORE = re.compile(
    r"(?<!\w)(?:afternoon|evening|tonight|вечер\w{0,2}|дн[её]м|ночью|бегоҳ\w*|шом\w?|шаб\w?|баъд аз нисфирӯзӣ|"
    r"عصر|شام|شب|بعد از (?:ظهر|چاشت)|بعدازظهر)(?!\w)[^\d.!?؟]{0,20}$",
    re.IGNORECASE,
)
DAYS_AND_NIGHTS = set("дня ночи шаб شب".split())
"""Words for a half of the day that are counted, too: “3 дня” is three days, or three in the afternoon."""


_MINUTES = r"(?:(?:двадцат[ьи]|twenty)[\s-])?[^\W\d_]+|\d{1,2}"
_HOUR = r"([^\W\d_]+|\d{1,2})(?!\w)"
CLOCK = [
    (re.compile(rf"(?<!\w){words}\s{_HOUR}", re.IGNORECASE), hours, sign)
    for words, hours, sign in (
        (rf"без\s({_MINUTES})(?:\sминут[аы]?)?", 0, -1),
        (rf"(половин[аеуы]|четверть|(?:{_MINUTES})\sминут[аыу]?)", -1, 1),
        (rf"({_MINUTES})(?:\sminutes)?\sto", 0, -1),
        (rf"({_MINUTES})(?:\sminutes)?\spast", 0, 1),
    )
]
"""Times of the day as they are said: “десять минут седьмого” and “ten past six”. Each pattern has the minutes and
the hour, to which so many hours are added, and the minutes with this sign."""


def minutes_of(match: re.Match[str], hours: int, sign: int) -> int | None:
    """Return the minutes since 0:00 of a match of CLOCK, or None if it is no time."""
    hour = 1 if match[2].lower() == "час" else _said(match[2])
    minutes = _said(match[1])
    minutes *= 60 if minutes < 1 else 1
    if not (1 <= hour <= 12 and 1 <= minutes < 60):
        return None
    return int((hour + hours) * 60 + sign * minutes)


def _said(text: str) -> Decimal:
    """Return the number that a text begins with, in figures or words; 0 if there is none."""
    if text.isdecimal():
        return Decimal(text)
    return next((each.number for each in numbers_in_words(text) if each.start == 0), Decimal(0))


@lru_cache(maxsize=10_000)
def number_of(word: str) -> Decimal | None:
    """Return the number that a word stands for, or None; Tajik ages are one word with theirs: “панҷсола”, and so
    are halves: “якуним”, “یکونیم”."""
    word = word.partition("сола")[0] or word
    whole = re.fullmatch("(.+)(?:[ую]ним|ونیم)", word)
    if whole and (number := number_of(whole[1])) is not None:
        return number + HALF
    return next((number for number, forms in _NUMBERS if forms.fullmatch(word)), None)


@dataclass(frozen=True)
class Words:
    """A number written in words, and where it stands in a text."""

    number: Decimal
    start: int
    end: int


def numbers_in_words(text: str) -> list[Words]:
    """Return the numbers that are written as words in a text; words that make one number together as one."""
    found = [
        Words(number, match.start(), match.end())
        for match in _WORD.finditer(text)
        if (number := number_of(match[0])) is not None
    ]
    # From the inside to the outside: 2 × 100, + 5, + ½, × 1,000, + 300.
    for between, combined in (
        (_TIMES, lambda one, other: one * other if 0 < one < 20 and other == 100 else 0),
        (_PLUS, lambda one, other: one + other if one < 1000 and 1 <= other < _free(one, (100, 10)) else 0),
        (_AND_PART, lambda one, other: one + other if 1 <= one < 1000 and other == HALF else 0),
        (_PAST, lambda one, other: one + other if one == HALF and 1 <= other <= 12 else 0),
        (_TIMES, lambda one, other: one * other if 0 < one < 1000 <= other else 0),
        (_PLUS, lambda one, other: one + other if 1 <= other < _free(one, (10**9, 10**6, 10**3)) else 0),
    ):
        found = _joined(found, text, between, combined)
    return found


def _free(number: Decimal, steps: tuple[int, ...]) -> int:
    """Return the step that a number to be added must be smaller than, 0 if none can be: 100 for 300."""
    return next((each for each in steps if number and number % each == 0 and number % 100 != 10), 0)


def _joined(
    found: list[Words], text: str, between: re.Pattern[str], combined: Callable[[Decimal, Decimal], Decimal | int]
) -> list[Words]:
    """Return the numbers with those made one that stand beside each other and can be combined."""
    joined: list[Words] = []
    for each in found:
        number = combined(joined[-1].number, each.number) if joined else 0
        if number and between.fullmatch(text, joined[-1].end, each.start):
            joined[-1] = Words(Decimal(number), joined[-1].start, each.end)
        else:
            joined.append(each)
    return joined
