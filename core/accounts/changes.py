"""Consequences of a changed account: a mail to the old address, and the end of its sessions."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.accounts.passwords import OwnEmailForm, OwnPasswordForm
from core.accounts.sessions import end_sessions
from core.audit.row_changes import row_changed
from core.internals.wagtail_admin import ChangePasswordPanel, NameEmailSettingsPanel


def connect() -> None:
    """Connect the receiver of changed accounts, and have Wagtail's account page ask for the current password."""
    NameEmailSettingsPanel.form_class = OwnEmailForm
    ChangePasswordPanel.form_class = OwnPasswordForm
    row_changed.connect(account_changed, sender=get_user_model(), dispatch_uid="account_changed")


def account_changed(instance: User, before: dict[str, Any], changed: list[str], **kwargs: Any) -> None:
    """Receiver: mail the old address when the address has changed, and end the sessions of an account that was
    closed. Opening the account again brings no session back. A new password needs nothing here: Django ends the
    sessions."""
    if "email" in changed and before.get("email"):
        tell_old_address(instance, before["email"])
    if "is_active" in changed and not instance.is_active:
        end_sessions(instance)


def tell_old_address(user: User, old: str) -> None:
    """Send a mail to the address `old`, in the user's language, saying that the address was changed."""
    profile = getattr(user, "wagtail_userprofile", None)
    with override(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE):
        context = {"name": user.get_username(), "site": settings.WAGTAILADMIN_BASE_URL}
        text = render_to_string("admin/mail/email_changed.txt", context)
        send_mail(str(_("Your e-mail address was changed")), text.strip() + "\n", None, [old])
