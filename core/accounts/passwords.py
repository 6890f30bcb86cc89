"""Forms that ask for the user's own password again before a change of address or password.

Whoever finds a session of somebody else open must not be able to take over the account.
"""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.users.forms import UserEditForm

from core.internals.wagtail_admin import NameEmailForm, PasswordChangeForm
from core.throttling.attempts import Limit, give_back, take

TRIES = 20
"""Attempts in 15 minutes. A form that is shown again with errors checks the password twice."""


def check_own_password(user: User, password: str) -> None:
    """Raise ValidationError if the password is not the user's or, whatever the password, after TRIES wrong ones in
    15 minutes."""
    limits = [Limit(f"own password {user.pk}", TRIES)]
    if take(limits).wait:
        raise ValidationError(_("Too many attempts. Please try again in a few minutes."))
    if not user.check_password(password):
        raise ValidationError(_("This is not your password."))
    give_back(limits)


class AsksForPassword(forms.Form):
    """Mixin for forms with a field `email`, and perhaps `password1`, that asks the user for their own password.

    Without the password of `by` the form is invalid if the address differs from `stored_email` or if `password1`
    is filled in. Subclasses set both attributes.
    """

    your_password = forms.CharField(
        label=gettext_lazy("Your password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=gettext_lazy("Required to change the e-mail address. A notice is sent to the old address."),
    )
    by: User
    stored_email: str

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        new_address = self.cleaned_data.get("email", self.stored_email) != self.stored_email
        if new_address or self.cleaned_data.get("password1"):
            try:
                check_own_password(self.by, self.cleaned_data.get("your_password", ""))
            except ValidationError as error:
                self.add_error("your_password", error)
        return cleaned


class OwnEmailForm(AsksForPassword, NameEmailForm):
    """Form on the account page for the user's own name and e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # Validation changes the form's instance, and this form is validated again when it is shown with errors.
        self.by = get_user_model()._default_manager.get(pk=self.instance.pk)
        self.stored_email = self.by.email


class EditUserForm(AsksForPassword, UserEditForm):
    """Form with which an administrator (`by`) edits a user."""

    def __init__(self, *args: Any, by: User, **kwargs: Any):
        self.by = by
        super().__init__(*args, **kwargs)
        self.stored_email = self.instance.email
        if self.password_enabled:
            self.fields["your_password"].help_text = _("Required to change the e-mail address or the password.")

    @property
    def password_enabled(self) -> bool:
        """Return whether a password can be set here, as Wagtail's settings allow it; never the editor's own, which
        users change on their account page."""
        return self.instance.pk != self.by.pk and super().password_enabled


class OwnPasswordForm(PasswordChangeForm):
    """Form on the account page for a new password, with a limit on wrong attempts."""

    def clean_old_password(self) -> str:
        """Return the old password. Raise ValidationError if it is wrong, or after too many wrong attempts."""
        password = self.cleaned_data["old_password"]
        check_own_password(self.user, password)
        return password
