"""The questions that a form asks when the file of an image or recording is replaced, because the stored answers
are about the old file."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail.models import ModelLogEntry

from core.media.live_files import live_users, right_errors
from core.typed import FormMixin, Translatable

NOBODY = "nobody"
CONFIRMED_ACTION = "core.replaced_file_confirmed"


class ReplacedFileFormatter(LogFormatter):
    """The log entry of a confirmation given with a new file."""

    label = gettext_lazy("Confirm who becomes public")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        return _("Confirmed who becomes public with the new file")


class ReplacedFileForm(FormMixin):
    """A form mixin for a model with the field `shows` and the consent fields. List it before Wagtail's form class.

    Readers see the new file at once if a live object shows it. Then the form asks who is shown in the new file and
    requires a confirmation; otherwise it clears `shows`, and the publishing check asks for an answer later.
    """

    user: User | None

    def add_fields_for_new_file(self) -> None:
        """Add the question who is shown in the new file, and the confirmation, if live objects show the file. Do
        nothing for a new object or if the form lacks the field `file` or `shows`."""
        if not (self.instance.pk and "file" in self.fields and "shows" in self.fields and self.live_users):
            return
        # A ChoiceField; the stubs also allow other types for its choices than it returns.
        shows: Any = self.fields["shows"]
        answers = [choice for choice in shows.choices if choice[0]]
        self.fields["shows_in_new_file"] = forms.ChoiceField(
            label=_("Who is shown in the new file"),
            choices=[("", "---------"), *answers],
            required=False,
            help_text=_("Only if you replace the file. Readers see the new file at once."),
        )
        titles = ", ".join(f"“{source}”" for source in self.live_users[:5])
        self.fields["new_file_confirmed"] = forms.BooleanField(
            label=_("The people in the new file become public at once, with the consent and texts below"),
            required=False,
            help_text=_("In: %(titles)s.") % {"titles": titles},
        )

    @cached_property
    def live_users(self) -> list[Translatable]:
        """Return the live objects that show the file; none for a new one."""
        return live_users(self.instance) if self.instance.pk else []

    def clean_new_file(self, cleaned: dict[str, Any]) -> None:
        """Settle `shows` in the cleaned data when the file of a stored object is replaced. If nothing live shows
        the file, clear `shows` unless it was answered anew. Otherwise add an error if the answer is missing, or if
        people are shown and this was not confirmed. Do nothing if the user may not replace the file."""
        is_replaced = "file" in self.changed_data and "file" in cleaned
        if not (self.instance.pk and "shows" in self.fields and is_replaced):
            return
        is_answered = "shows" in self.changed_data
        if not self.live_users:
            cleaned["shows"] = cleaned.get("shows") if is_answered else ""
            return
        if list(right_errors(self.instance, {"file": cleaned["file"]}, self.live_users, self.user)):
            return
        answer = cleaned.get("shows_in_new_file") or (cleaned.get("shows") if is_answered else "")
        if not answer:
            message = _("Choose who is shown in the new file. The previous answer is for the old file.")
            self.add_error("shows_in_new_file", message)
        elif answer != NOBODY and not cleaned.get("new_file_confirmed"):
            message = _("Readers see these people at once. Check the consent and the texts, then confirm.")
            self.add_error("new_file_confirmed", message)
        cleaned["shows"] = answer or cleaned.get("shows")

    def log_new_file(self) -> None:
        """Log that the user has confirmed who becomes public with a new file, if the file was replaced and this
        was confirmed."""
        if self.cleaned_data.get("new_file_confirmed") and "file" in self.changed_data:
            log(self.instance, CONFIRMED_ACTION, user=self.user)
