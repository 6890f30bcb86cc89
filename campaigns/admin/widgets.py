from django import forms
from django.template.loader import render_to_string


class DateInput(forms.DateInput):
    """The browser's own: Wagtail's needs a script that a chooser does not load."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class SuggestingInput(forms.TextInput):
    """A free text with suggestions, which the form puts into `suggestions`."""

    template_name = "admin/widgets/suggesting_input.html"

    def __init__(self, attrs: dict | None = None):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.suggestions: list[str] = []

    def get_context(self, name: str, value: str | None, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_suggestions"
        context["widget"]["attrs"]["list"] = list_id
        return {**context, "list_id": list_id, "suggestions": self.suggestions}

    def _render(self, template_name: str, context: dict, renderer=None) -> str:
        """With the project's templates, which Django's own renderer of forms does not look into."""
        return render_to_string(template_name, context)
