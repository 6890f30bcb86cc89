"""Forms and form fields that clean uploaded files, so that the form can show what is wrong with a file."""

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from core.editing.loaded import LoadedForm
from core.internals.wagtail_admin import AvatarPreferencesForm, WagtailImageField
from core.media.live_files import live_users, right_errors, seen_in
from core.media.models import is_recording
from core.media.storage import StorageAway, media_storage, storage_away_message
from core.metadata.documents import LEFT, CleanedFile, clean_document
from core.metadata.kinds import fitting_name, is_what_it_is_called
from core.metadata.picture_files import as_master
from core.metadata.pictures import Master
from core.publishing.documents import left_of, metadata_findings
from core.publishing.replaced import ReplacedFileForm
from core.quotations.files import spoken_in
from core.typed import AnyFile
from core.uploads.quoted_texts import QuotedTextsForm
from core.uploads.recording_form import RecordingForm

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument


def check_storage() -> None:
    """Raise ValidationError if the storage of files cannot be reached, so that the form is shown again with the
    entered data."""
    try:
        media_storage(default_storage).ask()
    except StorageAway as error:
        raise ValidationError(storage_away_message()) from error


class PictureField(WagtailImageField):
    """Form field that cleans an uploaded picture. Its value is the `Master` that is stored."""

    def to_python(self, data: AnyFile | None) -> Master | None:
        """Return the cleaned picture, or None without an upload. Raise ValidationError if it is too large or
        cannot be read, or if the storage cannot be reached."""
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        check_storage()
        return as_master(file)


class AvatarForm(AvatarPreferencesForm):
    """Form on the account page for the user's profile picture."""

    avatar = PictureField(label=_("Upload a profile picture"), required=False)

    def clean_avatar(self) -> AnyFile:
        """Return the picture, reduced by Wagtail to at most 400 pixels.

        Raise ValidationError if it cannot be read.
        """
        try:
            return super().clean_avatar()
        except OSError as error:
            raise ValidationError(_("The picture cannot be read.")) from error


def is_title_of_file(title: str, file_name: str) -> bool:
    """Return whether a title has the same letters and digits as the file's name, with or without extension."""
    name = PurePath(file_name)
    return _letters(title) in (_letters(name.name), _letters(name.stem))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


class DocumentForm(LoadedForm, QuotedTextsForm, ReplacedFileForm, RecordingForm, BaseDocumentForm):
    """Form of a document, which cleans an uploaded file and shows what could not be removed."""

    title_is_fit = forms.BooleanField(
        label=_("Readers may see this title"),
        required=False,
        help_text=_("Filled in from the file name, which may contain names of people or places."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        self.user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        metadata = getattr(self.instance, "metadata", None) if self.instance.pk else None
        if not (metadata and metadata.title_of_file):
            del self.fields["title_is_fit"]
        self.add_recording_fields()
        self.add_loaded()
        self.add_fields_for_new_file()
        if notes := self._notes():
            field = self.fields["file" if "file" in self.fields else "title"]
            field.help_text = " ".join([str(field.help_text or ""), *notes]).strip()

    def _notes(self) -> list[str]:
        """Return help texts about the stored file: what could not be removed from it, and a hint for ZIP archives.
        A new document has none."""
        if not self.instance.pk:
            return []
        left = [str(LEFT[code]) for code in left_of(self.instance)]
        notes = (
            [
                gettext(
                    "This file contains information that could not be removed. Pages that show it cannot "
                    "be published."
                ),
                *left,
            ]
            if left
            else []
        )
        if self.instance.file.name.endswith(".zip"):
            notes.append(gettext("File names in the archive are not changed: check them."))
        return notes

    def clean_file(self) -> AnyFile:
        """Return the cleaned file, or the stored one if no file was uploaded.

        Raise ValidationError if the file is damaged or not what its extension says, if a live object shows the
        document and the new file is not clean, or if the storage cannot be reached.
        """
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or isinstance(file, CleanedFile):
            return file
        name = fitting_name(file, file.name)
        if not is_what_it_is_called(file, name):
            raise ValidationError(
                gettext("The content of this file is not “%(kind)s”. Save it in that format and upload it again.")
                % {"kind": PurePath(name).suffix.lower().lstrip(".")}
            )
        check_storage()
        self.uploaded_name = file.name
        cleaned = clean_document(file, name)
        if "unreadable" in cleaned.left:
            raise ValidationError(gettext("The file is incomplete or damaged. Upload it again."))
        if cleaned.left and self.instance.pk and (shown_by := live_users(self.instance)):
            findings = metadata_findings(self.instance, cleaned.left)
            raise ValidationError([*(finding.text for finding in findings), seen_in(self.instance, shown_by)])
        return cleaned

    def full_clean(self) -> None:
        """Validate the form. If the file is refused, keep the errors it had before the model's validation, which
        would add one about the extension of the missing file."""
        self.refused: list[ValidationError] = []
        super().full_clean()
        if self.refused:
            self.errors["file"] = self.error_class(self.refused, renderer=self.renderer)

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data.

        Add errors for changes that readers would see at once and that the user may not make, for texts in which
        somebody is quoted, and for a recording that replaces a file of another kind and that live objects show.
        """
        if self.has_error("file"):
            self.refused = self.errors["file"].as_data()
        cleaned = super().clean()
        assert cleaned is not None  # a ModelForm returns its data
        self.clean_new_file(cleaned)
        changed = {name: cleaned[name] for name in self.changed_data if name in cleaned}
        shown_by = self.live_users
        errors = list(right_errors(self.instance, changed, shown_by, self.user))
        texts = {name: changed[name] for name in ("title",) if changed.get(name)}
        if changed.get("file"):
            texts["file"] = spoken_in(changed["file"])
            if shown_by and "shows" not in self.fields and is_recording(changed["file"].name):
                self.add_error("file", gettext("Upload a video or a sound recording as a separate document."))
        for name, text in [*errors, *self.quoted_errors(texts)]:
            self.add_error(name if name in self.fields else None, text)
        return cleaned

    def save(self, commit: bool = True) -> "AbstractDocument":
        """Save the document, and with `commit` its recording, log entry and statements, in one transaction. Note
        whether the title is the uploaded file's name; a changed or confirmed title is not."""
        title = self.cleaned_data.get("title", "")
        if uploaded := getattr(self, "uploaded_name", ""):
            self.instance.title_of_file = is_title_of_file(title, uploaded)
        elif "title" in self.changed_data or self.cleaned_data.get("title_is_fit"):
            self.instance.title_of_file = False
        with transaction.atomic():
            saved = super().save(commit=commit)
            if commit:
                self.save_recording(saved)
                self.log_new_file()
                self.save_statements()
        return saved
