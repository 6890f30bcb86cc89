"""Log entries about second factors, and mails about them to the owner of the account."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin.mail import send_mail
from wagtail.log_actions import LogFormatter, log
from wagtail.models import ModelLogEntry

from core.internals.wagtail_models import LogActionRegistry
from core.languages.site_languages import admin_language
from core.second_factor.devices import FAILURES_TO_TELL
from core.second_factor.links import link_for

ADDED = "second_factor.add"
REMOVED = "second_factor.remove"
CODES = "second_factor.codes"
RESET = "second_factor.reset"
USED = "second_factor.use"
FAILED = "second_factor.fail"
LINK = "second_factor.link"

MESSAGES = {
    ADDED: gettext_lazy("Second factor added"),
    REMOVED: gettext_lazy("Second factor removed"),
    CODES: gettext_lazy("New recovery codes made"),
    RESET: gettext_lazy("Second factor reset"),
    USED: gettext_lazy("Signed in with second factor"),
    FAILED: gettext_lazy("Wrong code after the right password"),
    LINK: gettext_lazy("Link to set up a second factor requested"),
}
BETWEEN_LINKS = 5 * 60
"""Seconds between two mails with a link."""


class Formatter(LogFormatter):
    """A log formatter that appends `what`, the kind and name of a device, to the message."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        what = log_entry.data.get("what")
        return f"{self.message}: {what}" if what else str(self.message)


def register_actions(registry: LogActionRegistry) -> None:
    """Register the log actions of second factors."""
    for action, message in MESSAGES.items():
        registry.register_action(action)(type("Formatter", (Formatter,), {"label": message, "message": message}))


def note_change(user: User, action: str, by: User | None, what: str = "") -> None:
    """Log a change of a user's devices, of the kind `action`, and mail it to them. `by` is None if a command made
    the change; `what` names the device."""
    with transaction.atomic():
        entry = log(user, action, user=by, data={"what": what})
        _mail_entry(user, entry)


def note_use(user: User, what: str) -> None:
    """Log that the user signed in with the device with the label `what`."""
    log(user, USED, user=user, data={"what": what})


def note_failure(user: User, failures: int) -> None:
    """Log a wrong code; `failures` is how many there were in a row. At FAILURES_TO_TELL mail the owner, as whoever
    types codes knows the password."""
    with transaction.atomic():
        entry = log(user, FAILED, user=user)
        if failures == FAILURES_TO_TELL:
            _mail_entry(user, entry)


def request_link(user: User) -> None:
    """Mail the user a link to add their first device and log it, unless one was requested in the last five
    minutes."""
    since = timezone.now() - timedelta(seconds=BETWEEN_LINKS)
    with transaction.atomic():
        get_user_model()._base_manager.select_for_update().get(pk=user.pk)
        if ModelLogEntry.objects.for_instance(user).filter(action=LINK, timestamp__gt=since).exists():
            return
        log(user, LINK, user=user)
        with override(admin_language(user)):
            context = {"link": link_for(user)}
            _send(user, _("Set up your second factor"), "admin/mail/second_factor_link.txt", context)


def _mail_entry(user: User, entry: ModelLogEntry) -> None:
    by = entry.user
    with override(admin_language(user)):
        context = {
            "what": entry.message,
            "at": entry.timestamp,
            "by": by.get_username() if by and by.pk != user.pk else "",
        }
        _send(user, entry.message, "admin/mail/second_factor.txt", context)


def _send(user: User, subject: str, template: str, context: dict[str, Any]) -> None:
    """Queue a mail in the running transaction; do nothing if the user is not active or has no address."""
    if user.email and user.is_active:
        context["username"] = user.get_username()
        send_mail(" ".join(subject.split()), render_to_string(template, context), [user.email])
