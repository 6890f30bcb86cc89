"""Classification of words in quotation marks: a passage of a sentence or more, or only a name, a title or a few
words.

Words in doubt are a passage: a false alarm costs an editor one statement, a passage that is missed may harm
somebody.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from core.quotations import attribution, labels, persons, speech
from core.quotations.words import captured, fold, words_of

CONTEXT = 160
"""The number of characters before and after a quotation that are read."""
_READ = 2_000
"""The number of characters of a quotation that are read."""
_LONGEST_NAME = 25
_LONGEST_SHORT_NAME = 6
_FEWEST_WORDS = 8
"""The number of words from which a quotation is a passage without any other sign."""

_ENDS = re.compile(r"[.!?…؟。۔][\"'“”‘’»›)\]]*$")
_ASKS = re.compile(r"[!?؟…][\"'“”‘’»›)\]]*$")
_STOPS = re.compile(r"[.!?…؟۔]+[\"'“”‘’»›)\]]*\s+[\"'“‘«‹(—–-]*\s*(?=(\S+))")
_CLAUSE_AFTER = re.compile(r"^[\s,—–،-]*([^.!?;:«“\"؟؛]{0,120})")
_CLAUSE_BEFORE = re.compile(r"([^.!?;»”؟؛]{0,140})$")
_ABBREVIATION = re.compile(r"(?:\b\w|\b(?:mr|mrs|ms|dr|st|no|г|гг|ул|им|см|тыс|млн))\.$", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """Words that may be a passage, with the texts before and after them in their paragraph. `closed` is whether
    the quotation has a closing mark. Properties named as functions of `core.quotations.persons` return their
    answers for the first 2000 characters."""

    text: str
    before: str = ""
    after: str = ""
    closed: bool = True

    @cached_property
    def folded(self) -> str:
        return fold(self.text[:_READ])

    @cached_property
    def count(self) -> int:
        """Return the number of words."""
        return len(words_of(self.text[:_READ]))

    @cached_property
    def ends(self) -> bool:
        """Return whether the words end with the punctuation of a sentence."""
        return bool(_ENDS.search(self.text))

    @cached_property
    def asks(self) -> bool:
        """Return whether the words end with a question mark, an exclamation mark or an ellipsis, before closing
        quotation marks or brackets, if any."""
        return bool(_ASKS.search(self.text))

    @cached_property
    def is_first_person(self) -> bool:
        return persons.is_first_person(self.folded)

    @cached_property
    def is_personal(self) -> bool:
        return persons.is_personal(self.folded)

    @cached_property
    def is_request(self) -> bool:
        return persons.is_request(self.folded)

    @cached_property
    def is_told(self) -> bool:
        return persons.is_told(self.folded)

    @cached_property
    def is_narrative(self) -> bool:
        return persons.is_narrative(self.folded)

    @cached_property
    def tells(self) -> bool:
        """Return whether the words tell of violence or of the past, or what a relative or an employer does."""
        return persons.is_violent(self.folded) or persons.is_past(self.folded) or persons.tells_of_kin(self.folded)

    @cached_property
    def has_verb(self) -> bool:
        return speech.has_finite_verb(self.folded)

    @cached_property
    def is_whole(self) -> bool:
        """Return whether the quotation is a sentence by itself: punctuation that ends a sentence, a colon, a dash
        or nothing precedes it, and punctuation that ends a sentence or nothing follows."""
        before = self.before.rstrip()
        after = self.after.lstrip()
        starts = not before or before[-1] in ".!?…:—–؟"
        return starts and (not after or after[0] in ".!?…؟")

    @cached_property
    def is_introduced(self) -> bool:
        """Return whether a colon precedes the quotation."""
        return self.before.rstrip().endswith(":")

    @cached_property
    def sentences(self) -> int:
        """Return the number of sentences in the words."""
        stops = [stop for stop in _STOPS.finditer(self.text[:_READ]) if _ends_sentence(self.text, stop)]
        return 1 + len(stops)

    @cached_property
    def is_attributed(self) -> bool:
        """Return whether a verb of speech, a name or an age beside the words attributes them to somebody."""
        return self._is_said_after() or self._is_said_before() or self.is_of_somebody

    @cached_property
    def is_of_somebody(self) -> bool:
        """Return whether a name or age beside the words attributes them to somebody. The words must be at least
        two if they are linked, else three; words with a noun such as "project" beside them must tell what somebody
        went through."""
        if self.is_linked:
            return self.count > 1
        if self.count < 3 or (self.words_to_name is not None and not self.is_told):
            return False
        after = attribution.is_attributed_after(self.text, self.after)
        return after or attribution.is_attributed_before(self.before)

    @cached_property
    def is_linked(self) -> bool:
        """Return whether an age or words such as "is how …" follow, see `attribution.is_linked`."""
        return attribution.is_linked(self.after)

    def _is_said_after(self) -> bool:
        clause = fold(captured(_CLAUSE_AFTER.match(self.after)))
        words = clause.split()
        if not words:
            return False
        goes_on = self.text[-1:] in tuple(",!?…—–؟،") or self.after.lstrip()[:1] in tuple(",—–،")
        if goes_on:
            return speech.has_speech(" ".join(words[:9]))
        return speech.has_speech(" ".join(words[:3])) and not speech.named_after(clause)

    def _is_said_before(self) -> bool:
        clause = fold(captured(_CLAUSE_BEFORE.search(self.before)))
        if clause.rstrip().endswith((":", ",", "—", "–", "،", "-")):
            said = list(speech.VERB_OF_SPEECH.finditer(clause))
            return bool(said) and len(clause[said[-1].end() :].split()) < 9
        return speech.has_speech(" ".join(clause.split()[-3:]))

    @cached_property
    def words_to_name(self) -> int | None:
        """Return the number of words between a noun such as "project" or "film" before the quotation and the
        quotation itself; 0 if such a noun follows it, None if there is none."""
        before = speech.named_before(fold(self.before))
        if before is None and speech.named_after(fold(self.after)):
            return 0
        return before


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    """Return whether the punctuation `stop` ends a sentence: it ends no abbreviation, and no lower-case letter
    follows."""
    following = stop[1]
    if following[:1].islower():
        return False
    return not _ABBREVIATION.search(text, max(0, stop.start() - 5), stop.start() + 1)


def is_passage(words: Words) -> bool:
    """Return whether the words are a sentence or more that somebody may have said or written, and no label,
    definition, proverb, name, title, or one or two words picked out of a sentence."""
    if not words.count or _is_label(words) or _is_definition(words) or _is_proverb(words):
        return False
    if words.sentences > 1 and words.count > 3 and not _is_short_name(words):
        return True
    if speech.is_in_title_case(words.text) and not _is_told_in_title_case(words):
        return False
    if words.is_attributed and not _is_attributed_name(words):
        return _is_clause(words)
    if _is_name(words):
        return False
    return _reads_as_speech(words)


def is_certain(words: Words) -> bool:
    """Return whether the words are a passage for other reasons than their length: they are attributed, in the
    first person, tell what somebody went through, or are several sentences."""
    return words.is_attributed or words.is_first_person or words.is_told or words.sentences > 1


def _is_label(words: Words) -> bool:
    """Return whether the words are the title of an "About us" page, or at most six words that label a button:
    Press “Show me the number”. Words that are attributed or tell of somebody are no button."""
    if labels.is_about_us(words.folded):
        return True
    if words.count > 6 or words.tells or words.is_attributed:
        return False
    return labels.is_button(words.folded, fold(words.before), fold(words.after))


def _is_definition(words: Words) -> bool:
    """Return whether the text beside the words says that they are a term being defined, and they are one sentence
    that tells nothing of anybody and is nobody's."""
    if not labels.is_definition(fold(words.before), fold(words.after)):
        return False
    return not (words.is_narrative or words.is_told or words.sentences > 1 or words.is_of_somebody)


