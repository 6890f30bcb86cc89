"""Attribution of a quotation by the words beside it, without a verb of speech: by a person's name, an age, or
words such as "is how …", "так …", "чунин …", "این بود …"."""

import re

from core.quotations import speech
from core.quotations.words import bare_words, captured, fold

_CLAUSE_AFTER = re.compile(r"^[\s\"'”’»›)\]*]*([^.!?;:«“\"؟؛]{0,120})")
_CLAUSE_BEFORE = re.compile(r"([^.!?;»”؟؛]{0,80})[\s]*$")
_SENTENCE_BEFORE = re.compile(r"([^.!?؟]*)[.!?؟\s]*$")
_AGE = re.compile(
    r"(?<!\w)(?:\d{1,2}[\s‑–-]?(?:years?[\s‑-]old|лет(?!\w)|года?(?!\w)|летн\w+|сола|ساله)|aged?\s\d{1,2}(?!\w)"
    r"|\w{3,}[\s-]year[\s-]old|\w{4,}летн(?:яя|ий|ей|его|юю|ем|им)|\w{2,}сола|\w+\s?ساله)(?!\w)"
)
_NAME_AND_AGE = re.compile(
    r"[^\W\d_]{2,}(?:\s[^\W\d_]{2,})?\s?[,(،]\s?([5-9]|[1-9]\d|[۵-۹]|[۱-۹][۰-۹])(?![\w%:]|[.,]\d)"
)
_CONNECTIVE = re.compile(
    r"^[\s,،—–-]*(?:(?:is|was|are|were|that is|that was|this is|this was|so|thus)\s(?:how|what|the way|all"
    r"|why)(?!\w)"
    r"|(?:—|–|-|,)\s*(?:так|таков\w*|такой|таким|такою|вот (?:как|что)|это (?:все|то)|все,? (?:что|о чем))(?!\w)"
    r"|[\s,—–-]*(?:чунин|хамин тавр|ин буд|ин аст он|хама чиз\w*,? ки|хамааш)(?!\w)|[\s,،—–-]*(?:این بود|چنین"
    r"|همین طور|این است آنچه|همه چیز\w* که|همه آنچه)(?!\w))"
)
_PERSON = re.compile(
    r"(?<!\w)(?:girl|boy|woman|child|teenager|survivor|victim|returnee|pupil|schoolgirl|schoolboy|daughter|orphan"
    r"|девушк\w+|девочк\w+|мальчик\w*|подрост\w+|женщин\w+|ребен\w+|пострадавш\w+|школьни[кц]\w*"
    r"|духтар\w{0,4}|писар\w{0,4}|зане|чабрдида\w*|наврас\w*|кудаке|دختر\w*|پسرک?|زنی|نوجوان\w*|کودکی|طفلی)(?!\w)"
)
_SOMEBODYS = re.compile(r"^\s*(?:is|was|are|were)\s[A-Z]\w+['’]s?\s")
_LINK = re.compile(r"[,!?…—–؟،:(-]")
_CAPITAL = re.compile(r"(?<![\w-])([A-ZА-ЯЁҒӢҚӮҲҶ][a-zа-яёғӣқӯҳҷ’'-]{2,})(?![\w])")
# At the beginning of a sentence, where any word has a capital, only a word before punctuation counts as a name.
_BEGINS_WITH_NAME = re.compile(r"\s*\S+(?:\s\S+)?\s*[,(:—–-]")
_OF_PLACE = re.compile(r"(?<!\w)(?:in|at|from|of|to|for|by|the|near|в|во|из|на|от|для|дар|аз|ба|барои)\s$")
_NO_NAMES = re.compile(
    r"^(?:tajikistan|dushanbe|khujand|kulob|bokhtar|romit|moscow|russia|afghanistan|kabul|asia|central|europe"
    r"|english"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|ministry|government|committee|office|agency"
    r"|embassy"
    r"|the|and|but|this|that|these|those|our|their|we|they|it|he|she|a|an|in|on|at|for|of|to|is|what|when|where"
    r"|таджикистан\w*|душанбе|худжанд\w*|куляб\w*|бохтар\w*|ромит\w*|москв\w*|росси\w*|азии|азия"
    r"|афганистан\w*|кабул\w*"
    r"|министерств\w*|правительств\w*|комитет\w*|международн\w*|всемирн\w*|организаци\w*|это|этот|эта|так|все"
    r"|они|мы|на|он|она|но"
    r"|точикистон\w*|хучанд\w*|кулоб\w*|маскав|русия|осие\w*|вазорат\w*|хукумат\w*|кумита\w*|созмон\w*"
    r"|агентии|ин|он|аз|дар|ба|бо)$"
)


