"""Words that stand for numbers in the languages of the site: numbers, tens, multipliers and months."""

import re
from decimal import Decimal
from functools import lru_cache

# Forms of 0 to 12, ordinals too: English, Russian, Tajik, Dari. Joined to one pattern for each number.
_SMALL = [
    "zero|ноль|нол[яю]|нулев\\w+|сифр|صفر",
    "one|first|once|один|одн\\w{1,3}|перв\\w{2,3}|як|якум\\w*|аввалин|یک|یکی|اول|نخست|نخستین|یکم",
    "two|second|twice|both|дв(?:а|е|ух|ум|умя|ое|оих|ажды)|втор\\w{2,3}|оба|обе|обоих|ду|дуюм\\w*|дувум\\w*|ҳарду|دو|دوم|هردو",
    "three|third|thirds|тр(?:и|[её]х|[её]м|емя|ое|оих)|трет(?:ий|ь\\w{1,3})|се|сеюм\\w*|савум\\w*|سه|سوم",
    "four|fourth|quarter|четыр\\w{1,4}|четверо|четвертых|четв[её]рт\\w{2,3}|чор|чаҳор|чорум\\w*|чаҳорум\\w*|چهار|چهارم",
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
# Tens; a Tajik ten that a unit follows ends in “у”.
_TENS = {
    20: "twenty|twentieth|двадцат\\w{1,3}|бисту?|بیست",
    30: "thirty|thirtieth|тридцат\\w{1,3}|сӣ|сию|سی",
    40: "forty|fortieth|сорок\\w?|чилу?|چهل",
    50: "fifty|пят(?:ьдесят|идесяти)|панҷоҳу?|پنجاه",
    60: "sixty|шест(?:ьдесят|идесяти)|шасту?|شصت",
    70: "seventy|сем(?:ьдесят|идесяти)|ҳафтоду?|هفتاد",
    80: "eighty|вос(?:емьдесят|ьмидесяти)|ҳаштоду?|هشتاد",
    90: "ninety|девяност\\w|наваду?|نود",
    100: "hundred|сто|ста|сад|صد",
    1000: "thousand|тысяч\\w{0,3}|ҳазор|هزار",
}
_NUMBERS = [(number, re.compile(forms, re.IGNORECASE)) for number, forms in [*enumerate(_SMALL), *_TENS.items()]]
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
HIJRI_MONTHS = (
    "حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت|"
    "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
)


@lru_cache(maxsize=10_000)
def number_of(word: str) -> int | None:
    """Return the number that a word stands for, or None."""
    return next((number for number, forms in _NUMBERS if forms.fullmatch(word)), None)
