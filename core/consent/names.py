"""Find where the name of a person stands in titles, addresses and texts, also inflected, reversed or with
initials."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from core.consent.live_text import candidates, draft_of
from core.consent.stores import Subject
from core.quotations.texts import texts_of
from core.quotations.words import fold, visible
from core.slugs import ascii_slug

SHORTEST_STEM = 4
LONGEST_ENDING = 3
"""Letters that endings of the languages add to a name or change."""
APART = 3
"""Words over which the parts of a name may stand."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Named:
    """A page or snippet in one language that has the name; `in_title` where readers see it in title or address."""

    row: models.Model
    in_title: bool


class Names:
    """The names of one person in all languages, and as they are written in addresses."""

    def __init__(self, names: Iterable[str]) -> None:
        written = list(names)
        written += [slug.replace("-", " ") for name in written if (slug := ascii_slug(name))]
        self.names = [parts for name in written if (parts := _tokens(name))]

    def stand_in(self, text: str) -> bool:
        tokens = _tokens(text)
        return any(_has(tokens, parts) for parts in self.names)

    def pieces(self) -> set[str]:
        return {_stem(part.lower()) for parts in self.names for part in parts if len(part) > 1}


def pages_with_name(subject: Subject) -> list[Named]:
    """Return the rows in all languages, live and drafts, those with the name in a live title or address first."""
    if not subject.model.words_are_name:
        return []
    names = Names(subject.words.texts)
    found = []
    for row in candidates(names.pieces()):
        if isinstance(row, subject.model) and str(row.translation_key) == subject.key:
            continue
        in_title = row.live and any(names.stand_in(text) for text in _titles(row))
        if in_title or any(names.stand_in(text) for version in (row, draft_of(row)) for text in _texts(version)):
            found.append(Named(row, in_title))
    return sorted(found, key=lambda each: not each.in_title)


def _titles(row: models.Model) -> Iterator[str]:
    for name in ("title", "seo_title", "slug"):
        yield getattr(row, name, "") or ""


def _texts(row: models.Model | None) -> Iterator[str]:
    if row is None:
        return
    yield from _titles(row)
    yield getattr(row, "quoted_words", "")
    for paragraphs in texts_of(row):
        yield from (paragraph.text for paragraph in paragraphs)


def _tokens(text: str) -> list[str]:
    return _WORD.findall(visible(text))


def _stem(part: str) -> str:
    return part[: max(SHORTEST_STEM, len(part) - LONGEST_ENDING)]


def _is_form(token: str, part: str) -> bool:
    token, part = fold(token), fold(part)
    return token.startswith(_stem(part)) and len(token) <= len(part) + LONGEST_ENDING


def _is_initial(token: str, part: str) -> bool:
    return len(token) == 1 and not token.islower() and fold(token) == fold(part)[:1]


def _has(tokens: list[str], parts: list[str]) -> bool:
    if len(parts) == 1:
        return any(_is_form(token, parts[0]) for token in tokens)
    for at, token in enumerate(tokens):
        for known in (part for part in parts if len(part) > 1 and _is_form(token, part)):
            near = tokens[max(0, at - APART) : at] + tokens[at + 1 : at + 1 + APART]
            others = [part for part in parts if part != known]
            if any(_is_form(other, part) or _is_initial(other, part) for other in near for part in others):
                return True
    return False