def _is_proverb(words: Words) -> bool:
    """Return whether the words are a known proverb, or are called one beside them and tell nothing of anybody.
    More than ten words, several sentences and attributed words are none."""
    if words.count > 10 or words.is_attributed or words.sentences > 1:
        return False
    if labels.is_known_proverb(words.folded):
        return True
    if words.is_narrative or words.tells:
        return False
    return labels.is_called_proverb(words.folded, fold(words.before[-60:] + " " + words.after[:60]))


def _is_told_in_title_case(words: Words) -> bool:
    """Return whether words in title case are speech all the same: they are linked (see `is_linked`), in the first
    person or tell what somebody went through; both if a word such as "project" stands directly beside them."""
    if words.count >= 3 and words.is_linked:
        return True
    if words.words_to_name == 0 and not words.is_introduced:
        return words.is_first_person and words.is_told
    return words.is_told or words.is_first_person


def _is_short_name(words: Words) -> bool:
    """Return whether a word such as "project" beside at most 14 impersonal words, without a colon before them,
    makes them a name, even if they are two sentences."""
    if words.words_to_name is None or words.count > 14 or words.is_introduced:
        return False
    return not (words.is_personal or words.is_told or words.is_request or words.tells)


def _is_attributed_name(words: Words) -> bool:
    """Return whether attributed words are still the name of a theme or project, because a word such as "theme" is
    directly beside them and they do not end as a sentence: the theme is “…”, said the director."""
    return words.words_to_name == 0 and not words.ends and _is_name(words)


