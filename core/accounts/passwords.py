"""Asking for the own password once more before something that a borrowed session must not do."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.users.forms import UserEditForm

from core.throttling.attempts import Limit, give_back, take

TRIES = 20
"""In 15 minutes; a form that is shown again checks twice."""


def check_own_password(user: User, password: str) -> None:
    """Raise ValidationError for a wrong password, and after too many of them for any."""
    limits = [Limit(f"own password {user.pk}", TRIES)]
    if take(limits).wait:
        raise ValidationError(_("Too many attempts. Please try again in a few minutes."))
    if not user.check_password(password):
        raise ValidationError(_("This is not your password."))
    give_back(limits)


class AsksForPassword(forms.Form):
    """A form with an `email`, whose change needs the password of `by`, as does somebody else's new password."""

    your_password = forms.CharField(
        label=gettext_lazy("Your password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=gettext_lazy("Only for a new e-mail address. The old address gets a mail about it."),
    )
    by: User
    stored_email: str

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        new_address = self.cleaned_data.get("email", self.stored_email) != self.stored_email
        if new_address or self.cleaned_data.get("password1"):
            try:
                check_own_password(self.by, self.cleaned_data.get("your_password", ""))
            except ValidationError as error:
                self.add_error("your_password", error)
        return cleaned


class OwnEmailForm(AsksForPassword, NameEmailForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # A form changes its instance when it is checked, and this one is checked again when it is shown.
        self.by = get_user_model()._default_manager.get(pk=self.instance.pk)
        self.stored_email = self.by.email


class EditUserForm(AsksForPassword, UserEditForm):
    def __init__(self, *args: Any, by: User, **kwargs: Any):
        self.by = by
        super().__init__(*args, **kwargs)
        self.stored_email = self.instance.email
        if self.password_enabled:
            self.fields["your_password"].help_text = _("For a new e-mail address or password.")

    @property
    def password_enabled(self) -> bool:
        """Their own password people change on the page of their account, which asks for the old one."""
        return self.instance.pk != self.by.pk and super().password_enabled


class OwnPasswordForm(PasswordChangeForm):
    def clean_old_password(self) -> str:
        """Raise ValidationError."""
        password = self.cleaned_data["old_password"]
        check_own_password(self.user, password)
        return password
