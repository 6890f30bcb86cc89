"""The StreamBlock for StreamFields, which validates drafts in a thread-safe way, and how choices in it are
validated."""

from copy import deepcopy
from threading import Lock
from typing import Any, Self

from wagtail import blocks

_ONE_AT_A_TIME = Lock()
_clean = blocks.ChooserBlock.clean


class StreamBlock(blocks.StreamBlock):
    """Wagtail's StreamBlock, which validates drafts with a copy of the block definitions.

    To allow incomplete drafts, Wagtail sets `required = False` on the block definitions, which all threads share,
    while one request validates a draft. If another thread publishes at that moment, required fields are not
    checked; with two drafts at once, a field may stay optional until the process ends. The copy used here always
    defers the requirements, and the shared definitions are not changed.
    """

    _of_drafts: Self | None = None

    def clean_deferred(self, value: blocks.StreamValue) -> blocks.StreamValue:
        drafts = self.prepare_for_drafts()
        cleaned = drafts.clean(_in(drafts, value))
        return _in(self, cleaned)

    def prepare_for_drafts(self) -> Self:
        """Return the copy of this block in which no field is required and which validates drafts; it is made once
        for each block and process."""
        if self._of_drafts is None:
            with _ONE_AT_A_TIME:
                if self._of_drafts is None:
                    copy = deepcopy(self)
                    copy.defer_required_validation()
                    self._of_drafts = copy
        return self._of_drafts


def _in(stream: blocks.StreamBlock, value: blocks.StreamValue) -> blocks.StreamValue:
    """Return the value with the same children, bound to the block definitions of another stream block."""
    return blocks.StreamValue(stream, [(child.block_type, child.value, child.id) for child in value])


def clean_chosen(self: blocks.ChooserBlock, value: Any) -> Any:
    """Return the chosen object, validated. It has just been read by the primary key that was sent; Wagtail reads
    it once more."""
    if not isinstance(value, self.model_class):
        return _clean(self, value)
    self.field.run_validators(value)
    return value


def install() -> None:
    """Replace how Wagtail validates a choice in a stream."""
    blocks.ChooserBlock.clean = clean_chosen
