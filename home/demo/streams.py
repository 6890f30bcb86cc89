"""Conversion of the demo's content to the raw data of a StreamField, guided by its block definitions."""

from typing import Any

from wagtail import blocks

from .content import SOURCE, is_text, to_html
from .references import References, fixed_id


class StreamBuilder:
    """Builder of the StreamField of one object. Block ids are derived from `name` and the path of the block, so
    that the same content always has the same ids."""

    def __init__(self, name: str, references: References) -> None:
        self.name = name
        self.references = references

    def build(self, block: blocks.Block, data: Any, place: str = "body") -> object:
        """Return the raw value of a block in the source language. `data` is the block in the file, `place` its
        path. Missing fields have the value of an empty field; list items that refer to missing objects are left
        out."""
        if isinstance(block, blocks.StreamBlock):
            return [self._member(block, item, f"{place}/{index}") for index, item in enumerate(data)]
        if isinstance(block, blocks.StructBlock):
            return {
                name: self.build(child, data[name], f"{place}/{name}") if name in data else _empty(child)
                for name, child in block.child_blocks.items()
            }
        if isinstance(block, blocks.ListBlock):
            return [
                {"type": "item", "value": value, "id": str(fixed_id(self.name, place, str(index)))}
                for index, item in enumerate(data)
                if (value := self.build(block.child_block, item, f"{place}/{index}")) is not None
            ]
        return self._leaf(block, data)

    def _member(self, block: blocks.StreamBlock, data: dict[str, Any], place: str) -> dict[str, Any]:
        rest = {name: value for name, value in data.items() if name != "type"}
        child = block.child_blocks[data["type"]]
        return {
            "type": data["type"],
            "value": self.build(child, rest, place),
            "id": str(fixed_id(self.name, place)),
        }

    def _leaf(self, block: blocks.Block, data: Any) -> object:
        if isinstance(block, blocks.RichTextBlock):
            return to_html(data[SOURCE])
        if isinstance(block, blocks.ChooserBlock):
            return self.references.find(block.model_class, data)
        return data[SOURCE] if is_text(data) else data


def _empty(block: blocks.Block) -> object:
    """Return the value that the editor saves for a field that was left empty: its default. For a text it is never
    None, for which wagtail-localize would fail."""
    value = block.get_prep_value(block.get_default())
    if value is None and isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.URLBlock):
        return ""
    return value
