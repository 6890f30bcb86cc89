"""Recognition of who said a passage in quotation marks, by verbs of speech before, after and inside the marks, and
of passages that are the theme of a campaign."""

import re
from dataclasses import dataclass, replace

from campaigns.importer.draft import Speaker
from campaigns.importer.sentences import first_sentence, sentences
from campaigns.importer.speakers import PRONOUN, is_name, parse_speaker

_VERB = (
    r"(?:said|says|added|adds|noted|notes|stated|states|explained|explains|emphasi[sz]e[sd]|stresse[sd]|stressed"
    r"|highlight(?:ed|s)|remark(?:ed|s)|told|tells|recall(?:ed|s)|share[sd]|comment(?:ed|s)|conclude[sd]|continue[sd]"
    r"|underline[sd]|underscore[sd]|observe[sd]|declare[sd]|announce[sd]|affirm(?:ed|s)|reiterate[sd]|urge[sd]"
    r"|warn(?:ed|s)|wrote|writes|asked|asks|replie[sd]|admit(?:ted|s)|reflect(?:ed|s)|acknowledge[sd]|confirm(?:ed|s)"
    r"|insist(?:ed|s)|mention(?:ed|s)|pointed out|points out"
    r"|сказал[аи]?|говорит|говорил[аи]?|отметил[аи]?|отмечает|подчеркнул[аи]?|подч[её]ркивает|добавил[аи]?|добавляет"
    r"|заявил[аи]?|рассказал[аи]?|рассказывает|поделил(?:ся|ась)|делится|пояснил[аи]?|поясняет|объяснил[аи]?"
    r"|объясняет|сообщил[аи]?|считает|уверен[аы]?|вспоминает|вспомнил[аи]?|заключил[аи]?|признал(?:ся|ась)|признается"
    r"|призвал[аи]?|напомнил[аи]?|ответил[аи]?|продолжил[аи]?|написал[аи]?"
    r"|гуфт(?:анд)?|мегӯяд|мегуяд|мегӯянд|гуфта гузашт|афзуд|хулоса кард|шарҳ дод"
    r"|(?:қайд|таъкид|изҳор|илова|иброз|зикр|нақл|хотиррасон|баён) (?:кард|намуд|дошт|мекунад|карданд|намуданд))"
)
_VERB_FIRST = re.compile(rf"^(?:also\s|также\s)?{_VERB}(?!\w)\s*(?P<subject>.*)", re.IGNORECASE | re.DOTALL)
_VERB_INSIDE = re.compile(
    rf"^(?P<subject>.{{2,250}}?)[,\s]+(?:also\s|также\s)?{_VERB}(?!\w)", re.IGNORECASE | re.DOTALL
)
_SAID_BEFORE = re.compile(rf"(?<!\w){_VERB}(?!\w)(?P<rest>[^,]{{0,80}})(?P<mark>[:,])$", re.IGNORECASE)
_ACCORDING_TO = re.compile(
    r"^(?:according to|in the words of|по словам|ба гуфтаи)\s(?P<subject>.{2,200})[,:]$", re.IGNORECASE
)
_THEME_BEFORE = re.compile(
    r"(?<![\w-])(?:theme|slogan|motto|тем[аоеуы]й?|девиз\w*|лозунг\w*|слоган\w*"
    r"|мавзӯ\w*|мавзуъ?\w*|шиор\w*)"
    r"(?:\s(?:of|is|was|for|this year|года|сол|the|campaign|кампании)){0,4}\s?[:,—–-]?\s*$",
    re.IGNORECASE,
)
_INNER_CLAUSE = re.compile(rf"[,!?…]\s+[—–-]\s+(?={_VERB}(?!\w))", re.IGNORECASE)
_BACK_TO_WORDS = re.compile(r"[.,]\s+[—–-]\s+")
_AS_SAID = re.compile(rf"^(?:as|как|чунон ки)\s{_VERB}\s(?P<subject>.{{2,200}})[,:]$", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(
    r"^(?:(?:as|at|in|on|during|after|before|speaking|addressing|opening|closing|welcoming|commenting|в|во|на|при|после"
    r"|выступая|обращаясь|открывая|приветствуя|комментируя|дар|ҳангоми|баъди)\s[^,]{1,120},\s|(?:as|как)\s)",
    re.IGNORECASE,
)
_NEAR = 400
_EDGES = " ,.;:—–-"


@dataclass(frozen=True)
class Attribution:
    """The words that say who said a passage."""

    speaker: Speaker
    pronoun: bool
    """Whether it names the speaker by a pronoun ("she said"), which means the previous speaker."""
    end: int = 0
    """The number of characters of the text after the passage that belong to it."""
    back: int = 0
    """The number of characters of the text before the passage that belong to it."""
    goes_on: bool = False
    """Whether it ends with a comma or dash, so that a passage after it continues the same sentence."""


def _attribution(subject: str, end: int = 0, goes_on: bool = False) -> Attribution | None:
    """Return the attribution to a grammatical subject; None if it is neither a pronoun nor has a name, a role or
    an age. `end` and `goes_on` are the values of the attribution."""
    subject = subject.strip(_EDGES)
    speaker = parse_speaker(subject)
    pronoun = bool(PRONOUN.match(subject.split(",")[0].split(" ")[0]))
    if not pronoun and not speaker.known and speaker.age is None:
        return None
    return Attribution(Speaker(attribution=subject) if pronoun else speaker, pronoun, end=end, goes_on=goes_on)


def said_after(passage: str, after: str) -> Attribution | None:
    """Return the attribution in the first sentence after a passage, or None. It begins with a verb of speech
    ("said Karim Nazarov"); the verb may follow the speaker only if the passage ends openly or a comma or dash
    follows it."""
    clause = first_sentence(after[:_NEAR])
    body = clause.strip(_EDGES)
    end = after.find(clause) + len(clause)
    goes_on = clause.endswith((",", "—", "–"))
    if verb := _VERB_FIRST.match(body):
        return _attribution(verb["subject"], end, goes_on)
    is_open = passage[-1:] in ",!?…—–" or clause[:1] in tuple(",—–")
    verb = _VERB_INSIDE.match(body) if is_open else None
    return _attribution(verb["subject"], end, goes_on) if verb else None


def said_before(before: str) -> Attribution | None:
    """Return the attribution in the last sentence of the text before a passage, as in "Karim Nazarov said:" or
    "According to Karim Nazarov,", or None."""
    sentence = (list(sentences(before[-_NEAR:])) or [""])[-1]
    subject = _subject_before(sentence)
    attribution = _attribution(subject) if subject else None
    if attribution is None:
        return None
    speaker = attribution.speaker
    if not sentence.startswith(subject):
        speaker = replace(speaker, attribution=sentence)
    return replace(attribution, speaker=speaker, back=len(before) - before.rfind(sentence))


def _subject_before(sentence: str) -> str:
    """Return the words that name the speaker in the sentence before a passage: before a verb of speech, after
    "according to", or a full name before a colon. Return an empty string if there are none."""
    for pattern in (_ACCORDING_TO, _AS_SAID):
        if told := pattern.match(sentence):
            return told["subject"]
    verb = _SAID_BEFORE.search(sentence)
    if verb and (verb["mark"] == ":" or not verb["rest"].strip()):
        return _CIRCUMSTANCE.sub("", sentence[: verb.start()])
    names_speaker = sentence.endswith(":") and is_full_name(sentence.rstrip(":").split(",")[0])
    return sentence if names_speaker else ""


def said_inside(passage: str) -> tuple[str, Attribution] | None:
    """Return the words of a passage from which an attribution inside the quotation marks is cut out, and the
    attribution; None if there is none. Example: «Слова, — сказал директор. — Другие слова»."""
    opening = _INNER_CLAUSE.search(passage)
    if not opening:
        return None
    words, rest = passage[: opening.start() + 1], passage[opening.end() :]
    resumed = _BACK_TO_WORDS.search(rest)
    clause, more = (rest[: resumed.start()], rest[resumed.end() :]) if resumed else (rest, "")
    verb = _VERB_FIRST.match(clause[:_NEAR])
    attribution = _attribution(verb["subject"]) if verb else None
    if attribution is None:
        return None
    goes_on = resumed is not None and resumed.group().startswith(",")
    return join(words, more, goes_on), attribution


def said_on_own_line(line: str) -> Attribution | None:
    """Return the attribution on a line of its own below a passage, as in "— Karim Nazarov, director". None if the
    line is long, or neither begins with a dash nor is a full name with or without a role."""
    if len(line) > _NEAR // 2:
        return None
    subject = line.lstrip("—–- ")
    signed = line[:1] in tuple("—–-") or (
        is_full_name(subject.split(",")[0]) and subject[-1:] not in tuple(".!?…")
    )
    return _attribution(subject) if signed else None


def is_theme(before: str) -> bool:
    """Return whether the last hundred characters before a passage call it a theme, slogan or motto."""
    return bool(_THEME_BEFORE.search(before[-100:]))


def is_full_name(text: str) -> bool:
    """Return whether the text is a name of at least two words."""
    return is_name(text.strip()) and len(text.split()) > 1


def join(words: str, more: str, goes_on: bool) -> str:
    """Return two parts of a passage as one text, or the first alone if `more` is empty. With `goes_on` the second
    continues the sentence of the first; otherwise a comma at the end of the first becomes a full stop."""
    if not more:
        return words
    return f"{words if goes_on else finished(words)} {more}"


def finished(words: str) -> str:
    """Return the words without a dash at their end, and with a full stop in place of a final comma, which stood
    before a verb of speech."""
    words = words.rstrip(" —–")
    return words[:-1] + "." if words.endswith(",") else words
