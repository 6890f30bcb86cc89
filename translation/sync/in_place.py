"""Validation of a value together with the values beside it: blocks may have rules about several values."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import Block, StructBlock
from wagtail.fields import StreamField

from core.internals.wagtail_models import ListValue, StreamValue
from core.typed import Translatable


def check_in_place(path: str, before: Translatable, after: Translatable, value: Any) -> None:
    """Raise ValidationError if the value at a content path causes errors. `before` and `after` are the source
    without and with the value; in a stream, errors that `before` has already are ignored."""
    name, *rest = path.split(".")
    field = after._meta.get_field(name)
    if not isinstance(field, StreamField):
        field.clean(value, after)  # type: ignore[union-attr]  # `check_value` handles the AttributeError of a relation
        return
    old, new = (_child(getattr(instance, name), rest[0]) for instance in (before, after))
    known = set(_blame(*old))
    blame = [message for message in dict.fromkeys(_blame(*new)) if message not in known]
    if blame:
        raise ValidationError(blame)


def block_at(path: str, instance: Translatable) -> tuple[Block | None, Any]:
    """Return the block at a content path and its value; None and the field's value if the field is no StreamField.
    Raise KeyError if there is no such block."""
    name, *rest = path.split(".")
    value = getattr(instance, name)
    if not isinstance(value, StreamValue):
        return None, value
    block: Block = value.stream_block
    for step in rest:
        block, value = _step(block, value, step)
    return block, value


def _step(block: Block, value: Any, step: str) -> tuple[Block, Any]:
    if isinstance(value, StreamValue | ListValue):
        return _child(value, step)
    if isinstance(block, StructBlock) and step in value:
        return block.child_blocks[step], value[step]
    # The value of an image block is the image itself.
    return block, value


def _child(value: StreamValue | ListValue, id_: str) -> tuple[Block, Any]:
    """Return the block and the value of the child with an id. Raise KeyError if there is none."""
    children = value.bound_blocks if isinstance(value, ListValue) else value
    for child in children:
        if child.id == id_:
            return child.block, child.value
    raise KeyError(id_)


def _blame(block: Block, value: Any) -> Iterator[str]:
    """Yield the messages of the errors that a block finds in a value."""
    try:
        block.clean(value)
    except ValidationError as error:
        yield from _messages(error)


def _messages(error: ValidationError) -> Iterator[str]:
    """Yield the messages of an error and of the errors that Wagtail nests in it."""
    nested = getattr(error, "block_errors", None)
    own = getattr(error, "non_block_errors", None)
    if nested is None and own is None:
        yield from error.messages
        return
    children = nested.values() if isinstance(nested, dict) else nested or []
    for child in children:
        if child is not None:
            yield from _messages(child)
    for message in own or []:
        yield from (message.messages if isinstance(message, ValidationError) else [str(message)])
