"""Divides a page into the parts that a copy of it takes over."""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.blocks import StreamValue
from wagtail.models import Page

END_OF_SENTENCE = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br\s*/?>|\n|(?<=[.!?…؟])\s+")
FEWEST_WORDS = 3
"""A shorter text of a block, such as the name of a place, may stand on any page, unless it has a number."""
FIELDS_OF_PAGE = frozenset({"title", "seo_title", "search_description"})
"""Those of Wagtail's own; the others say where and when a page stands."""


@dataclass(frozen=True)
class Part:
    """A field, or of a block a sentence, a date, or the objects that somebody picked."""

    field: str
    block: str
    """The id of the top block, empty for a plain field."""
    where: str
    text: str
    shown: str = ""
    """The text for an editor, where it differs."""

    @property
    def digest(self) -> str:
        """Return a SHA-256 that stays the same when only spaces, letter case, punctuation or markup change."""
        words = re.findall(r"\w+", unicodedata.normalize("NFKC", strip_tags(self.text)).casefold())
        return hashlib.sha256(" ".join([self.field, *words]).encode()).hexdigest()

    @property
    def excerpt(self) -> str:
        return Truncator(strip_tags(self.shown or self.text)).chars(120)


def parts_of(page: Page) -> list[Part]:
    """Return the parts of the texts, dates and numbers of a page; in streams those of their blocks."""
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


def fields_of(model: type[Page]) -> list[models.Field]:
    """Return the fields that hold content which somebody typed: no choices, which are the same for many pages."""
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
    """Yield the texts of the parts of a block's raw value."""
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
    elif isinstance(value, str):
        yield from filter(_says_something, END_OF_SENTENCE.split(value))


def _says_something(text: str) -> bool:
    words = strip_tags(text).split()
    return len(words) >= FEWEST_WORDS or any(character.isdigit() for character in text)
