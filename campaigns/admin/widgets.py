from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class DateInput(forms.DateInput):
    """The browser's own: Wagtail's needs a script that a chooser does not load."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class SuggestingInput(forms.TextInput):
    """A free text with suggestions: the form puts them into `suggestions`, with what tells them apart."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.suggestions: dict[str, str] = {}

    def render(
        self, name: str, value: str | None, attrs: dict[str, Any] | None = None, renderer=None
    ) -> SafeString:
        list_id = f"{name}-suggestions"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        context = {"list_id": list_id, "suggestions": self.suggestions}
        return field + render_to_string("admin/widgets/suggestions.html", context)
