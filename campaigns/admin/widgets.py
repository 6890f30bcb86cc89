"""Widgets of the choosers' forms."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class DateInput(forms.DateInput):
    """The browser's date field. Wagtail's widget needs a script that is not loaded in a chooser."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class SuggestingInput(forms.TextInput):
    """A text field with suggestions. The form sets `suggestions`, texts with a description of each, and `url`: the
    view that is sent the form while somebody types and answers with other suggestions."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.suggestions: dict[str, str] = {}
        self.url = ""

    def render(
        self,
        name: str,
        value: str | None,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        list_id = f"{name}-suggestions"
        swap = {
            "list": list_id,
            "data-controller": "w-swap",
            "data-action": "input->w-swap#submitLazy",
            "data-w-swap-src-value": self.url,
            "data-w-swap-target-value": f"#{list_id}",
        }
        field = super().render(name, value, {**(attrs or {}), **swap}, renderer)
        context = {"list_id": list_id, "suggestions": self.suggestions}
        return field + render_to_string("admin/widgets/suggestions.html", context)
