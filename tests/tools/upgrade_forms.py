"""What a browser would send from a page's editor in which nothing was changed: for upgrade_probe.py."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from wagtail.blocks import Block, ChooserBlock, FieldBlock, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import querydict_from_html


def editor_form(answer: HttpResponse, page: Model) -> dict[str, object]:
    """Return the form's fields. Those of a body are drawn by the browser, so that they are not in the HTML."""
    data = querydict_from_html(answer.content.decode(), form_id="page-edit-form", exclude_csrf=False)
    # Drawn as a pattern for rows that are added.
    fields = {name: data.getlist(name) for name in data if "__prefix__" not in name}
    for name in [name for name in fields if name.startswith("action-")]:
        del fields[name]
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for name, value in _block(field.stream_block, field.name, field.value_from_object(page)):
                fields[name] = value
    return fields


def _block(block: Block, prefix: str, value: Any) -> Iterator[tuple[str, object]]:
    if isinstance(block, StreamBlock):
        yield from _rows(prefix, [(row.block, row.block_type, row.id, row.value) for row in value])
    elif isinstance(block, ListBlock):
        rows = value.bound_blocks
        yield from _rows(prefix, [(block.child_block, None, row.id, row.value) for row in rows])
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from _block(child, f"{prefix}-{name}", value.get(name))
    elif isinstance(block, FieldBlock):
        yield from _field(block, prefix, value)


def _rows(prefix: str, rows: list[tuple[Any, ...]]) -> Iterator[tuple[str, object]]:
    yield f"{prefix}-count", str(len(rows))
    for n, (block, kind, key, value) in enumerate(rows):
        yield f"{prefix}-{n}-deleted", ""
        yield f"{prefix}-{n}-order", str(n)
        yield f"{prefix}-{n}-id", key or ""
        if kind:
            yield f"{prefix}-{n}-type", kind
        yield from _block(block, f"{prefix}-{n}-value", value)


def _field(block: FieldBlock, prefix: str, value: object) -> Iterator[tuple[str, object]]:
    widget = block.field.widget
    shown = block.field.prepare_value(block.value_for_form(value))
    if getattr(widget, "input_type", "") == "checkbox" and not getattr(widget, "allow_multiple_selected", False):
        if shown:
            yield prefix, "on"
        return
    shown = widget.format_value(shown)
    if isinstance(shown, dict):  # some choosers show more than the key
        shown = shown.get("id")
    # Left out as an empty chooser: earlier releases with a select for it have looked for the row ''.
    if not (isinstance(block, ChooserBlock) and shown in (None, "", [""])):
        yield prefix, "" if shown is None else shown
