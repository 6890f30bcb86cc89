"""All texts of an object that readers may see, found by the types of its fields and blocks, so that new fields and
blocks are included without being listed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText

from core.internals.wagtail_models import COMMENTS_RELATION_NAME
from core.typed import Translatable

_BLOCK_TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote div section article figure figcaption table tr td th hr pre"
    " aside".split()
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*>|<!--.*?-->", re.DOTALL)
_LINES = re.compile(r"[\r\n\v\f\u2028\u2029]+")
_NOT_TEXT_FIELDS = (models.SlugField, models.URLField, models.EmailField, models.FilePathField)
_NOT_TEXT_BLOCKS = (
    blocks.URLBlock,
    blocks.EmailBlock,
    blocks.ChoiceBlock,
    blocks.MultipleChoiceBlock,
    blocks.ChooserBlock,
)


@dataclass(frozen=True)
class Paragraph:
    """A line of text with its place: field (or child relation), path of blocks, and `where`, their names for an
    editor. `number` counts the paragraphs of one value; lines of the same paragraph share it, so that it is the
    same in a translation."""

    text: str
    field: str
    block_path: tuple[str, ...] = ()
    where: str = ""
    number: int = 0


def texts_of(subject: Translatable) -> Iterator[list[Paragraph]]:
    """Yield lists of consecutive paragraphs: one list for each text field or stream of the object and each text
    field of a child row, except comments. The list of a stream contains the paragraphs of all its blocks."""
    for field in subject._meta.concrete_fields:
        if isinstance(field, StreamField):
            yield list(_of_stream(field, getattr(subject, field.name)))
        elif _is_text(subject, field):
            value = getattr(subject, field.name) or ""
            yield list(_of_value(value, isinstance(field, RichTextField), field.name, (), str(field.verbose_name)))
    for relation in get_all_child_relations(subject):
        name = relation.get_accessor_name()
        if name != COMMENTS_RELATION_NAME:
            yield from _of_children(subject, name)


def _of_children(subject: Translatable, name: str) -> Iterator[list[Paragraph]]:
    for row in getattr(subject, name).all():
        for field in row._meta.concrete_fields:
            if _is_text(row, field):
                value = getattr(row, field.name) or ""
                where = f"{row._meta.verbose_name} › {field.verbose_name}"
                yield list(_of_value(value, isinstance(field, RichTextField), name, (), where))


def _is_text(subject: models.Model, field: "models.Field[Any, Any]") -> bool:
    """Return whether a field holds text that an editor types and readers see. Slugs, addresses, fields with
    choices or not editable, and the model's `quoted_fields` do not."""
    return (
        isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, _NOT_TEXT_FIELDS)
        and field.editable
        and not field.choices
        and field.name not in getattr(subject, "quoted_fields", ())
    )


def _of_stream(field: StreamField, value: blocks.StreamValue) -> Iterator[Paragraph]:
    for child in value:
        where = f"{field.verbose_name} › {child.block.label}"
        yield from _of_block(child.block, child.value, field.name, (str(child.id or ""),), where)


def _of_block(
    block: blocks.Block, value: object, field: str, path: tuple[str, ...], where: str
) -> Iterator[Paragraph]:
    if isinstance(value, blocks.StructValue):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name), field, (*path, name), where)
    elif isinstance(value, blocks.list_block.ListValue | blocks.StreamValue):
        children = value.bound_blocks if isinstance(value, blocks.list_block.ListValue) else value
        for child in children:
            yield from _of_block(child.block, child.value, field, (*path, str(child.id or "")), where)
    elif not isinstance(block, _NOT_TEXT_BLOCKS):
        if isinstance(value, str) and isinstance(block, blocks.BlockQuoteBlock):
            value = f"“{value}”"
        if isinstance(value, str) and isinstance(block, blocks.RawHTMLBlock):
            value = RichText(value)
        yield from _of_plain(value, field, path, where)


def _of_plain(value: object, field: str, path: tuple[str, ...], where: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a value without child blocks: rich text, a string, or a dictionary or list of these,
    such as a table. Other values have none."""
    if isinstance(value, RichText):
        yield from _of_value(value.source, True, field, path, where)
    elif isinstance(value, str):
        yield from _of_value(value, False, field, path, where)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _of_plain(part, field, path, where)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _of_plain(part, field, path, where)


def _of_value(value: str, is_html: bool, field: str, path: tuple[str, ...], where: str) -> Iterator[Paragraph]:
    parts = paragraphs_of_html(value) if is_html else [(0, unescape(unescape(value)))]
    for number, text in parts:
        for line in _LINES.split(text):
            if line.strip():
                yield Paragraph(line, field, path, where, number)


def paragraphs_of_html(html: str) -> list[tuple[int, str]]:
    """Return the lines of rich text without tags, as pairs of paragraph number and text. The elements `q` and
    `blockquote` become quotation marks."""
    parts: list[tuple[int, str]] = []
    number, pieces, at = 0, [], 0
    for tag in _TAG.finditer(html):
        pieces.append(html[at : tag.start()])
        at = tag.end()
        closing, name = tag[1], (tag[2] or "").lower()
        if name in _BLOCK_TAGS or name == "br":
            if name == "blockquote" and closing:
                _close(parts, pieces)
            parts.append((number, _text(pieces)))
            number += name != "br"
            pieces = ["“"] if name == "blockquote" and not closing else []
        elif name == "q":
            pieces.append("”" if closing else "“")
    parts.append((number, _text([*pieces, html[at:]])))
    return _joined_openings(parts)


def _close(parts: list[tuple[int, str]], pieces: list[str]) -> None:
    """Append the closing quotation mark of a `blockquote` to `pieces`, or to the last part with text if `pieces`
    is blank."""
    if "".join(pieces).strip() or not parts:
        pieces.append("”")
        return
    for at in range(len(parts) - 1, -1, -1):
        if parts[at][1]:
            parts[at] = parts[at][0], f"{parts[at][1]}”"
            return


def _joined_openings(parts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the parts that are not empty; move the opening mark of a `blockquote` that stands alone to the next
    one."""
    found: list[tuple[int, str]] = []
    opening = ""
    for number, text in parts:
        if text == "“":
            opening = text
        elif text:
            found.append((number, opening + text))
            opening = ""
    return found


def _text(pieces: list[str]) -> str:
    return unescape(unescape("".join(pieces))).strip()
