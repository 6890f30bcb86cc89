"""Fields in the form of a film or sound recording: who is seen or heard, and their consent."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.internals.django import fields_for_model
from core.media.models import Recording, is_recording
from core.publishing.recordings import recording_of
from core.typed import FormMixin

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument

NAMES = ("shows", "consent_reference", "consent_scope", "consent_until")


class RecordingForm(FormMixin):
    """Mixin for the form of a document. Must come before Wagtail's form class."""

    def add_recording_fields(self) -> None:
        """Add the fields of `Recording` with their stored values, unless the document is stored and no film or
        sound recording."""
        if self.instance.pk and not is_recording(self.instance.file.name):
            return
        recording = recording_of(self.instance)
        fields = fields_for_model(Recording, NAMES)
        for name, field in fields.items():
            field.initial = getattr(recording, name)
            # Fields that the data do not include, as from the API, keep their values.
            field.disabled = self.is_bound and self.add_prefix(name) not in self.data
            self.fields[name] = field
        if not self.instance.pk:
            fields["shows"].help_text = _("Only for videos and sound recordings. Can be answered later.")

    def save_recording(self, document: "AbstractDocument") -> None:
        """Store the answers in the document's `Recording`, which is made if needed; do nothing if it is no film or
        sound recording or the form has no such fields."""
        if not is_recording(document.file.name) or "shows" not in self.fields:
            return
        recording, _made = Recording.objects.get_or_create(document=document)
        for name in NAMES:
            setattr(recording, name, self.cleaned_data.get(name) or (None if name == "consent_until" else ""))
        recording.save()
