"""Findings for the errors that the editor's form would raise on publishing a draft. Saving a draft validates
less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext, ngettext
from modelcluster.forms import BaseChildFormSet, ClusterForm
from wagtail.blocks import (
    ListBlockValidationError,
    StreamBlockValidationError,
    StructBlockValidationError,
    StructValue,
)
from wagtail.models import Page

from core.findings import Finding
from core.internals.django import capfirst
from core.internals.wagtail_models import ListValue, StreamValue

if TYPE_CHECKING:
    from core.publishing.gate import PublishGate

CODE = "invalid"


def validation_findings(subject: PublishGate, user: User, sent: ClusterForm | None = None) -> list[Finding]:
    """Return a finding for each validation error, with its field or block: the errors of the submitted form `sent`
    if it has any, otherwise those that publishing `subject` as it is would raise. Without such errors in `sent`,
    an unsaved `subject` has none. `subject` is not changed."""
    if sent is not None and sent.is_bound and (found := list(_of_sent(sent))):
        return list(dict.fromkeys(found))
    if subject.pk is None:
        return []
    copy = subject.with_content_json(subject.serializable_data())
    arguments = {"parent_page": subject.get_parent()} if isinstance(subject, Page) else {}
    form = type(subject).get_edit_handler().get_form_class()({}, instance=copy, for_user=user, **arguments)
    form.as_published = True
    return list(dict.fromkeys([*_of_stored(form), *_of_stored_rows(form, user)]))


def _of_sent(form: ClusterForm) -> Iterator[Finding]:
    """Yield a finding for each error of a submitted form and its formsets, at any depth."""
    yield from _findings(form, {name: form[name].data for name in form.fields if name in form.errors})
    for name, formset in form.formsets.items():
        heading = _heading(formset)
        for error in formset.non_form_errors().as_data():
            yield from (Finding(CODE, text, "", where=heading, field=name) for text in error.messages)
        for number, row in enumerate(formset.forms, start=1):
            yield from _in_row(_of_sent(row), f"{heading} {number}", name)


def _of_stored(form: ClusterForm) -> Iterator[Finding]:
    """Yield the errors of a form's own fields for their stored values, which Django uses for disabled fields."""
    values = {name: form[name].initial for name in form.fields}
    for field in form.fields.values():
        field.disabled = True
    yield from _findings(form, values)


def _of_stored_rows(form: ClusterForm, user: User) -> Iterator[Finding]:
    """Yield the errors of the stored child rows of a form, at any depth."""
    unbound = type(form)(instance=form.instance, for_user=user)
    for name, formset in unbound.formsets.items():
        if name == "comments":
            continue
        heading = _heading(formset)
        if text := _against_number(formset):
            yield Finding(CODE, text, "", where=heading, field=name)
        for number, row in enumerate(formset.initial_forms, start=1):
            inner = type(row)({}, instance=row.instance, for_user=user)
            for key in (formset.fk.name, "id", "ORDER", "DELETE"):
                inner.fields.pop(key, None)
            found = (*_of_stored(inner), *_of_stored_rows(inner, user))
            yield from _in_row(found, f"{heading} {number}", name)


def _heading(formset: BaseChildFormSet) -> str:
    return capfirst(formset.model._meta.verbose_name_plural)


def _in_row(findings: Iterable[Finding], row: str, field: str) -> Iterator[Finding]:
    """Yield the findings of a child row with the row's label and the formset's name as their place."""
    for finding in findings:
        where = " › ".join(filter(None, [row, finding.where]))
        yield Finding(CODE, finding.message, "", where=where, field=field)


def _findings(form: ClusterForm, values: dict[str, object]) -> Iterator[Finding]:
    """Yield a finding for each error of a form, in blocks with the path to the block. `values` maps the names of
    fields to the values that the errors are about."""
    for name, errors in form.errors.as_data().items():
        field = form.fields.get(name)
        where = str(field.label or "") if field else ""
        own = "" if name == NON_FIELD_ERRORS else name
        for error in errors:
            for path, labels, text in _leaves(error, values.get(name)):
                place = " › ".join(filter(None, [where, *labels]))
                yield Finding(CODE, text, "", where=place, field=own, block_path=path)


def _against_number(formset: BaseChildFormSet) -> str:
    """Return an error if the formset has too few or too many stored rows, otherwise ""."""
    count = len(formset.initial_forms)
    if formset.min_num and count < formset.min_num:
        text = ngettext("At least %(number)d is needed.", "At least %(number)d are needed.", formset.min_num)
        return text % {"number": formset.min_num}
    if formset.max_num is not None and count > formset.max_num:
        return gettext("At most %(number)d may be given.") % {"number": formset.max_num}
    return ""


Leaf = tuple[tuple[str, ...], tuple[str, ...], str]
"""The path to a block (as `Finding.block_path`), the labels along it, and the message."""


def _leaves(error: ValidationError, value: object) -> Iterator[Leaf]:
    """Yield the messages of a nested error with the blocks that they belong to."""
    inside, here = _parts(error, value)
    for step, label, inner, inner_value in inside:
        for path, labels, text in _leaves(inner, inner_value):
            yield (step, *path), (label, *labels), text
    for text in here:
        yield (), (), text


def _parts(error: ValidationError, value: object) -> tuple[list[tuple[Any, ...]], list[str]]:
    """Return the errors of the child blocks as tuples of step, label, error and value, and the messages of the
    block itself."""
    if isinstance(error, StructBlockValidationError) and isinstance(value, StructValue):
        blocks = {name: (name, value.block.child_blocks[name].label, value[name]) for name in value}
    elif isinstance(error, StreamBlockValidationError) and isinstance(value, StreamValue):
        blocks = {index: (child.id, child.block.label, child.value) for index, child in enumerate(value)}
    elif isinstance(error, ListBlockValidationError) and isinstance(value, ListValue):
        blocks = {index: (child.id, index + 1, child.value) for index, child in enumerate(value.bound_blocks)}
    else:
        return [], error.messages
    inside = [
        (step or "", str(label), error.block_errors[key], inner)
        for key, (step, label, inner) in blocks.items()
        if key in error.block_errors
    ]
    return inside, [str(message) for each in error.non_block_errors.as_data() for message in each.messages]