def whose(before: str, after: str) -> str:
    """Return the words (see `bare_words`) of the clauses before and after a quotation in its sentence, which
    attribute it to somebody. If there are none, return the words of the sentence before it."""
    rest, clause = captured(_CLAUSE_AFTER.match(after)), captured(_CLAUSE_BEFORE.search(before))
    around = bare_words(f"{clause} {rest}")
    return around or bare_words(captured(_SENTENCE_BEFORE.search(before)))


def is_age_in(text: str) -> bool:
    """Return whether a text says how old somebody is: "aged 12", "15-летняя", or a name and a number, as in
    "Zarina, 15"."""
    return bool(_AGE.search(fold(text)) or _NAME_AND_AGE.search(text))


def is_attributed_after(words: str, after: str) -> bool:
    """Return whether the clause after the quoted `words` attributes them to somebody by a name, an age, a word for
    a person, or words such as "is how …". Verbs of speech are not considered."""
    rest = captured(_CLAUSE_AFTER.match(after))
    clause = fold(rest)
    if not clause.strip(" ,،—–-"):
        return False
    if _CONNECTIVE.match(clause):
        return not _speaks_of_a_name(clause)
    if _SOMEBODYS.match(rest) and _names(rest, most=2):
        return True
    if not (_LINK.match(rest.lstrip()) or words[-1:] in tuple(",،—–!?…؟")):
        return False
    start = " ".join(rest.split()[:8])
    if is_age_in(start):
        return True
    return not speech.named_after(clause) and bool(_names(start, most=4) or _is_of_person(clause))


def is_attributed_before(before: str) -> bool:
    """Return whether the clause before quoted words attributes them to somebody by a name or an age among its last
    seven words. The clause must end with a colon, a comma or a dash. Without an age, it must have no word such as
    "project", after which the quoted words are a name."""
    clause = captured(_CLAUSE_BEFORE.search(before)).rstrip()
    if not clause or clause[-1] not in ":,،—–-":
        return False
    end = " ".join(clause.split()[-7:])
    if is_age_in(end):
        return True
    if speech.named_before(fold(clause.rstrip(" :,،—–-")) + " ") is not None:
        return False
    return bool(_names_before(end))


def is_linked(after: str) -> bool:
    """Return whether the text after a quotation goes on with an age, or with words such as "is how …" or "так …"
    in a clause that does not call the quotation a name."""
    rest = captured(_CLAUSE_AFTER.match(after))
    clause = fold(rest)
    if is_age_in(" ".join(rest.split()[:8])):
        return True
    return bool(_CONNECTIVE.match(clause)) and not _speaks_of_a_name(clause)


def _is_of_person(clause: str) -> bool:
    """Return whether a word for a person, such as "girl", is among the first four of a folded clause: "— девушка
    из Куляба"."""
    return bool(_PERSON.search(" ".join(clause.split()[:4])))


def _speaks_of_a_name(clause: str) -> bool:
    """Return whether a folded clause has a word for something with a name: "… is the slogan", "таков девиз"."""
    return bool(speech.NAMED.search(clause))


def _names_before(clause: str) -> list[str]:
    """Return the names in a clause, without its first word unless punctuation shows that it is a name."""
    begins = bool(_BEGINS_WITH_NAME.match(clause))
    return [name for name in _names(clause) if begins or not clause.lstrip().startswith(name)]


def _names(text: str, most: int = 12) -> list[str]:
    """Return the words with a capital letter that have at most `most` words before them, except places, months,
    institutions and words after a preposition of place."""
    return [
        found[1]
        for found in _CAPITAL.finditer(text)
        if len(text[: found.start()].split()) <= most
        and not _NO_NAMES.match(fold(found[1]))
        and not _OF_PLACE.search(text[: found.start()])
    ]
