"""The form for images."""

from copy import copy
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core.editing.loaded import LoadedForm
from core.internals.wagtail_admin import BaseImageForm
from core.languages.site_languages import all_languages
from core.media.alt_texts import sources_after
from core.media.live_files import right_errors, text_errors
from core.publishing.replaced import ReplacedFileForm
from core.rights import languages_written_by
from core.typed import Translatable
from core.uploads.forms import PictureField, is_title_of_file
from core.uploads.quoted_texts import QuotedTextsForm


class SiteImageForm(LoadedForm, QuotedTextsForm, ReplacedFileForm, BaseImageForm):
    """The form for images, with a field for the alternative text in each language. Users may only edit the
    languages that they have a right to write in. The text in the site's default language is public at once. Any
    other changed text is set as `proposed_alt_texts` of the image and waits for a reviewer of its language."""

    def __init__(self, *args: Any, **kwargs: Any):
        self.user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)
        own = languages_written_by(self.user)
        for language in all_languages():
            self.fields[self._name(language.code)] = forms.CharField(
                disabled=language.code not in own,
                label=_("Alternative text, %(language)s") % {"language": language.name},
                initial=(self.instance.alt_texts or {}).get(language.code, ""),
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"lang": language.code, "dir": language.dir}),
                help_text=self._help_text(language.code, own),
            )
            # Texts that a client of the API does not send stay as they are.
            if self.is_bound and self.add_prefix(self._name(language.code)) not in self.data:
                self.fields[self._name(language.code)].disabled = True
        self.add_loaded()
        self.add_fields_for_new_file()
        of_languages = [self._name(language.code) for language in all_languages()]
        self.order_fields(["title", "file", "shows_in_new_file", "new_file_confirmed", *of_languages])

    def clean(self) -> dict[str, Any]:
        """Validate the form. If something live shows the image, add errors for changes that the user may not make,
        for missing alternative texts and for quoted passages, as readers see the change at once."""
        cleaned = super().clean() or self.cleaned_data
        self.clean_new_file(cleaned)
        shown_by = self.live_users
        if not shown_by:
            return cleaned
        changed = {name: cleaned[name] for name in self.changed_data if name in cleaned}
        if cleaned.get("shows", self.instance.shows) != self.instance.shows:
            changed["shows"] = cleaned["shows"]
        errors = list(right_errors(self.instance, changed, shown_by, self.user))
        result = copy(self.instance)
        for name in set(changed) & {field.name for field in result._meta.concrete_fields} - {"file"}:
            setattr(result, name, changed[name])
        proposed = self.proposed()
        for texts, is_proposal in ((self._alt_texts(), False), (self._alt_texts() | proposed, True)):
            result.alt_texts = texts
            found = text_errors(result, shown_by)
            errors += [(self._name(code), text) for code, text in found if (code in proposed) == is_proposal]
        texts = {name: changed[name] for name in changed if name in ("title", "credit") or name.startswith("alt_")}
        errors += self.quoted_errors(texts)
        for name, text in errors:
            self.add_error(name if name in self.fields else None, text)
        return cleaned

    def save(self, commit: bool = True) -> Translatable:
        before, after = self.instance.alt_texts or {}, self._alt_texts()
        self.instance.alt_sources = sources_after(before, self.instance.alt_sources, after)
        self.instance.alt_texts = after
        self.instance.proposed_alt_texts, self.instance.proposed_by = self.proposed(before), self.user
        if "file" in self.changed_data or "title" in self.changed_data:
            uploaded = self.files.get(self.add_prefix("file"))
            name = uploaded.name if uploaded else ""
            self.instance.title_of_file = bool(name and is_title_of_file(self.instance.title, name))
        # In one transaction, as Wagtail deletes the renditions of a replaced file when new ones could exist
        # already.
        with transaction.atomic():
            saved = super().save(commit=commit)
            self.log_new_file()
            self.save_statements()
            return saved

    def _alt_texts(self) -> dict[str, str]:
        """Return the texts that become public, by language code: the stored ones, with the sent text of the
        default language, without empty ones."""
        texts = {**(self.instance.alt_texts or {}), settings.LANGUAGE_CODE: self._sent(settings.LANGUAGE_CODE)}
        return {code: text for code, text in texts.items() if text}

    def proposed(self, before: dict[str, str] | None = None) -> dict[str, str]:
        """Return the submitted texts, by language code, that differ from the public ones (`before`, by default the
        instance's), without the default language. They wait for a review."""
        known = (self.instance.alt_texts or {}) if before is None else before
        others = [each.code for each in all_languages() if each.code != settings.LANGUAGE_CODE]
        return {code: self._sent(code) for code in others if self._sent(code) != known.get(code, "")}

    def _sent(self, code: str) -> str:
        return self.cleaned_data.get(self._name(code), "").strip()

    @staticmethod
    def _help_text(code: str, own: set[str]) -> str:
        if code not in own:
            return _("Translators of this language enter it on the translation board.")
        about = _("Describe the image for readers who cannot see it. Do not enter the file name.")
        if code == settings.LANGUAGE_CODE:
            return about
        return " ".join([about, _("Readers see it once a reviewer of the language has approved it.")])

    @staticmethod
    def _name(code: str) -> str:
        return f"alt_{code.replace('-', '_')}"
