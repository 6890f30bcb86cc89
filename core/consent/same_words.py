"""Search for withdrawn words in the own text of pages and snippets. Texts are compared like in the publishing
check on quoted passages: without punctuation, case and invisible characters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import models
from wagtail.models import Page

from core.consent.live_text import candidates, draft_of, text_of
from core.consent.rules import ConsentMixin
from core.consent.stores import Subject, keys_showing
from core.internals.wagtail_models import UnpublishAction, UnpublishPageAction
from core.quotations.checks import Found, passages_of, quotes_shown_by
from core.quotations.statements import take_back
from core.quotations.words import bare_words
from core.typed import Translatable

if TYPE_CHECKING:
    Gone = set[tuple[type[models.Model], str]]

FEWEST = 4
"""Number of words from which an equal sentence, or part in quotation marks, is no coincidence."""
RUN = 6
"""Number of equal words in a row that count as a part of the quote without quotation marks."""
LONG = 5
"""Fewest letters of a word that rows are looked up by."""

_SENTENCE = re.compile(r"[.!?…؟۔\r\n]+")


@dataclass(frozen=True)
class Standing:
    """A page or snippet in one language whose own text has the words, live or in the newest draft. `quoted` are
    the passages in quotation marks. Live objects with such passages are unpublished with the withdrawal, except
    for the home page."""

    row: Translatable
    quoted: tuple[Found, ...] = ()

    @property
    def is_unpublished(self) -> bool:
        """Whether the withdrawal unpublishes the object: it is live, quotes the words and is not a home page."""
        return self.row.live and bool(self.quoted) and not (isinstance(self.row, Page) and self.row.is_site_root())


class SameWords:
    """The texts of quotes as a whole, their sentences, and runs of RUN words."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.originals = list(texts)
        self.texts = {bare for text in self.originals if (bare := bare_words(text))}
        self.sentences = {bare_words(each) for text in self.originals for each in sentences_of(text)}
        self.sentences |= {each for each in self.texts if _count(each) > 1}
        self.runs = {run for text in self.texts for run in _runs(text)}

    def stand_in(self, text: str) -> bool:
        """Return whether a normalized text (see `text_of`) contains a whole quote of at least two words, one of
        its sentences of at least FEWEST words, or RUN of its words in a row."""
        return self.repeated_in(text) or not self.runs.isdisjoint(_runs(text))

    def repeated_in(self, text: str) -> bool:
        """Return whether a normalized text contains a whole quote of at least two words, or one of its sentences
        of at least FEWEST words. Words in a row do not count: they may be the name of a day or an office."""
        padded = f" {text} "
        return any(f" {each} " in padded for each in self.sentences)

    def are_quoted(self, found: Found) -> bool:
        """Return whether the publishing check may accept a passage because it is part of these quotes, or has a
        whole quote or sentence of them in it. A part of fewer than FEWEST words counts only if it is a quote in
        the text or a whole quote."""
        words = found.passage.words
        if any(f" {words} " in f" {text} " for text in self.texts):
            return found.is_quote or _count(words) >= FEWEST or words in self.texts
        return any(f" {each} " in f" {words} " for each in self.sentences)

    def pieces(self) -> set[str]:
        """Return the longest word of every FEWEST words in a row, by which rows are looked up; of several, only
        those of at least LONG letters."""
        found = set()
        for text in self.originals:
            words = re.findall(r"[^\W_]+", text)
            windows = [words[at : at + FEWEST] for at in range(max(1, len(words) - FEWEST + 1))]
            longest = {max(window, key=len) for window in windows if window}
            found |= {word for word in longest if len(word) >= LONG} or longest
        return found


def sentences_of(text: str) -> list[str]:
    """Return the sentences of at least FEWEST words."""
    return [part for part in _SENTENCE.split(text) if _count(bare_words(part)) >= FEWEST]


def standing(subjects: Sequence[Subject]) -> list[Standing]:
    """Return the pages and snippets, other than the subjects, that contain the subjects' words, live or in the
    newest draft, and live translations whose passages rely on theirs. Call it before the subjects are masked;
    subjects that are persons are left out."""
    subjects = [each for each in subjects if not each.model.words_are_name]
    words = SameWords([text for each in subjects for text in each.words.texts])
    if not words.texts:
        return []
    gone: Gone = {(each.model, each.key) for each in subjects}
    keys = {key for each in subjects for key in keys_showing(each)}
    found: dict[Translatable, Standing] = {}
    rows = [row for row in candidates(words.pieces(), keys) if (type(row), str(row.translation_key)) not in gone]
    quotes = any(hasattr(each.model, "quoted_words") for each in subjects)
    for row in rows:
        # Drafts too: a live translation may rely on the passages of its source's draft.
        seen = row if row.live else draft_of(row) or row
        quoted = tuple(_quoted(seen, words, gone)) if quotes else ()
        if quoted or words.stand_in(text_of(row)) or words.stand_in(text_of(draft_of(row))):
            found[row] = Standing(row, quoted)
    return list((found | _translations(found)).values())


def take_offline(places: Iterable[Standing], user: User | None) -> int:
    """Unpublish the places whose `is_unpublished` is true, each in its language, and take back statements about
    the passages of all. Return how many were unpublished. Permissions are not checked, so that protecting a person
    does not wait for a publisher."""
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
    """Unpublish a page or snippet without checking permissions."""
    action = UnpublishPageAction if isinstance(row, Page) else UnpublishAction
    action(row, user=user).execute(skip_permission_checks=True)


def _quoted(row: Translatable, words: SameWords, gone: "Gone") -> Iterator[Found]:
    """Yield the passages of an object that are part of these words and of no other quote with valid consent."""
    hits = [each for each in passages_of(row) if words.are_quoted(each)]
    if not hits:
        return
    others = [
        f" {bare_words(getattr(quote, 'quoted_words', ''))} "
        for quote in quotes_shown_by(row)
        if isinstance(quote, ConsentMixin)
        and (type(quote), str(quote.translation_key)) not in gone
        and quote.consent_holds()
    ]
    for each in hits:
        if not any(f" {each.passage.words} " in other for other in others):
            yield each


def _translations(found: dict[Translatable, Standing]) -> dict[Translatable, Standing]:
    """Return the live translations of objects in `found` whose passages rely on the found passages of the source,
    by row."""
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
    """Return each RUN words in a row."""
    words = text.split()
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
