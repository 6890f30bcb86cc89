"""Recognition of the capacity in which somebody speaks: as an official, or as a person whose consent is needed.

The result is only a proposal to the editor. A role that is not clearly an office is not proposed as one.
"""

import re
from itertools import takewhile

from campaigns.importer.vocabulary import word_set

_OFFICIAL = word_set(
    """
    chief minister head director ambassador representative governor mayor spokesperson spokesman
    spokeswoman ombudsman ombudsperson ombudswoman commissioner secretary coordinator officer president
    chair chairman chairwoman chairperson prosecutor attaché attache consul rapporteur envoy chargé
    charge rector parliamentarian senator judge official
    """
)
_MANAGER = re.compile(r"\b(?:program(?:me)?|project|country|regional|office)\s+manager\b", re.IGNORECASE)
_ORDINARY = word_set(
    """
    participant survivor returnee mother father parent student pupil victim migrant volunteer resident
    villager farmer beneficiary daughter son wife husband girl boy child sister brother grandmother
    grandfather trainee camper graduate alumnus alumna alumni refugee peer youth teenager adolescent
    teacher worker family household community class goodwill women woman man men people person attendee
    visitor mum mom dad widow orphan client patient
    """
)
_IRREGULAR = {"children": "child", "wives": "wife", "beneficiaries": "beneficiary", "families": "family"}
# Words after which "child" or "youth" is a field of work and not the speaker: "Child Protection Officer".
_FIELD_OF_WORK = word_set(
    """
    protection affairs support assistance services service resource resources rights welfare integration
    reintegration policy programme programmes program project committee centre center department unit
    office organization organisation agency ministry mission care health empowerment development issues
    relations
    """
)
_RESIDENT = re.compile(r"\bresident(?=\s(?:coordinator|representative))")
_PREPOSITION = re.compile(r"\s(?:of|for|in|at|from|to|with|on|who|under|by)\s", re.IGNORECASE)
_AND = re.compile(r"\s*[,;/&]\s*|\s(?:and|as well as|и|а также|ва)\s", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|ex|retired|бывш\w*|экс|собиқ)\b", re.IGNORECASE)
_SPEAKS_FOR_OTHERS = re.compile(r"^(?:represent|spokes|представит|намоянда)", re.IGNORECASE)

# Stems, because Russian and Tajik words are declined. Tajik letters are replaced as by `fold_letters`.
_OFFICIAL_STEMS = re.compile(
    r"(?:(?:глав|посл)(?:а|ы|е|у|ой|ом)|(?:посол|начальни|руководител|директор|министр|замминистр|заместител"
    r"|представител|губернатор|мэр|пресс-секретар|омбудсм|уполномоченн|комиссар|секретар|координатор|председател"
    r"|президент|прокурор|консул|атташе|депутат|судь|ректор|раис|сардор|рохбар|вазир|муовин|намоянда|сафир|хоким|шахрдор"
    r"|сухангу|ваколатдор|котиб|хамохангсоз|мудир|ноиб|сарвар)\w{0,5})(?!\w)"
)
_ORDINARY_STEMS = re.compile(
    r"участни|пережив|пострада|жертв|студент|школьни|учени|мать|мама|мамы|матер|отец|отц|сын|доч|жен[аы]|женщин|муж$|мужчин|вернув"
    r"|возвращ|мигрант|волонт|доброволь|жител|выпускни|беженц|беженк|подрост|девуш|девоч|мальчи|юнош|ребен|дет[еия]"
    r"|родител|учител|фермер|воспитанни|бенефициар|получател|сестр|брат|бабушк|дедушк|молод|семь|семе[йи]|иштирок|донишчу"
    r"|хонанда|талаба|мактабхон|модар|падар|писар|духтар|хамсар|зан(?:$|он|[ие]$)|шавхар|мухочир|чабрдид|чабрди|курбон|бозгашт"
    r"|баргашт|сокин|ихтиёри|чавон|наврас|кудак|хатмкунанда|муаллим|хохар|бародар|гуреза|оила"
)
# Words for leaders. The head of a family or of a group of private people is not an official.
_LEADS = re.compile(r"глав|раис|сардор|сарвар|рохбар|руководи|председател")
# Words before a field of work: "Комитет по делам молодёжи".
_OF_A_FIELD = {"по", "для", "при", "оид", "барои"}
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее)$")
# A possessive: "the ambassador's driver" is not an official.
_OF_SOMEBODY = re.compile(r"[^\W\d_](?:['’]s|s['’])\s", re.IGNORECASE)
_TAJIK_LETTERS = str.maketrans("ғӣқӯҳҷё", "гикухче")


