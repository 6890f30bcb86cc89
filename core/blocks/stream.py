"""The top of a StreamField: validates drafts without changing what other threads validate with."""

from copy import deepcopy
from threading import Lock
from typing import Self

from wagtail import blocks

_ONE_AT_A_TIME = Lock()


class StreamBlock(blocks.StreamBlock):
    """Wagtail's, whose block definitions all threads share.

    To let a draft be incomplete, Wagtail sets `required = False` on the shared definitions for as long as one
    request validates, and back afterwards. Publishing in another thread at that moment would not ask for what is
    required; with two drafts at once a field may stay optional until the process ends. Here drafts are validated
    by a copy of the definitions, whose requirements are always deferred.
    """

    _of_drafts: Self | None = None

    def clean_deferred(self, value: blocks.StreamValue) -> blocks.StreamValue:
        drafts = self.prepare_for_drafts()
        cleaned = drafts.clean(_in(drafts, value))
        return _in(self, cleaned)

    def prepare_for_drafts(self) -> Self:
        """Return the copy that drafts are validated by; it is made once."""
        if self._of_drafts is None:
            with _ONE_AT_A_TIME:
                if self._of_drafts is None:
                    copy = deepcopy(self)
                    copy.defer_required_validation()
                    self._of_drafts = copy
        return self._of_drafts


def _in(stream: blocks.StreamBlock, value: blocks.StreamValue) -> blocks.StreamValue:
    """The same children, each with the stream's own definition of its block."""
    return blocks.StreamValue(stream, [(child.block_type, child.value, child.id) for child in value])
