"""Conversion of findings to form errors that appear beside the block concerned, at any depth of a StreamField."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import ListBlockValidationError, StreamBlockValidationError, StructBlockValidationError

from core.findings import Finding
from core.internals.wagtail_models import ListValue


def stream_error(value: blocks.StreamValue, findings: Iterable[Finding]) -> ValidationError:
    """Return the findings as one nested error for the whole field, in the structure that Wagtail's StreamField
    widget expects. Each goes to its `block_path`; it is left out if `value` has no such block."""
    return _error(value, [(finding.block_path, finding.text) for finding in findings])


def _error(value: object, placed: list[tuple[tuple[str, ...], str]]) -> ValidationError:
    here = [text for path, text in placed if not path]
    inside = defaultdict(list)
    for path, text in placed:
        if path:
            inside[path[0]].append((path[1:], text))
    if isinstance(value, blocks.StreamValue):
        children = {child.id: (index, child.value) for index, child in enumerate(value)}
        return StreamBlockValidationError(_by_place(children, inside), here)
    if isinstance(value, ListValue):
        children = {child.id: (index, child.value) for index, child in enumerate(value.bound_blocks)}
        return ListBlockValidationError(_by_place(children, inside), here)
    if isinstance(value, blocks.StructValue):
        return StructBlockValidationError(_by_place({name: (name, value[name]) for name in value}, inside), here)
    return ValidationError([text for _path, text in placed])


def _by_place(children: dict[str, Any], inside: dict[str, Any]) -> dict[Any, ValidationError]:
    return {
        children[name][0]: _error(children[name][1], placed) for name, placed in inside.items() if name in children
    }
