"""Reading the rows that a form refers to. Django asks three times for each form of a formset: for its row, for the
object that it chooses, and whether that exists. Wagtail reads the choices in a stream whenever it is asked."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import ForeignKey, Model
from django.forms import BaseModelFormSet, ModelChoiceField, ModelForm

from core.editing.dangling import existing

Field = tuple[ModelForm[Any], Any]


def read_together(formsets: Iterable[BaseModelFormSet[Any, Any]]) -> None:
    """Read the rows of bound formsets, and what their forms choose: one query for all rows, and one for each field
    with choices. What is not among them is left to Django, which refuses it."""
    own: dict[type[Model], list[Field]] = {}
    for formset in formsets:
        forms = [form for form in formset.forms if form.is_bound]
        model: type[Model] = formset.model  # type: ignore[assignment]  # None only in the base class
        key = model._meta.pk.name
        own[model] = [(form, form.fields[key]) for form in forms if key in form.fields]
        for name in {name for form in forms for name, field in form.fields.items() if _chooses(field)} - {key}:
            fields = [(form, form.fields[name]) for form in forms if name in form.fields]
            if keys := _keys(name, fields):
                _know(fields, fields[0][1].queryset.filter(pk__in=keys))
    wanted = {(model, model._meta.pk.name): _keys(model._meta.pk.name, fields) for model, fields in own.items()}
    for (model, _name), keys in existing({key: keys for key, keys in wanted.items() if keys}).items():
        _know(own[model], [form.instance for form, _field in own[model] if form.instance.pk in keys])


def _chooses(field: Any) -> bool:
    """Return whether one row is chosen in a field, by its primary key."""
    return type(field).to_python is ModelChoiceField.to_python and field.to_field_name in (
        None,
        field.queryset.model._meta.pk.name,
    )


def _keys(name: str, fields: list[Field]) -> set[int]:
    """Return the primary keys that were sent for a field."""
    sent = {str(form[name].data) for form, _field in fields}
    return {int(value) for value in sent if value.isascii() and value.isdigit()}


def _know(fields: list[Field], rows: Iterable[Model]) -> None:
    known = {str(row.pk): row for row in rows}
    for _form, field in fields:
        field.to_python = _Known(field.to_python, known)


def read_streams_once(form: ModelForm[Any]) -> None:
    """Let the streams of a bound form read what was sent once, when it is validated, and not again to find out
    whether it was changed."""
    for field in form.fields.values():
        if hasattr(field, "block"):
            field.widget.value_from_datadict = _Once(field.widget.value_from_datadict)


class _Once:
    """A function that is called once for each name."""

    def __init__(self, ask: Any):
        self._ask = ask
        self._values: dict[str, Any] = {}

    def __call__(self, data: Any, files: Any, name: str) -> Any:
        if name not in self._values:
            self._values[name] = self._ask(data, files, name)
        return self._values[name]


class _Known:
    """`ModelChoiceField.to_python` with rows that have been read."""

    def __init__(self, ask: Any, rows: dict[str, Model]):
        self._ask = ask
        self._rows = rows

    def __call__(self, value: Any) -> Any:
        return self._rows.get(str(value)) or self._ask(value)


def with_loaded(instance: Model, exclude: Collection[str] | None) -> set[str]:
    """Return the names of fields to exclude from validation, with the foreign keys whose object has been read: it
    exists."""
    keys = (field for field in instance._meta.concrete_fields if isinstance(field, ForeignKey))
    return {*(exclude or ()), *(field.name for field in keys if field.is_cached(instance))}
