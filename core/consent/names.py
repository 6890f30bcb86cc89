"""Search for the name of a person in titles, slugs and texts, also inflected, in reversed order, with initials or
in another script."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from core.addresses.slugs import ascii_slug
from core.consent import sounds
from core.consent.live_text import candidates, draft_of, files
from core.consent.stores import Subject
from core.quotations.texts import texts_of
from core.quotations.words import fold, visible
from core.typed import Translatable

SHORTEST_STEM = 4
LONGEST_ENDING = 3
"""Number of letters that inflection adds to a name or changes at its end."""
APART = 3
"""Greatest distance in words between two parts of a name."""

_WORD = re.compile(r"[^\W_]+")


Same = Callable[[str, str], bool]
"""A function that returns whether a word of a text (first) is a form of a part of the name (second)."""

_vocabularies: list[Callable[[], Iterable[str]]] = []


def register_vocabulary(words: Callable[[], Iterable[str]]) -> None:
    """Register a function that yields each word of the public texts. Among these words a name's spellings in other
    scripts are looked up."""
    if words not in _vocabularies:
        _vocabularies.append(words)


@dataclass(frozen=True)
class Named:
    """A page or snippet in one language, an image or a document that contains the name. `in_title`: readers see
    the name in a live title or slug, or in the title or alternative text of a file. `in_credit`: only the credit
    of an image has the name."""

    row: Translatable
    in_title: bool
    in_credit: bool = False


class Names:
    """The names of one person in all languages, and their spellings in slugs."""

    def __init__(self, names: Iterable[str]) -> None:
        written = list(names)
        written += [slug.replace("-", " ") for name in written if (slug := ascii_slug(name))]
        self.names = [parts for name in written if (parts := _tokens(name))]

    def stand_in(self, text: str) -> bool:
        """Return whether a text contains one of the names, also inflected, in the same script: two parts of a name
        at most APART words from each other (one may be an initial), or the only part of a name of one word."""
        tokens = _tokens(text)
        return any(_has(tokens, parts, _is_form) for parts in self.names)

    def may_stand_in(self, text: str) -> bool:
        """Return whether a text contains one of the names, in the same script or possibly in another one, where
        names of one word with few consonants are not looked for."""
        if self.stand_in(text):
            return True
        tokens = _tokens(text)
        return any(_has(tokens, parts, sounds.may_be_the_same) for parts in self.names if _is_telling(parts))

    def title_is(self, name: str) -> bool:
        """Return whether the name of another object, such as an organisation, contains, also inflected, one of the
        names of at least two words. A single word would match too many other things."""
        tokens = _tokens(name)
        return any(_has(tokens, parts, _is_form) for parts in self.names if len(parts) > 1)

    def pieces(self) -> set[str]:
        """Return parts of words by which rows that may contain the name are looked up: the beginnings of its
        parts, and the words of the registered vocabularies that may be one of its parts in another script."""
        parts = {part for parts in self.names for part in parts if len(part) > 1}
        found = {_stem(part.lower()) for part in parts}
        words = {word for vocabulary in _vocabularies for word in vocabulary()}
        return found | {word for word in words for part in parts if sounds.may_be_the_same(word, part)}


def pages_with_name(subject: Subject) -> list[Named]:
    """Return the pages and snippets in all languages, live or drafts, the images and the documents that contain
    the name of a person, those with the name in a live title or slug, a file's title or a credit first. The
    person's own rows are left out. Return an empty list for a subject that is no person."""
    if not subject.model.words_are_name:
        return []
    names = Names(subject.words.texts)
    pieces = names.pieces()
    found = []
    for row in candidates(pieces):
        if isinstance(row, subject.model) and str(row.translation_key) == subject.key:
            continue
        in_title = row.live and _in_title(names, row)
        if in_title or any(names.may_stand_in(text) for each in (row, draft_of(row)) for text in _texts(each)):
            found.append(Named(row, in_title))
    for file in files(pieces):
        texts, credit = [file.title, *getattr(file, "alt_texts", {}).values()], getattr(file, "credit", "")
        if any(names.may_stand_in(text) for text in (*texts, credit)):
            in_title = any(names.stand_in(text) for text in texts)
            found.append(Named(file, in_title, in_credit=not in_title and names.stand_in(credit)))
    return sorted(found, key=lambda each: not (each.in_title or each.in_credit))


def _in_title(names: Names, row: Translatable) -> bool:
    if any(names.stand_in(text) for text in _titles(row)):
        return True
    # Another person's record may have the same name.
    return not getattr(row, "words_are_name", False) and names.title_is(getattr(row, "name", ""))


def _titles(row: Translatable) -> Iterator[str]:
    for name in ("title", "seo_title", "slug"):
        yield getattr(row, name, "") or ""


def _texts(row: Translatable | None) -> Iterator[str]:
    if row is None:
        return
    yield from _titles(row)
    yield getattr(row, "name", "")
    yield getattr(row, "quoted_words", "")
    for paragraphs in texts_of(row):
        yield from (paragraph.text for paragraph in paragraphs)


def _tokens(text: str) -> list[str]:
    return _WORD.findall(visible(text))


def _stem(part: str) -> str:
    """Return the beginning of a name's part that inflection leaves as it is: without its last LONGEST_ENDING
    letters, but at least SHORTEST_STEM letters."""
    return part[: max(SHORTEST_STEM, len(part) - LONGEST_ENDING)]


def _is_form(token: str, part: str) -> bool:
    token, part = fold(token), fold(part)
    return token.startswith(_stem(part)) and len(token) <= len(part) + LONGEST_ENDING


def _is_initial(token: str, part: str) -> bool:
    return len(token) == 1 and not token.islower() and fold(token) == fold(part)[:1]


def _is_telling(parts: list[str]) -> bool:
    """Return whether the name can be recognised in another script: it has several parts, or more than
    `sounds.FEWEST` consonants."""
    if len(parts) > 1:
        return True
    return len(sounds.consonants(parts[0], with_arabic=False)) > sounds.FEWEST


def _has(tokens: list[str], parts: list[str], same: Same) -> bool:
    """Return whether two parts of a name (the other may be an initial) are at most APART words from each other in
    `tokens`; for a name of one part, whether that occurs. `same` compares a token with a part."""
    if len(parts) == 1:
        return any(same(token, parts[0]) for token in tokens)
    for at, token in enumerate(tokens):
        for known in (part for part in parts if len(part) > 1 and same(token, part)):
            near = tokens[max(0, at - APART) : at] + tokens[at + 1 : at + 1 + APART]
            others = [part for part in parts if part != known]
            if any(same(other, part) or _is_initial(other, part) for other in near for part in others):
                return True
    return False
