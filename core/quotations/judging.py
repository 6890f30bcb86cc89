"""Whether words in quotation marks are a passage of a sentence or more, or a name, a title, a few words.

In doubt they are a passage: a false alarm costs an editor one statement, a passage that is missed may harm
somebody."""

import re
from dataclasses import dataclass
from functools import cached_property

from core.quotations import speech
from core.quotations.words import fold, words_of

CONTEXT = 160
"""Characters before and after that are read."""
_READ = 2_000
_LONGEST_NAME = 25
_FEWEST_WORDS = 8
"""From here on words are a passage without any other sign."""

_ENDS = re.compile(r"[.!?…؟。۔][\"'“”‘’»›)\]]*$")
_ASKS = re.compile(r"[!?؟…][\"'“”‘’»›)\]]*$")
_STOPS = re.compile(r"[.!?…؟۔]+[\"'“”‘’»›)\]]*\s+[\"'“‘«‹(—–-]*\s*(?=(\S+))")
_CLAUSE_AFTER = re.compile(r"^[\s,—–،-]*([^.!?;:«“\"؟؛]{0,120})")
_CLAUSE_BEFORE = re.compile(r"([^.!?;»”؟؛]{0,140})$")
_ABBREVIATION = re.compile(r"(?:\b\w|\b(?:mr|mrs|ms|dr|st|no|г|гг|ул|им|см|тыс|млн))\.$", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """Words that may be a passage, with what stands before and after them in their paragraph."""

    text: str
    before: str = ""
    after: str = ""
    closed: bool = True

    @cached_property
    def folded(self) -> str:
        return fold(self.text[:_READ])

    @cached_property
    def count(self) -> int:
        return len(words_of(self.text[:_READ]))

    @cached_property
    def ends(self) -> bool:
        return bool(_ENDS.search(self.text))

    @cached_property
    def asks(self) -> bool:
        return bool(_ASKS.search(self.text))

    @cached_property
    def is_first_person(self) -> bool:
        return speech.is_first_person(self.folded)

    @cached_property
    def has_verb(self) -> bool:
        return speech.has_finite_verb(self.folded)

    @cached_property
    def is_whole(self) -> bool:
        """Whether nothing else stands in their sentence."""
        before = self.before.rstrip()
        after = self.after.lstrip()
        starts = not before or before[-1] in ".!?…:—–؟"
        return starts and (after[:1] in tuple(".!?…؟") if after else self.ends or not self.closed)

    @cached_property
    def is_introduced(self) -> bool:
        return self.before.rstrip().endswith(":")

    @cached_property
    def sentences(self) -> int:
        stops = [stop for stop in _STOPS.finditer(self.text[:_READ]) if _ends_sentence(self.text, stop)]
        return 1 + len(stops)

    @cached_property
    def is_attributed(self) -> bool:
        return self._is_said_after() or self._is_said_before()

    def _is_said_after(self) -> bool:
        clause = fold(_CLAUSE_AFTER.match(self.after)[1])
        words = clause.split()
        if not words:
            return False
        goes_on = self.text[-1:] in tuple(",!?…—–؟،") or self.after.lstrip()[:1] in tuple(",—–،")
        if goes_on:
            return speech.has_speech(" ".join(words[:9]))
        return speech.has_speech(" ".join(words[:3])) and not speech.named_after(clause)

    def _is_said_before(self) -> bool:
        clause = fold(_CLAUSE_BEFORE.search(self.before)[1])
        if clause.rstrip().endswith((":", ",", "—", "–", "،", "-")):
            said = list(speech.VERB_OF_SPEECH.finditer(clause))
            return bool(said) and len(clause[said[-1].end() :].split()) < 9
        return speech.has_speech(" ".join(clause.split()[-3:]))

    @cached_property
    def words_to_name(self) -> int | None:
        """How many words stand between them and a word such as "project" or "film"; None without such a word."""
        before = speech.named_before(fold(self.before))
        if before is None and speech.named_after(fold(self.after)):
            return 0
        return before


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    following = stop[1]
    if following[:1].islower():
        return False
    return not _ABBREVIATION.search(text, max(0, stop.start() - 5), stop.start() + 1)


def is_passage(words: Words) -> bool:
    """Whether the words are a sentence or more that somebody may have said or written."""
    if not words.count:
        return False
    if words.sentences > 1 and words.count > 3 and not _is_short_name(words):
        return True
    if speech.is_in_title_case(words.text) and (
        not words.is_first_person or (words.count <= 8 and not words.is_attributed)
    ):
        return False
    if words.is_attributed and not _is_attributed_name(words):
        return _is_clause(words)
    if _is_name(words):
        return False
    return _reads_as_speech(words)


def is_certain(words: Words) -> bool:
    """Whether it is a passage for more reasons than its length."""
    return words.is_attributed or words.is_first_person or words.sentences > 1


def _is_short_name(words: Words) -> bool:
    return words.words_to_name is not None and not words.is_first_person and words.count <= 14


def _is_attributed_name(words: Words) -> bool:
    """The name of a theme or a project in somebody's sentence: the theme is “…”, said the director."""
    return words.words_to_name == 0 and not words.is_first_person and not words.ends


def _is_clause(words: Words) -> bool:
    if words.count > 2 or words.ends or words.text.endswith((",", "،")):
        return True
    if words.count == 1:
        return words.is_whole and (words.is_first_person or words.has_verb)
    return words.is_first_person or words.has_verb or words.is_whole


def _is_name(words: Words) -> bool:
    if words.count > _LONGEST_NAME or words.text.endswith((",", "،")):
        return False
    distance = words.words_to_name
    if distance is None:
        named = speech.is_law(words.folded) or (speech.starts_as_name(words.folded) and not words.has_verb)
        return named and not words.ends and not words.is_first_person
    if words.is_first_person:
        return distance == 0 and words.count <= 8 and not words.is_attributed
    return distance == 0 or not (words.ends and words.has_verb)


def _reads_as_speech(words: Words) -> bool:
    ends = words.ends or words.is_whole
    if words.is_first_person:
        return words.count > 2 or (words.count == 2 and ends)
    if words.asks:
        return words.count > 1
    if words.is_introduced and words.has_verb:
        return words.count > 1
    if words.has_verb:
        return words.count > 4 or (words.count > 2 and ends)
    return words.count >= _FEWEST_WORDS or (ends and words.count > 4) or (words.is_introduced and words.count > 2)