def _is_clause(words: Words) -> bool:
    """Return whether attributed words are more than one or two words picked out of a sentence: they are at least
    three, end as a sentence or with a comma, have a verb, or are otherwise complete."""
    if words.count > 2 or words.ends or words.text.endswith((",", "،")) or words.is_of_somebody:
        return True
    if words.count == 1:
        return words.is_whole and (words.is_first_person or words.has_verb)
    return words.is_first_person or words.has_verb or words.is_whole


def _is_name(words: Words) -> bool:
    """Return whether the words are a name: at most 25 words with a noun such as "project" or "film" beside them,
    or that begin like the name of a law or an institution. Words that tell what somebody did or went through are
    never a name."""
    if words.count > _LONGEST_NAME or words.text.endswith((",", "،")) or words.is_told or words.tells:
        return False
    distance = words.words_to_name
    if distance is None:
        named = speech.is_law(words.folded) or (speech.starts_as_name(words.folded) and not words.has_verb)
        return named and not words.ends and not words.is_personal
    before = fold(words.before)
    if words.is_personal or words.is_request:
        return _is_personal_name(words, before)
    if speech.is_official(before) or speech.is_law(words.folded):
        return distance == 0 or not (words.ends and words.has_verb)
    if words.count > _LONGEST_SHORT_NAME or (words.has_verb and (words.ends or words.is_introduced)):
        return False
    return not (words.ends and words.is_introduced)


def _is_personal_name(words: Words, before: str) -> bool:
    """Return whether at most six personal words or a request are the name of a work, because the text `before`
    ends with a word for one: the film “I will come home”, the lesson “Know your rights”. A whole sentence is
    none."""
    if words.is_introduced or words.ends or words.count > _LONGEST_SHORT_NAME or words.words_to_name != 0:
        return False
    return speech.is_work(before) and not words.is_of_somebody and not words.is_whole


def _reads_as_speech(words: Words) -> bool:
    """Return whether words that nothing beside them explains are a passage, by person, verbs, punctuation and
    length."""
    ends = words.ends or words.is_whole
    if words.is_first_person:
        return words.count > 2 or (words.count == 2 and (ends or words.is_introduced))
    if words.is_told or words.tells or (words.is_request and ends):
        return words.count > 2 or (words.count == 2 and (ends or words.is_introduced))
    if words.asks or (words.is_whole and words.ends and words.closed):
        # A complete sentence may have no verb: «Отец дома.»
        return words.count > 1
    if words.is_introduced and words.has_verb:
        return words.count > 1
    if words.has_verb or words.is_narrative:
        fewest = 4 if words.has_verb and words.is_narrative else 5
        return words.count >= fewest or (words.count > 2 and ends)
    return words.count >= _FEWEST_WORDS or (ends and words.count > 4) or (words.is_introduced and words.count > 2)
