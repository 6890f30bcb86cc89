"""Find words in stored texts and mask them: in plain text, rich text, and JSON with streams as JSON inside."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from core.quotations.words import visible

MASK = "[withdrawn]"
SHORTEST = 8
"""Characters. A shorter text, such as "Yes.", is masked only where it is the whole value."""
LOOKED_UP = 3
"""Number of words of a text that rows are looked up by."""
HEAD = 40
"""Number of characters by which a truncated copy is recognised, such as a title that ends in "…"."""

# What is invisible within a word: soft hyphens and the like, as characters or as HTML entities, and tags.
_WITHIN = (
    r"(?:<[^<>]*>|[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
    r"|&(?:shy|zwnj|zwj|ZeroWidthSpace|lrm|rlm|NoBreak|#0*173|#x0*ad|#0*820[3-7]|#x0*200[b-f]);)*+"
)
# Spaces, punctuation, tags and HTML entities, which the publishing check does not compare either.
_BETWEEN = r"(?:<[^<>]*>|&#?\w{1,31};|[^\w<&]|_|<(?![^<>]*>)|&(?!#?\w{1,31};))++"
_WORD = re.compile(r"[^\W_]+")
# Slugs are left alone: an old version with a masked slug could not be saved again. The withdrawal of a person
# reports slugs with the name instead.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


class Words:
    """Texts to find and mask in stored values, ignoring case and the spaces, punctuation and tags between
    words."""

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
        """Return whether a text contains the words. Words of fewer than SHORTEST characters must be the whole
        text."""
        return bool(self._whole and self._whole.search(text)) or " ".join(text.split()) in self.texts

    def masked(self, value: object) -> object:
        """Return a value with only the words replaced by MASK. Lists, dicts and nested JSON strings are searched.
        Slugs stay as they are; words of fewer than SHORTEST characters are replaced only if they are the whole
        string."""
        return _walk(value, self._mask_words)

    def masked_wholly(self, value: object) -> object:
        """Return a value in which each string that contains the words, or begins them (HEAD characters), is
        replaced by MASK as a whole; words of fewer than SHORTEST characters only if they are the whole string. For
        titles and messages."""
        return _walk(value, self._mask_text)

    def found_in(self, value: object) -> bool:
        """Return whether `masked` would change the value."""
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

    def rows(self, queryset: models.QuerySet[Any], *fields: str) -> Iterator[Any]:
        """Yield the rows that may have the words in one of these fields (text or JSON), found by the longest words
        of each text. The caller must check them. Yield nothing if there are no words."""
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
    """Replace by MASK, as a whole, each text in these fields that contains the words. Return how many rows were
    changed. Rows are updated without signals."""
    changed = 0
    for row in list(words.rows(queryset, *fields)):
        new = {name: words.masked_wholly(getattr(row, name)) for name in fields}
        if any(getattr(row, name) != value for name, value in new.items()):
            type(row)._base_manager.filter(pk=row.pk).update(**new)
            changed += 1
    return changed


def _any(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """Return one pattern that matches any of `patterns`, or None if there are none."""
    found = list(patterns)
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def _pattern(text: str, open_end: bool = False) -> str:
    """Return a regular expression for a text. With `open_end` its last word may go on."""
    words = [_WITHIN.join(word) for word in _WORD.findall(visible(text))] or [re.escape(text)]
    return r"(?<!\w)" + _BETWEEN.join(words) + ("" if open_end else r"(?!\w)")


def _long_words(text: str) -> list[str]:
    """Return the LOOKED_UP longest words of the text's first HEAD characters, which truncated copies have as well.
    Several words, because one of them may be split by tags."""
    beginning = text if len(text) <= HEAD else text[:HEAD].rpartition(" ")[0]
    return sorted(set(re.findall(r"\w+", beginning)), key=len, reverse=True)[:LOOKED_UP]


def _forms(text: str) -> set[str]:
    """Return the spellings of a word in text, in JSON, and in JSON nested in JSON."""
    once = json.dumps(text)[1:-1]
    return {text, once, json.dumps(once)[1:-1]} - {""}


def _walk(value: object, change: Callable[[str], str]) -> object:
    """Return a value with `change` applied to each string in it, including strings within nested JSON."""
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
