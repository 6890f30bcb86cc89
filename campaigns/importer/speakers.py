"""The parser of speakers, which finds name, form of address and role in a text such as "the Chief of the Mission,
Mr. Karim Nazarov, who …"."""

import re
from dataclasses import replace

from campaigns.importer.draft import Speaker
from campaigns.importer.places import is_country
from campaigns.importer.roles import is_role_word
from campaigns.importer.vocabulary import word_set

LONGEST_ATTRIBUTION = 300

_HONORIFIC = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Mme|Dr|Prof|Professor|Sir|Madam|H\.\s?E|Hon|His Excellency|Her Excellency"
    r"|г-н|г-жа|господин|госпожа|д-р|профессор|доктор|ҷаноби олӣ|ҷаноби|бону|хонум|муҳтарам|дуктур)\b\.?\s+)+",
    re.IGNORECASE,
)
_END_OF_SUBJECT = re.compile(
    r",?\s(?:during|while|whilst|after|before|when|в ходе|во время|ҳангоми)\s"
    r"|,\s(?:who|whose|which|where|adding|noting|speaking|addressing|referring|commenting|котор\w+|выступая|обращаясь"
    r"|добавив|комментируя|говоря|ки|зимни)\s"
    r"|,?\s(?:at|in|on)\s(?:the|a|an|his|her|their)\s(?:\w+\s)?"
    r"(?:opening|closing|event|ceremony|camp|launch|statement|speech|remarks|address|interview|conference|workshop)\b"
    r"|,?\s(?:на|в)\s(?:сво[её]м|открытии|церемонии|закрытии|интервью)\b",
    re.IGNORECASE,
)
_PARTICLES = word_set(
    """
    bin ibn al el de da di van von der den zoda ogli ugli оглы угли кызы зода заде
    """
)
_PREPOSITIONS = word_set(
    """
    г. ш. с. of for in at from to and & the on with в во на по из от с со к и для при дар аз ба бо ва оид барои
    """
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_YEARS = r"(?:years?\sold|y\.?\s?o\.?|лет|год|года|сола)"
# "16-year-old", "aged 16" or "who is 16" anywhere; "16" and "16 лет" only between commas or in brackets.
_AGE = re.compile(
    r"(?<!\w)(?:an?\s)?\d{1,3}(?:[-‐‑–\s]years?[-‐‑–\s]old|[-‐‑–\s]?летн\w+|[-‐‑–]?сола)(?!\w)\s*"
    r"|,?\s?(?<!\w)(?:aged|who\s(?:is|was|(?:has\s)?(?:just\s)?turned)|в\sвозрасте|котор\w+)\s\d{1,3}(?![\w%])"
    rf"(?:\s{_YEARS}(?!\w))?"
    rf"|(?:^|\s?,|\s[—–-])\s?\d{{1,3}}(?:\s?{_YEARS})?(?=\s*(?:,|$|\s[—–-]\s))"
    rf"|\s?\((?:aged\s)?\d{{1,3}}(?:\s?{_YEARS})?\)",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"^(?:s?he|they|онa?|она|он|они|вай|ӯ|онҳо)$", re.IGNORECASE)


def parse_speaker(text: str) -> Speaker:
    """Return the speaker that a text names, with the age; the first LONGEST_ATTRIBUTION characters are read. Name
    and role are empty if it is a pronoun."""
    raw = text.strip(" ,.;:—–-")[:LONGEST_ATTRIBUTION]
    return replace(_parse(_AGE.sub("", raw)), attribution=raw, age=_age(raw))


def _age(text: str) -> int | None:
    """Return the age in a text, or None. Of several ages the lowest counts, because stricter rules apply to
    minors."""
    ages = [int(number) for found in _AGE.finditer(text) for number in re.findall(r"\d+", found.group())]
    return min(ages, default=None)


def _parse(text: str) -> Speaker:
    subject = _END_OF_SUBJECT.split(text, maxsplit=1)[0].strip(" ,.;:—–-")
    if PRONOUN.match(subject):
        return Speaker()
    titled = _HONORIFIC.search(subject)
    if titled and (speaker := _with_honorific(subject, titled)):
        return speaker
    return _without_honorific([segment for segment in re.split(r"\s*,\s*|\s+[—–]\s+", subject) if segment])


def _with_honorific(subject: str, titled: re.Match[str]) -> Speaker | None:
    following = subject[titled.end() :]
    name, rest = _leading_name(following)
    if not name:
        return None
    parts = (subject[: titled.start()], rest)
    return Speaker(name, titled.group().strip(), ", ".join(filter(None, map(_role, parts))))


def _leading_name(text: str) -> tuple[str, str]:
    """Return the name of at most five words at the start of a text, empty if there is none, and the rest. A comma
    ends the name."""
    words = text.split(" ")
    count = 0
    for word in words[:5]:
        if not (_is_name_word(word.rstrip(",")) or (count and word.lower() in _PARTICLES)):
            break
        count += 1
        if word.endswith(","):
            break
    return " ".join(words[:count]).rstrip(","), " ".join(words[count:])


def _without_honorific(segments: list[str]) -> Speaker:
    if not segments:
        return Speaker()
    first = segments[0]
    if is_name(first):
        return Speaker(first, role=_role(", ".join(segments[1:])))
    last = segments[-1]
    if len(segments) > 1 and is_name(last) and len(last.split()) > 1:
        return Speaker(last, role=_role(", ".join(segments[:-1])))
    role, name = _name_at_end(first)
    roles = ", ".join(filter(None, [role, *segments[1:]]))
    return Speaker(name, role=_role(roles))


def _name_at_end(text: str) -> tuple[str, str]:
    """Return the role and the name, of at most four words, at the end of a text, as in "Project Coordinator Anna
    Petrova"; the whole text and an empty name if there is none. A single word is a name only after a role in lower
    case."""
    words = text.split(" ")
    count = 0
    for word in reversed(words[-4:]):
        if not (_is_name_word(word) or (count and word.lower() in _PARTICLES)):
            break
        count += 1
    start = len(words) - count
    if count and start and words[start - 1].lower() in _PREPOSITIONS:
        start += 1
    name = words[start:]
    if not name or start == 0:
        return text, ""
    after_role = words[start - 1][:1].islower() and any(map(is_role_word, words[:start]))
    if len(name) == 1 and not after_role:
        return text, ""
    return " ".join(words[:start]), " ".join(name)


def is_name(text: str) -> bool:
    """Return whether the text is one to four words that can be a person's name: capitalised words and, after the
    first, particles such as "bin"."""
    words = text.split()
    if not 1 <= len(words) <= 4 or not _is_name_word(words[0]):
        return False
    return all(_is_name_word(word) or word.lower() in _PARTICLES for word in words)


def _is_name_word(word: str) -> bool:
    """Return whether a capitalised word can be part of a name: not an acronym, a role or a country."""
    letters = word.strip(".’'").rstrip("*")
    if not letters or not letters[0].isupper() or not all(c.isalpha() or c in ".-‐’'ʼ" for c in letters):
        return False
    is_acronym = (letters.isupper() and 1 < len(letters.replace(".", "")) <= 3) or letters in (
        "USAID",
        "UNHCR",
        "UNICEF",
    )
    return not (is_acronym or is_role_word(word) or is_country(word) or _is_inflected_country(word))


def _is_inflected_country(word: str) -> bool:
    return len(word) > 6 and (is_country(word[:-1]) or is_country(word[:-2]))


def _role(text: str) -> str:
    return _ARTICLE.sub("", text.strip(" ,.;:—–-"))
