"""A form field with rows of the same columns: one row for each weekday or language, or any number of rows."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

SPARE = 3
"""Number of empty rows offered where rows can be added."""
MOST = 100
"""Most rows that are read from a request."""

Rows = dict[str, dict[str, Any]]
"""Values by key of the row and name of the column."""


class RowsWidget(forms.Widget):
    """The table of a RowsField. `headings` returns the keys and headings of fixed rows."""

    template_name = "admin/widgets/rows.html"

    class Media:
        css = {"all": ["admin/css/rows.css"]}

    def __init__(self, columns: dict[str, forms.Field], headings: Callable[[], dict[str, str]] | None) -> None:
        super().__init__()
        self.columns, self.headings = columns, headings

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Rows:
        return {key: self._row(data, name, key) for key in self._keys(data, name)}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return not any(self._row(data, name, key) for key in self._keys(data, name))

    def get_context(self, name: str, value: Rows | None, attrs: dict[str, Any] | None) -> dict[str, Any]:
        rows: list[dict[str, Any]] = []
        value = value or {}
        headings = self.headings() if self.headings else dict.fromkeys(map(str, range(len(value) + SPARE)), "")
        for key, heading in headings.items():
            cells = [
                self._cell(f"{name}-{key}-{column}", column, value.get(key, {}), heading)
                for column in self.columns
            ]
            rows.append({"heading": heading, "cells": cells})
        context = super().get_context(name, None, attrs)
        labels = [field.label for field in self.columns.values()]
        return {**context, "labels": labels, "rows": rows, "has_headings": bool(self.headings)}

    def render(
        self,
        name: str,
        value: Rows | None,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Return the table as HTML, drawn by the project's template engine, as form renderers do not find its
        templates. `renderer` is ignored."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def id_for_label(self, id_: str) -> str:
        return ""

    def _cell(self, full_name: str, column: str, row: dict[str, Any], heading: str) -> dict[str, object]:
        field = self.columns[column]
        attrs = {"id": f"id_{full_name}", "aria-label": f"{heading} {field.label}".strip(), "dir": "auto"}
        shown = field.widget.render(full_name, field.prepare_value(row.get(column)), attrs)
        return {"label": field.label, "input": shown}

    def _keys(self, data: Mapping[str, Any], name: str) -> list[str]:
        """Return the keys of the rows in the sent data: those of the headings, or the numbers below MOST whose
        first column was sent."""
        if self.headings:
            return list(self.headings())
        first = next(iter(self.columns))
        return [str(number) for number in range(MOST) if f"{name}-{number}-{first}" in data]

    def _row(self, data: Mapping[str, Any], name: str, key: str) -> dict[str, Any]:
        """Return the sent values of one row by column, without columns that were not sent."""
        names = {column: f"{name}-{key}-{column}" for column in self.columns}
        return {column: data[full] for column, full in names.items() if full in data}


class RowsField(forms.Field):
    """A field whose value has one dict for each row that was filled in. With `headings` the rows are fixed and the
    value maps their keys to the dicts; without, rows are numbered, can be added, and the value is a list."""

    def __init__(
        self, columns: dict[str, forms.Field], headings: Callable[[], dict[str, str]] | None = None, **kwargs: Any
    ) -> None:
        self.columns, self.headings = columns, headings
        super().__init__(widget=RowsWidget(columns, headings), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return a stored list as rows for the widget, numbered from "0"; any other value as it is."""
        return {str(n): row for n, row in enumerate(value)} if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the cleaned data differ from the initial value; True for invalid data."""
        try:
            return self.clean(data) != (self.compress(self.prepare_value(initial) or {}))
        except ValidationError:
            return True

    def clean(self, value: Rows | None) -> Any:
        """Return the value of the field (see `compress`) from the rows that were filled in. Raise ValidationError
        with all errors of all rows, or if none is filled in and the field is required."""
        cleaned: Rows = {}
        errors: list[str] = []
        for key, row in (value or {}).items():
            if not any(str(entry).strip() for entry in row.values()):
                continue
            cleaned[key] = self._clean_row(key, row, errors)
        if errors:
            raise ValidationError(errors)
        if self.required and not cleaned:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.compress(cleaned)

    def _clean_row(self, key: str, row: dict[str, Any], errors: list[str]) -> dict[str, Any]:
        """Return the cleaned values of one row, and add its errors to `errors`."""
        cleaned = {}
        for column, field in self.columns.items():
            try:
                cleaned[column] = as_json(field.clean(row.get(column)))
            except ValidationError as error:
                errors += [f"{self.name_of(key)}, {field.label}: {message}" for message in error.messages]
        return cleaned

    def name_of(self, key: str) -> str:
        """Return the name of a row for error messages: its heading, or its number counted from 1."""
        return self.headings()[key] if self.headings else _("Row %(number)s") % {"number": int(key) + 1}

    def compress(self, cleaned: Rows) -> Any:
        """Return the value of the field from the cleaned rows: a dict with fixed rows, otherwise a list."""
        return cleaned if self.headings else list(cleaned.values())


def as_json(value: object) -> object:
    """Return a time as "HH:MM", a date as in ISO 8601, None as "", and any other value as it is."""
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else value
