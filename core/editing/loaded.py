"""Protection against overwriting somebody else's changes, for objects without revisions such as images and
documents: a form is refused if the object was saved since the form was opened."""

import datetime
from hashlib import sha256

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from core.internals.wagtail_admin import get_user_display_name
from core.internals.wagtail_models import log_registry, render_timestamp
from core.typed import FormMixin

LOADED = "loaded"


def newer_version(editor: User | None, at: datetime.datetime, user: User | None) -> str:
    """Return the message to `user` that a save was refused because `editor` (None for the system) saved a newer
    version at that time; with other words if both are the same person."""
    time = render_timestamp(at) if at < timezone.now() else ""
    if editor and user and editor.pk == user.pk:
        return _("Not saved: you saved a newer version in another window (%(time)s).") % {"time": time}
    return _("Not saved: %(user)s saved a newer version (%(time)s).") % {
        "user": get_user_display_name(editor) or _("System"),
        "time": time,
    }


class LoadedForm(FormMixin):
    """A form mixin with a hidden digest of the values that the form was opened with. List it before Wagtail's form
    class. Clients that send no digest, such as those of the API, are not refused."""

    user: User | None

    def add_loaded(self) -> None:
        """Add the hidden field with a SHA-256 of the initial values of the fields that the form has so far; call
        it last. Do nothing for a new object."""
        if not self.instance.pk:
            return
        values = [
            (name, self._plain(self.get_initial_for_field(field, name))) for name, field in self.fields.items()
        ]
        self._stored = sha256(repr(sorted(values)).encode()).hexdigest()
        self.fields[LOADED] = forms.CharField(required=False, widget=forms.HiddenInput, initial=self._stored)

    def clean_loaded(self) -> str:
        """Return the digest that was sent, or an empty string. Add an error to the form, which names who saved
        last, if the stored values have changed since."""
        loaded = self.cleaned_data[LOADED]
        if loaded and loaded != self._stored:
            latest = log_registry.get_logs_for_instance(self.instance).order_by("-timestamp").first()
            editor, at = (latest.user, latest.timestamp) if latest else (None, timezone.now())
            self.add_error(None, newer_version(editor, at, self.user))
        return loaded

    @staticmethod
    def _plain(value: object) -> str:
        """Return a value as text; several values, such as tags, in a fixed order."""
        if hasattr(value, "__iter__") and not isinstance(value, str) and not hasattr(value, "storage"):
            return repr(sorted(map(str, value)))
        return str("" if value is None else value)
