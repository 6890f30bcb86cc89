"""Find words in stored texts and mask them: in plain text, rich text, and JSON with streams as JSON inside."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from core.quotations.words import visible
from core.typed import Translatable

MASK = "[withdrawn]"
SHORTEST = 8
"""Characters. What is shorter, such as "Yes.", is masked only where nothing else stands."""
LOOKED_UP = 3
"""Words of a text by which rows are looked up."""
HEAD = 40
"""Characters by which a shortened copy of the words is recognised, such as a title that ends in "…"."""

# What nobody sees within a word: soft hyphens and the like, as characters or in HTML's notation, and mark-up.
_WITHIN = (
    r"(?:<[^<>]*>|[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
    r"|&(?:shy|zwnj|zwj|ZeroWidthSpace|lrm|rlm|NoBreak|#0*173|#x0*ad|#0*820[3-7]|#x0*200[b-f]);)*+"
)
# Spaces, marks, mark-up and characters in HTML's notation, which the publishing check does not compare either.
_BETWEEN = r"(?:<[^<>]*>|&#?\w{1,31};|[^\w<&]|_|<(?![^<>]*>)|&(?!#?\w{1,31};))++"
_WORD = re.compile(r"[^\W_]+")
# Masked, the slug in an old version could not be saved again; the withdrawal of a person lists addresses.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


class Words:
    """Texts to be found in others. Spaces, marks and mark-up between words and the case of letters make no
    difference."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        stripped = {" ".join(text.split()) for text in texts}
        self.texts = sorted(stripped - {"", MASK}, key=len, reverse=True)

    def __bool__(self) -> bool:
        return bool(self.texts)

    @cached_property
    def _whole(self) -> re.Pattern[str] | None:
        return _any(_pattern(text) for text in self.texts if len(text) >= SHORTEST)

    @cached_property
    def _heads(self) -> re.Pattern[str] | None:
        return _any(_pattern(text[:HEAD], open_end=True) for text in self.texts if len(text) >= SHORTEST)

    def in_text(self, text: str) -> bool:
        return bool(self._whole and self._whole.search(text)) or " ".join(text.split()) in self.texts

    def masked(self, value: object) -> object:
        """Return the value with the words replaced, everything else as it is. Values of JSON are searched."""
        return _walk(value, self._mask_words)

    def masked_wholly(self, value: object) -> object:
        """Return the value where each text that quotes the words, if only their beginning, is replaced as a whole:
        for titles and messages."""
        return _walk(value, self._mask_text)

    def found_in(self, value: object) -> bool:
        return self.masked(value) != value

    def _mask_words(self, text: str) -> str:
        if " ".join(text.split()) in self.texts:
            return MASK
        if self._whole is None or _SLUG.fullmatch(text):
            return text
        return self._whole.sub(MASK, text)

    def _mask_text(self, text: str) -> str:
        if " ".join(text.split()) in self.texts or (self._heads and self._heads.search(text)):
            return MASK
        return text

    def rows(self, queryset: models.QuerySet[Any], *fields: str) -> Iterator[Translatable]:
        """Yield the rows that may have the words in these fields, text or JSON, for a closer look."""
        pieces = {piece for text in self.texts for word in _long_words(text) for piece in _forms(word)}
        if not pieces:
            return
        condition = models.Q()
        for field in fields:
            for piece in pieces:
                condition |= models.Q(**{f"raw_{field}__icontains": piece})
        raw = {f"raw_{field}": Cast(field, models.TextField()) for field in fields}
        yield from queryset.annotate(**raw).filter(condition).iterator(chunk_size=50)


def mask_columns(queryset: models.QuerySet[Any], fields: Iterable[str], words: Words) -> int:
    """Mask texts that quote the words, wholly. Return how many rows were changed."""
    changed = 0
    for row in list(words.rows(queryset, *fields)):
        new = {name: words.masked_wholly(getattr(row, name)) for name in fields}
        if any(getattr(row, name) != value for name, value in new.items()):
            type(row)._base_manager.filter(pk=row.pk).update(**new)
            changed += 1
    return changed


def _any(patterns: Iterable[str]) -> re.Pattern[str] | None:
    found = list(patterns)
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def _pattern(text: str, open_end: bool = False) -> str:
    words = [_WITHIN.join(word) for word in _WORD.findall(visible(text))] or [re.escape(text)]
    return r"(?<!\w)" + _BETWEEN.join(words) + ("" if open_end else r"(?!\w)")


def _long_words(text: str) -> list[str]:
    """Of its beginning, which shortened copies have as well; several, for mark-up may stand within one of them."""
    beginning = text if len(text) <= HEAD else text[:HEAD].rpartition(" ")[0]
    return sorted(set(re.findall(r"\w+", beginning)), key=len, reverse=True)[:LOOKED_UP]


def _forms(text: str) -> set[str]:
    """As it stands in a text, in JSON, and in JSON within JSON."""
    once = json.dumps(text)[1:-1]
    return {text, once, json.dumps(once)[1:-1]} - {""}


def _walk(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, dict):
        return {key: _walk(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(each, change) for each in value]
    if not isinstance(value, str):
        return value
    if value[:1] in ("[", "{"):
        try:
            inner = json.loads(value)
        except ValueError:
            return change(value)
        new = _walk(inner, change)
        return value if new == inner else json.dumps(new)
    return change(value)
