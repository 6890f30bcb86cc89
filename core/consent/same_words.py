"""Find where withdrawn words also stand in the own text of pages and snippets, compared as the publishing check on
quoted passages compares them: without marks, capitals and what cannot be seen."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from core.consent.live_text import candidates, draft_of, text_of
from core.consent.stores import Subject, keys_showing
from core.quotations.checks import Found, passages_of, quotes_shown_by
from core.quotations.statements import take_back
from core.quotations.words import bare_words
from core.typed import Translatable

FEWEST = 4
"""Words of a sentence, or of a part in quotation marks, that are told from chance."""
RUN = 6
"""Words in a row that are taken for a part of the quote where no marks stand."""
LONG = 5
"""Letters of a word by which rows are looked up."""

_SENTENCE = re.compile(r"[.!?…؟۔\r\n]+")


@dataclass(frozen=True)
class Standing:
    """A page or snippet in one language whose own text has the words, live or in the newest draft. It is
    unpublished with the withdrawal where readers see them in quotation marks; the front page never is."""

    row: Translatable
    quoted: tuple[Found, ...] = ()

    @property
    def is_unpublished(self) -> bool:
        return self.row.live and bool(self.quoted) and not (isinstance(self.row, Page) and self.row.is_site_root())


class SameWords:
    """The words of quotes, whole and in parts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.originals = list(texts)
        self.texts = {bare for text in self.originals if (bare := bare_words(text))}
        sentences = {bare_words(part) for text in self.originals for part in _SENTENCE.split(text)}
        self.sentences = {each for each in sentences if _count(each) >= FEWEST}
        self.sentences |= {each for each in self.texts if _count(each) > 1}
        self.runs = {run for text in self.texts for run in _runs(text)}

    def stand_in(self, text: str) -> bool:
        padded = f" {text} "
        return any(f" {each} " in padded for each in self.sentences) or not self.runs.isdisjoint(_runs(text))

    def are_quoted(self, found: Found) -> bool:
        """Whether the check may have accepted the passage because of these words, or would accept it."""
        words = found.passage.words
        if any(f" {words} " in f" {text} " for text in self.texts):
            return found.is_quote or _count(words) >= FEWEST or words in self.texts
        return any(f" {each} " in f" {words} " for each in self.sentences)

    def pieces(self) -> set[str]:
        """Return a long word of each few words in a row, for looking up rows."""
        found = set()
        for text in self.originals:
            words = re.findall(r"[^\W_]+", text)
            windows = [words[at : at + FEWEST] for at in range(max(1, len(words) - FEWEST + 1))]
            longest = {max(window, key=len) for window in windows if window}
            found |= {word for word in longest if len(word) >= LONG} or longest
        return found


def standing(subjects: Sequence[Subject]) -> list[Standing]:
    """Return where the words of quotes stand besides these quotes, before they are withdrawn."""
    subjects = [each for each in subjects if not each.model.words_are_name]
    words = SameWords([text for each in subjects for text in each.words.texts])
    if not words.texts:
        return []
    gone = {(each.model, each.key) for each in subjects}
    keys = {key for each in subjects for key in keys_showing(each)}
    found: dict[Translatable, Standing] = {}
    rows = [row for row in candidates(words.pieces(), keys) if (type(row), str(row.translation_key)) not in gone]
    quotes = any(hasattr(each.model, "quoted_words") for each in subjects)
    for row in rows:
        # Of a draft as well: a translation that is live may be settled by it.
        seen = row if row.live else draft_of(row) or row
        quoted = tuple(_quoted(seen, words, gone)) if quotes else ()
        if quoted or words.stand_in(text_of(row)) or words.stand_in(text_of(draft_of(row))):
            found[row] = Standing(row, quoted)
    return list((found | _translations(found)).values())


def take_offline(places: Iterable[Standing], user: User | None) -> int:
    """Unpublish them, each in its language, and ask again for what was stated on these passages before. Return how
    many. Without asking for the right to unpublish: protecting a person waits for no publisher."""
    count = 0
    for place in places:
        for found in place.quoted:
            if found.statement:
                take_back(place.row, found.digest, user)
        if place.is_unpublished:
            unpublish(place.row, user)
            count += 1
    return count


def unpublish(row: Translatable, user: User | None) -> None:
    action = UnpublishPageAction if isinstance(row, Page) else UnpublishAction
    action(row, user=user).execute(skip_permission_checks=True)


def _quoted(row: Translatable, words: SameWords, gone: set[Any]) -> Iterator[Found]:
    hits = [each for each in passages_of(row) if words.are_quoted(each)]
    if not hits:
        return
    others = [
        f" {bare_words(quote.quoted_words)} "
        for quote in quotes_shown_by(row)
        if (type(quote), str(quote.translation_key)) not in gone and quote.consent_holds()
    ]
    for each in hits:
        if not any(f" {each.passage.words} " in other for other in others):
            yield each


def _translations(found: dict[Translatable, Standing]) -> dict[Translatable, Standing]:
    """Of a page whose source has the words: the passages that those of the source settle."""
    more: dict[Translatable, Standing] = {}
    for row, place in found.items():
        digests = {each.digest for each in place.quoted}
        if not digests:
            continue
        for other in type(row)._base_manager.filter(translation_key=row.translation_key).exclude(pk=row.pk):
            known = found.get(other, Standing(other)).quoted
            taken = [each for each in passages_of(other) if each.source in digests] if other.live else []
            if quoted := tuple(dict.fromkeys((*known, *taken))):
                more[other] = Standing(other, quoted)
    return more


def _count(words: str) -> int:
    return len(words.split())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
