"""Recognition of the quotes of a story with their speakers, and of themes in quotation marks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from campaigns.importer.attributions import (
    Attribution,
    finished,
    is_theme,
    join,
    said_after,
    said_before,
    said_inside,
    said_on_own_line,
)
from campaigns.importer.draft import DraftQuote, Speaker
from campaigns.importer.stretches import Stretch, stretches
from core.quotations.marks import Quoted, quotations

MOST_QUOTES = 50
MOST_PASSAGES = 500
FEWEST_WORDS = 3
FEWEST_WORDS_ALONE = 6


def find_quotes(paragraphs: Sequence[str]) -> tuple[list[DraftQuote], list[str]]:
    """Return the first MOST_QUOTES quotes of a story, also those without a known speaker, and its themes."""
    finder = _Finder(paragraphs)
    for stretch in stretches(paragraphs):
        if len(finder.quotes) < MOST_QUOTES:
            finder.read(stretch)
    quotes = [replace(quote, text=finished(quote.text)) for quote in finder.quotes[:MOST_QUOTES]]
    return quotes, finder.themes


@dataclass
class _Finder:
    """The quotes and themes found so far, and the last speaker, to whom a pronoun refers."""

    paragraphs: Sequence[str]
    quotes: list[DraftQuote] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    last_speaker: Speaker = field(default_factory=Speaker)

    def read(self, stretch: Stretch) -> None:
        """Add the quotes and themes of a stretch. A passage that directly follows another one and has no
        attribution, or one by a pronoun, is joined to it. Passages that are neither attributed nor like speech are
        left out."""
        text = stretch.text
        found = [passage for passage in quotations(text) if passage.closed][:MOST_PASSAGES]
        reached, goes_on = -1, False
        for number, passage in enumerate(found):
            before = text[found[number - 1].end if number else 0 : passage.start]
            after = text[passage.end : found[number + 1].start if number + 1 < len(found) else len(text)]
            words, attribution = self._attributed(passage, before, after)
            follows = reached >= 0 and not text[reached : passage.start].strip()
            end = passage.end + (attribution.end if attribution else 0)
            if follows and (attribution is None or attribution.pronoun) and not is_theme(before):
                whole = join(self.quotes[-1].text, words, goes_on)
                self.quotes[-1] = replace(self.quotes[-1], text=whole, end=end)
            elif attribution and _word_count(words) >= FEWEST_WORDS:
                self._add(words, attribution, stretch.position, passage.start - attribution.back, end)
            elif is_theme(before):
                self.themes.append(finished(words).rstrip("."))
                continue
            elif not self._add_unattributed(passage, words, before, stretch):
                continue
            reached = end
            goes_on = attribution is not None and attribution.goes_on

    def _attributed(self, passage: Quoted, before: str, after: str) -> tuple[str, Attribution | None]:
        """Return the words of a passage, and its attribution inside, after or before it, in this order, or None.
        For a theme the text before it is not searched."""
        if inside := said_inside(passage.text):
            return inside
        told_after = said_after(passage.text, after)
        if told_after or is_theme(before):
            return passage.text, told_after
        return passage.text, said_before(before)

    def _add(
        self, words: str, attribution: Attribution, position: int, start: int, end: int, signed: bool = False
    ) -> None:
        speaker = attribution.speaker
        if attribution.pronoun:
            speaker = replace(self.last_speaker, attribution=speaker.attribution)
        self.last_speaker = speaker
        self.quotes.append(DraftQuote(words, speaker, position, start, end, signed))

    def _add_unattributed(self, passage: Quoted, words: str, before: str, stretch: Stretch) -> bool:
        """Add a passage that begins a sentence and reads like speech, and return whether it was added. If it is
        the whole stretch and the next line is an attribution, this gives the speaker; otherwise the speaker is
        unknown."""
        stands_alone = not before.strip() or before.rstrip()[-1] in ".!?…"
        if not (stands_alone and _reads_as_speech(words)):
            return False
        is_whole = passage.start == 0 and passage.end == len(stretch.text)
        following = stretch.position + stretch.count
        if (
            is_whole
            and following < len(self.paragraphs)
            and (signed := said_on_own_line(self.paragraphs[following]))
        ):
            self._add(words, signed, stretch.position, passage.start, passage.end, signed=True)
        else:
            self.quotes.append(DraftQuote(words, Speaker(), stretch.position, passage.start, passage.end))
        return True


def _word_count(text: str) -> int:
    return len(text.split())


def _reads_as_speech(words: str) -> bool:
    """Return whether the words are a sentence and not a title: at least FEWEST_WORDS_ALONE words, with a stop at
    the end and no lower-case start, at most half of them capitalised."""
    parts = words.split()
    if len(parts) < FEWEST_WORDS_ALONE or words[-1] not in ".!?…" or words[0].islower():
        return False
    return sum(part[0].isupper() for part in parts) <= len(parts) / 2
