"""Recognition of the places of a dateline: one or more, with or without their country."""

import re
from collections.abc import Set
from functools import cache

from babel import Locale

from campaigns.importer.agencies import is_acronym, is_known_agency
from campaigns.importer.cities import is_city
from campaigns.importer.draft import DraftPlace
from campaigns.importer.vocabulary import word_set

MOST_NAMES = 12
MAX_WORDS = 5

_NAMING_LANGUAGES = ("en", "ru", "tg", "fa")
_OTHER_COUNTRY_NAMES = frozenset(
    name.lower()
    for name in (
        "USA",
        "U.S.",
        "U.S.A.",
        "UK",
        "U.K.",
        "UAE",
        "United States of America",
        "Kyrgyz Republic",
        "Russian Federation",
        "Turkey",
        "Czech Republic",
        "Islamic Republic of Iran",
        "США",
        "Россия",
        "Кыргызстан",
        "Кыргызская Республика",
        "Российская Федерация",
        "Соединённые Штаты Америки",
        "Қирғизистон",
        "Россия",
        "ИМА",
    )
)
_REPUBLIC_OF = re.compile(r"^(?:the\s)?(?:republic of|республика|ҷумҳурии)\s", re.IGNORECASE)
_KIND_OF_PLACE = re.compile(
    r"^(?:г|ш|с|н|город|город-курорт|село|посёлок|кишлак|шаҳри|деҳаи|ноҳияи|city of|شهر|قریه|ولایت)\b\.?\s*(?=\w)",
    re.IGNORECASE,
)
_KIND_OF_REGION = (
    r"(?:область|области|обл|район|района|р-н|край|края|округ|вилоят|ноҳия|regions?|province|district|oblast|oblasty"
    r"|raion|rayon|county|governorate)\.?"
)
_REGION = re.compile(
    rf"(?:[^\W\d_][\w’'ʼ-]*\s+){{1,4}}{_KIND_OF_REGION}"
    r"|(?:область|район|вилояти|ноҳияи|ҷамоати|джамоат|(?:region|province|district|oblast) of|ولایت|ولسوالی)"
    r"\s+[^\W\d_][\w’'ʼ\s-]*",
    re.IGNORECASE,
)
# Regions that are named without "region", too, as in "Khorog, GBAO".
_BARE_REGION = re.compile(
    r"(?<=\w)\s*[,،]\s*(?:khatlon|sughd|gbao|drs|хатлон|согд|суғд|гбао|вмкб|мкб|ррп)(?=\s*(?:[,،(]|$))",
    re.IGNORECASE,
)
# A full stop separates places only after four letters, so not in "St. Gallen" or "D.C.".
_MARKS = re.compile(r"\s*[/;,|،؛]\s*|(?<=\w{4})\.\s+")
_AND = re.compile(r"\s+(?:and|&|и|ва|و)\s+", re.IGNORECASE)
# Without the Tajik name of Monday, which is also that of the capital.
_WEEKDAY = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
    r"|якшанбе|сешанбе|чоршанбе|панҷшанбе|ҷумъа)\.?",
    re.IGNORECASE,
)
_STATE = re.compile(r"[A-Z]\.?\s?[A-Z]\.?")
_SMALL_WORDS = word_set(
    """
    of and & the de del da di la le el al al- an- on upon sur и на в дар
    """
)
_NOT_A_PLACE = word_set(
    """
    on in at by from the a an to under for with note update news photo photos video story feature press
    release statement media в на от к по из для с новости новость фото видео пресс-релиз заявление дар
    аз ба бо барои хабар ахбор در از به با برای
    """
)


@cache
def country_names() -> frozenset[str]:
    """Return the names of countries in lower case in English, Russian, Tajik and Dari, with variants that are in
    use."""
    names = {
        name.lower()
        for language in _NAMING_LANGUAGES
        for code, name in Locale.parse(language).territories.items()
        if code.isalpha()
    }
    return frozenset(names | {name.replace(" & ", " and ") for name in names} | _OTHER_COUNTRY_NAMES)


def is_country(name: str) -> bool:
    return _REPUBLIC_OF.sub("", name.strip()).lower() in country_names() or name.strip().lower() in country_names()


def _looks_like_a_name(text: str) -> bool:
    words = text.split()
    if not words or len(words) > MAX_WORDS or words[0].lower() in _NOT_A_PLACE:
        return False
    if not all(letter.isalpha() or letter in " -’'ʼ.()&\u200c" for letter in text):
        return False
    return is_region(text) or all(not word[0].islower() or word.lower() in _SMALL_WORDS for word in words)


def is_region(text: str) -> bool:
    """Return whether the text is a proper name with a word for a region: Khatlon Province, район Рудаки."""
    text = text.strip()
    return bool(_REGION.fullmatch(text)) and (text[:1].isupper() or not text.split()[-1][0].islower())


def _spelled(name: str) -> str:
    """Return the name in title case if it is in capitals and longer than three letters, Dushanbe for DUSHANBE;
    else as it is."""
    return name.title() if name.isupper() and len(name) > 3 else name


def _parts(text: str) -> list[str]:
    """Return the names in a text, without agencies, weekdays, abbreviations of states, and regions beside a
    place."""
    pieces = []
    for part in _MARKS.split(text):
        pieces += [part] if is_country(part) else _AND.split(part)
    pieces = _without_regions(_without_agencies([piece.strip() for piece in pieces]))
    parts = _without_agencies([_KIND_OF_PLACE.sub("", piece).strip(" .") for piece in pieces])
    return [
        part
        for part in parts
        if part and not _WEEKDAY.fullmatch(part) and (is_country(part) or not _STATE.fullmatch(part))
    ]


def _without_regions(parts: list[str]) -> list[str]:
    """Return the parts without regions, or all parts if only countries, or nothing, would be left."""
    kept = [part for part in parts if not is_region(part)]
    return kept if any(part and not is_country(part) for part in kept) else parts


def _without_agencies(parts: list[str]) -> list[str]:
    """Return the parts without agencies, or all parts if only countries, or nothing, would be left. Known places
    stay. An acronym counts as an agency only if some part has lower-case letters."""
    has_small = any(map(str.islower, "".join(parts)))
    kept = [
        part for part in parts if is_known(part) or not (is_known_agency(part) or (has_small and is_acronym(part)))
    ]
    return kept if any(not is_country(part) for part in kept) or len(kept) == len(parts) else parts


def is_known(name: str, others: Set[str] = frozenset()) -> bool:
    """Return whether the name is a country, a known city or one of `others`, which are in lower case."""
    return is_country(name) or is_city(name) or name.lower() in others


def parse_places(text: str) -> tuple[DraftPlace, ...]:
    """Return the places that the text names, with a country that stands before or after them; countries alone are
    places. A region beside a place is none. Return an empty tuple if the text has anything else besides
    agencies and weekdays, or more than MOST_NAMES names."""
    text = _BARE_REGION.sub("", text.strip(" ,.;:|("))
    parts = _parts(text)
    if not parts or len(parts) > MOST_NAMES or not all(_looks_like_a_name(part) for part in parts):
        return ()
    places: list[DraftPlace] = []
    leading_country = ""
    for part in (_spelled(part) for part in parts):
        if not is_country(part):
            places.append(DraftPlace(part, leading_country))
        elif places:
            places = [DraftPlace(place.name, place.country or part) for place in places]
        else:
            leading_country = part
    if not places and leading_country:
        places = [DraftPlace(_spelled(part)) for part in parts]
    return tuple(places)
