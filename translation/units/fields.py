"""Labels, help texts and lengths of the fields that strings are in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.encoding import force_str
from wagtail.blocks import Block, CharBlock, FieldBlock, ListBlock, RichTextBlock
from wagtail.fields import RichTextField, StreamField

from core.typed import Translatable
from translation.units.places import place_name


@dataclass(frozen=True)
class Place:
    """A field as the editor shows it. `max_length` is None if there is no limit, and for rich text, where a string
    is only a part of the value. `is_one_line` tells that its value has no line breaks."""

    name: str
    help_text: str = ""
    max_length: int | None = None
    is_one_line: bool = False


def place_of(model: type[Translatable], field_path: str) -> Place:
    """Return label, help text and greatest length of the field at a wagtail-localize field path such as
    `body.questions.items.item.answer`; the label alone if there is no such field."""
    owner, rest = _owner(model, field_path.split("."))
    name = place_name(model, field_path)
    try:
        field = owner._meta.get_field(rest[0])
    except FieldDoesNotExist:
        return Place(name)
    if isinstance(field, StreamField):
        return _of_block(name, field.stream_block, rest[1:])
    limit = None if isinstance(field, RichTextField) else getattr(field, "max_length", None)
    help_text = _panel_help(owner).get(rest[0]) or getattr(field, "help_text", "")
    return Place(name, force_str(help_text), limit, isinstance(field, models.CharField))


def _owner(model: type[models.Model], parts: list[str]) -> tuple[type[models.Model], list[str]]:
    """Return the model that has the field, and the path in it. For a path into child rows, whose first part is the
    name of the relation, that is the related model and the last part."""
    try:
        field = model._meta.get_field(parts[0])
    except FieldDoesNotExist:
        return model, parts
    if isinstance(field, models.ManyToOneRel) and len(parts) > 1:
        return field.related_model, parts[-1:]
    return model, parts


def _of_block(name: str, block: Block, parts: list[str]) -> Place:
    """Return the field of a path within a block, with the label `name`; the label alone if the path leads
    nowhere."""
    for part in parts:
        inner = block.child_block if isinstance(block, ListBlock) else block.child_blocks.get(part)
        if inner is None:
            return Place(name)
        block = inner
    if not isinstance(block, FieldBlock):
        return Place(name, force_str(getattr(block.meta, "help_text", None) or ""))
    limit = None if isinstance(block, RichTextBlock) else getattr(block.field, "max_length", None)
    return Place(name, force_str(block.field.help_text or ""), limit, isinstance(block, CharBlock))


def _panel_help(model: type[models.Model]) -> dict[str, str]:
    """Return the help texts of the model's panels, also of those within other panels, by field name."""
    panels = [*getattr(model, "content_panels", ()), *getattr(model, "panels", ())]
    return {panel.field_name: panel.help_text for panel in _flat(panels) if getattr(panel, "help_text", "")}


def _flat(panels: list[Any]) -> Iterator[Any]:
    """Yield the panels of fields, also those within other panels."""
    for panel in panels:
        if hasattr(panel, "field_name"):
            yield panel
        yield from _flat(list(getattr(panel, "children", ())))
