"""Division of a page into the parts that a copy of it takes over."""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail.models import Page

from core.internals.django import Truncator, date_format
from core.internals.wagtail_models import StreamValue

END_OF_SENTENCE = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br\s*/?>|\n|(?<=[.!?…؟])\s+")
FEWEST_WORDS = 3
"""The least number of words of a text in a block that is checked. Shorter ones, such as the name of a place, may
occur on any page; texts with digits are always checked."""
FIELDS_OF_PAGE = frozenset({"title", "seo_title", "search_description"})
"""The fields of Wagtail's `Page` that are checked. The others hold its place in the tree, dates and the like."""


@dataclass(frozen=True)
class Part:
    """The smallest unit that is taken over: a whole field, or in a block a sentence, a date or the chosen
    objects."""

    field: str
    block: str
    """The id of the top-level block, or "" for a plain field."""
    where: str
    text: str
    shown: str = ""
    """The text that an editor sees, if it differs from `text`."""

    @property
    def digest(self) -> str:
        """Return a SHA-256 of field and words that stays the same when only spaces, letter case, punctuation or
        markup change."""
        words = re.findall(r"\w+", unicodedata.normalize("NFKC", strip_tags(self.text)).casefold())
        return hashlib.sha256(" ".join([self.field, *words]).encode()).hexdigest()

    @property
    def excerpt(self) -> str:
        """Return the first 120 characters of the text that an editor sees, without markup."""
        return Truncator(strip_tags(self.shown or self.text)).chars(120)


def parts_of(page: Page) -> list[Part]:
    """Return the parts of a page: its texts, dates and numbers, and in streams those of the blocks, where
    sentences of fewer than FEWEST_WORDS words without a digit are left out."""
    found = []
    for field in fields_of(type(page)):
        value, label = getattr(page, field.name), str(field.verbose_name)
        if isinstance(value, StreamValue):
            for block, raw in zip(value, value.get_prep_value(), strict=True):
                where = f"{label} › {block.block.label}"
                found += [Part(field.name, raw["id"], where, text) for text in _texts(raw["value"])]
        elif isinstance(value, datetime.date):
            found.append(Part(field.name, "", label, value.isoformat(), date_format(value)))
        elif value:
            found.append(Part(field.name, "", label, str(value)))
    return [part for part in found if any(character.isalnum() for character in part.text)]


def fields_of(model: type[Page]) -> list["models.Field[Any, Any]"]:
    """Return the fields of a page type whose content somebody types: texts, numbers and dates, but no choices,
    relations, or fields that copying excludes; of Wagtail's own fields FIELDS_OF_PAGE."""
    excluded = {*model.exclude_fields_in_copy, *(field.name for field in Page._meta.concrete_fields)}
    excluded -= FIELDS_OF_PAGE
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in excluded
        and field.editable
        and not field.choices
        and not field.is_relation
        and not isinstance(field, (models.BooleanField, models.AutoField))
    ]


def _texts(value: object) -> Iterator[str]:
    """Yield the texts of the parts of a block's raw value, at any depth; a list of numbers, such as chosen
    objects, is one part."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        items = [item["value"] if isinstance(item, dict) and "value" in item else item for item in value]
        if items and all(isinstance(item, int) for item in items):
            yield " ".join(map(str, items))
        else:
            for item in items:
                yield from _texts(item)
    elif isinstance(value, datetime.date | datetime.time):
        # Of a block that has been read or comes from a form; in the database these are texts.
        yield value.isoformat()
    elif isinstance(value, Decimal):
        yield str(value)
    elif isinstance(value, str):
        yield from filter(_says_something, END_OF_SENTENCE.split(value))


def _says_something(text: str) -> bool:
    """Return whether a text has at least `FEWEST_WORDS` words or a digit."""
    words = strip_tags(text).split()
    return len(words) >= FEWEST_WORDS or any(character.isdigit() for character in text)
