from django import forms
from django.db import models
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from core.languages import all_languages


class SiteImageForm(BaseImageForm):
    """One field for the alternative text of each language; a further language needs no migration."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in all_languages():
            self.fields[self._name(language.code)] = forms.CharField(
                label=_("Alternative text, %(language)s") % {"language": language.name},
                initial=(self.instance.alt_texts or {}).get(language.code, ""),
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"lang": language.code, "dir": language.dir}),
                help_text=_("What a reader should know who cannot see the picture. Not the file's name."),
            )
        self.order_fields(["title", "file", *(self._name(language.code) for language in all_languages())])

    def save(self, commit: bool = True) -> models.Model:
        texts = {
            language.code: self.cleaned_data[self._name(language.code)].strip() for language in all_languages()
        }
        known = {code: text for code, text in (self.instance.alt_texts or {}).items() if code not in texts}
        self.instance.alt_texts = {**known, **{code: text for code, text in texts.items() if text}}
        return super().save(commit=commit)

    @staticmethod
    def _name(code: str) -> str:
        return f"alt_{code.replace('-', '_')}"
