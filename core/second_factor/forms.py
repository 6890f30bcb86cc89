"""The form for codes."""

from django import forms
from django.utils.translation import gettext_lazy


class CodeForm(forms.Form):
    """A form with one field for a code of the authenticator app or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": "", "spellcheck": "false"}),
    )
