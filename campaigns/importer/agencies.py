"""Recognition of the names of organisations and news agencies in datelines."""

import re

from campaigns.importer.vocabulary import word_set

LONGEST = 70

_NAMES = word_set(
    """
    iom un unodc unhcr unicef undp who usaid osce eu afp ap reuters tass ria sputnik bbc akipress kabar khovar
    avesta asia-plus ozodi interfax pajhwok tolo bakhtar
    мом оон юнодк увкб юнисеф проон воз юсаид обсе ес тасс риа новости спутник интерфакс кабар ховар авеста озоди
    азия-плюс осиё-плюс ниат амит апн созмон смм созмони
    """
)
_WORDS = re.compile(
    r"\b(?:agency|news|press|release|organi[sz]ation|mission|office|ministry|committee|centre|center|fund|foundation"
    r"|union|service|report(?:er)?|correspondent|statement|агентств\w*|новост\w*|пресс\w*|релиз|организаци\w*|мисси[яи]"
    r"|офис\w*|министерств\w*|комитет\w*|центр\w*|фонд\w*|союз\w*|служб\w*|сообщени\w*|корр\w*|представительств\w*"
    r"|radio|tv|television|channel|newspaper|magazine|радиои?|телерадио\w*|радиостанци\w*|телеканал\w*|телевидени[ея]"
    r"|телевизиони?|газет[аы]|журнал|портал|рӯзномаи?|маҷаллаи?|шабакаи?|ҳафтаномаи?"
    r"|оҷонси\w*|созмони?|намояндагӣ|вазорати?|кумитаи?|маркази?|хадамоти?|хабар\w*|иттилоот)\b"
    r"|آژانس|سازمان|دفتر|وزارت|خبرگزاری|مرکز|کمیته|اطلاعیه",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"radio|tv|news|agency|радиои?|агентство|телеканал|телевидение|телевизиони?|газета|рӯзномаи?|шабакаи?",
    re.IGNORECASE,
)
_MOST_WORDS = 3
_ACRONYM = re.compile(r"[^\W\d_a-zа-яёғӣқӯҳҷ\u0600-\u06ff]{2,6}")
_ENCLOSED = re.compile(r"\([^()]{1,60}\)|/[^/]{1,60}/|\[[^\[\]]{1,60}\]|[«\"“„][^»\"”]{1,50}[»\"”]")
_IN = ("in", "at", "в", "дар", "در")
_BY = re.compile(r"^(?:by|source|from|источник|автор|манбаъ|منبع)\b", re.IGNORECASE)


def is_acronym(text: str) -> bool:
    """Return whether the text is two to six capital letters of any alphabet that has capitals."""
    return bool(_ACRONYM.fullmatch(text))


def is_known_agency(text: str) -> bool:
    """Return whether the text is in the list of known agencies, in whatever case."""
    return text.lower() in _NAMES


def is_named_agency(text: str) -> bool:
    """Return whether the text, without marks around it, is the name of an agency and nothing else: words that all
    begin with capitals, the first of them a known name or a word such as “Radio”, or a name in quotation marks
    after one: “Sputnik”, “Радио Озоди”, “РИА Новости”, “НИАТ «Ховар»”."""
    text = text.strip(" .,:;|–—-")
    words = _ENCLOSED.sub(" ", text).split()
    if not words or len(words) > _MOST_WORDS or any(word[0].islower() for word in words):
        return False
    is_media = bool(_MEDIA.fullmatch(words[0])) and text != words[0]
    return is_known_agency(text) or words[0].lower() in _NAMES or is_media


def is_agency(text: str) -> bool:
    """Return whether words before or after a place look like an agency: “IOM”, “(Agency)”, “НИАТ «Ховар»”, “Press
    release”. So do words that are wholly in brackets or quotation marks, or begin like “Source”; empty and long
    texts do not."""
    text = text.strip(" .,:;|–—-")
    if not text or len(text) > LONGEST:
        return False
    bare = _ENCLOSED.sub(" ", text).strip(" .,:;|–—-")
    if not bare or _BY.match(bare):
        return True
    words = bare.lower().split()
    is_named = words[0] in _NAMES and (len(words) <= 2 or words[1] in _IN)
    return is_acronym(bare) or bool(_WORDS.search(bare)) or is_named