def fold_letters(text: str) -> str:
    """Return the text with Tajik letters (and ё) replaced by the Russian ones that people type instead."""
    return text.translate(_TAJIK_LETTERS)


def fold(word: str) -> str:
    """Return the word in lower case and with Tajik letters replaced."""
    return fold_letters(word.lower())


def official_words(role: str) -> str:
    """Return the part of a role that names an office; empty if there is none, if another part names a private
    person, or if the role is a former one."""
    if not role or _FORMER.search(role):
        return ""
    parts = [part for part in _AND.split(role) if part]
    verdicts = [_capacity(part) for part in parts]
    if False in verdicts or True not in verdicts:
        return ""
    return parts[verdicts.index(True)].strip()


def is_role_word(word: str) -> bool:
    """Return whether the word names an office or the role of a private person, so that it is not part of a
    name."""
    word = word.strip(".,’'\"“”«»").removesuffix("’s").removesuffix("'s").lower()
    if _is_cyrillic(word):
        return bool(_OFFICIAL_STEMS.match(fold(word)) or _ORDINARY_STEMS.match(fold(word)))
    return _in(word, _OFFICIAL | _ORDINARY | _FIELD_OF_WORK)


def _is_cyrillic(text: str) -> bool:
    return bool(re.search(r"[а-яёғӣқӯҳҷ]", text, re.IGNORECASE))


def _in(word: str, known: frozenset[str]) -> bool:
    return word in known or _IRREGULAR.get(word, word.removesuffix("s")) in known


def _capacity(part: str) -> bool | None:
    """Return True for an office, False for a private person, and None if the words tell neither, or if the office
    is somebody else's: "the ambassador's driver"."""
    return _capacity_in_cyrillic(part) if _is_cyrillic(part) else _capacity_in_english(part)


def _capacity_in_english(part: str) -> bool | None:
    if _OF_SOMEBODY.search(_PREPOSITION.split(f" {part} ", maxsplit=1)[0]):
        return None
    words = _words(part)
    before_preposition = _words(_PREPOSITION.split(f" {part} ", maxsplit=1)[0])
    if any(_is_ordinary(words, at) for at in range(len(before_preposition))):
        return False
    office = next((word for word in before_preposition if _in(word, _OFFICIAL)), "")
    if not office:
        return True if _MANAGER.search(part) else None
    speaks_for = office == "head" or _SPEAKS_FOR_OTHERS.match(office)
    return not (speaks_for and any(_is_ordinary(words, at) for at in range(len(words))))


def _is_ordinary(words: list[str], at: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else ""
    return _in(words[at], _ORDINARY) and following not in _FIELD_OF_WORK


def _capacity_in_cyrillic(part: str) -> bool | None:
    words = [fold(word) for word in re.findall(r"[\w-]+", part)]
    for at, word in enumerate(words):
        if _ORDINARY_STEMS.match(word) or any(_ORDINARY_STEMS.match(piece) for piece in word.split("-")):
            return False
        if not _OFFICIAL_STEMS.match(word):
            if _ADJECTIVE.search(word):
                continue
            # "водитель посла", "ронандаи сафир" (an ambassador's driver): the office is somebody else's.
            return None
        speaks_for = _LEADS.match(word) or _SPEAKS_FOR_OTHERS.match(word)
        led = takewhile(lambda word: word not in _OF_A_FIELD, words[at + 1 :])
        return not (speaks_for and any(_ORDINARY_STEMS.match(word) for word in led))
    return None


def _words(text: str) -> list[str]:
    words = re.findall(r"[\w’']+", _RESIDENT.sub("", text.lower()))
    return [word.removesuffix("’s").removesuffix("'s") for word in words]
