"""The StreamBlock for StreamFields, which validates drafts in a thread-safe way, and how choices in it are read
and validated."""

from collections import defaultdict
from contextvars import ContextVar
from copy import copy, deepcopy
from functools import cache
from threading import Lock
from typing import Any, Self

from django.db.models import Model
from wagtail import blocks

from core.context import held
from core.prepared import Prepared, Several

_ONE_AT_A_TIME = Lock()
_clean = blocks.ChooserBlock.clean
_value_from_form = blocks.ChooserBlock.value_from_form
_bulk_to_python = blocks.ChooserBlock.bulk_to_python


class Choices:
    """The objects that were chosen in a stream of a form: first what was sent is gathered, then all of a model are
    read together."""

    def __init__(self) -> None:
        self.sent: dict[type[Model], set[str]] = defaultdict(set)
        self.found: dict[type[Model], dict[str, Model]] | None = None

    def read(self) -> None:
        self.found = {
            model: {str(row.pk): row for row in model._default_manager.filter(pk__in=keys)}
            for model, keys in self.sent.items()
        }


_choices: ContextVar[Choices | None] = ContextVar("choices", default=None)


class StreamBlock(blocks.StreamBlock):
    """Wagtail's StreamBlock, which validates drafts with a copy of the block definitions.

    To allow incomplete drafts, Wagtail sets `required = False` on the block definitions, which all threads share,
    while one request validates a draft. If another thread publishes at that moment, required fields are not
    checked; with two drafts at once, a field may stay optional until the process ends. The copy used here always
    defers the requirements, and the shared definitions are not changed.
    """

    _of_drafts: Self | None = None

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> blocks.StreamValue:
        """Return the value that a form has sent. It is made twice, so that all that was chosen in it is known when
        it is made the second time."""
        if _choices.get():
            return super().value_from_datadict(data, files, prefix)
        choices = Choices()
        with held(_choices, choices):
            value = super().value_from_datadict(data, files, prefix)
            if choices.sent:
                choices.read()
                value = super().value_from_datadict(data, files, prefix)
        return value

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
                    of_drafts = deepcopy(self)
                    of_drafts.defer_required_validation()
                    self._of_drafts = of_drafts
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


def value_from_form(self: blocks.ChooserBlock, value: Any) -> Any:
    """Return the chosen object, which is read together with the others of its stream."""
    choices, sent = _choices.get(), str(value)
    if choices is None or not (sent.isascii() and sent.isdigit()):
        return _value_from_form(self, value)
    if choices.found is None:
        choices.sent[self.model_class].add(sent)
        return None
    # A block may add to its own what concerns only its place, as the alternative text of an image.
    return copy(choices.found[self.model_class].get(sent))


def bulk_to_python(self: blocks.ChooserBlock, values: list[Any]) -> list[Any]:
    """Return the chosen objects with these primary keys, in the same order, None for None and for what is missing;
    of one that is chosen several times, an object each. Wagtail compiles the query each time."""
    keys = {value for value in values if value is not None}
    if not all(isinstance(key, int) for key in keys):
        return _bulk_to_python(self, values)
    found = {row.pk: row for row in _prepared_choices(self.model_class).rows(keys=keys)} if keys else {}
    is_repeated = len(keys) < len(values)
    return [copy(found.get(value)) if is_repeated else found.get(value) for value in values]


@cache
def _prepared_choices(model: type[Model]) -> Prepared:
    return Prepared(lambda keys: model._default_manager.filter(pk__in=keys).order_by(), keys=Several(int))


def install() -> None:
    """Replace how Wagtail reads and validates a choice in a stream."""
    blocks.ChooserBlock.bulk_to_python = bulk_to_python
    blocks.ChooserBlock.clean = clean_chosen
    blocks.ChooserBlock.value_from_form = value_from_form
