"""Names of the places of units, as the editing form labels them."""

from django.core.exceptions import FieldDoesNotExist
from wagtail.blocks import ListBlock
from wagtail.fields import StreamField

from core.internals.django import capfirst
from core.typed import Translatable


def place_name(model: type[Translatable], field_path: str) -> str:
    """Return labels such as “Body › Questions and answers › Answer” for a field path such as
    `body.questions.questions.item.answer`, as far as the blocks exist. Return the path itself if the model has no
    such field."""
    name, *rest = field_path.split(".")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return field_path
    names = [capfirst(str(getattr(field, "verbose_name", name)))]
    if isinstance(field, StreamField):
        block = field.stream_block
        for part in rest:
            if isinstance(block, ListBlock):
                block = block.child_block
                continue
            block = getattr(block, "child_blocks", {}).get(part)
            if block is None:
                break
            names.append(str(block.label))
    return " › ".join(dict.fromkeys(names))
