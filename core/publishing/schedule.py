"""Messages about scheduled publishing: mails when a scheduled publication fails, and a warning that a draft with a
go-live date is not scheduled."""

from collections.abc import Callable, Iterable, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import LogFormatter, log
from wagtail.models import BaseLogEntry, Page, Revision
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from core.findings import Finding, PublishBlocked, numbered
from core.internals.wagtail_models import log_registry
from core.publishing.publication import Publication
from core.times import in_words
from core.typed import Translatable

ACTION = "core.publish_blocked"
Found = Callable[[], Sequence[Finding]]
"""A function that returns the findings in the active language."""


class PublishBlockedFormatter(LogFormatter):
    """The log entry of a scheduled publication that was blocked."""

    label = gettext_lazy("Scheduled publication blocked")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return _("Not published as scheduled: %(findings)s") % {"findings": " ".join(log_entry.data["findings"])}


def report_blocked(revision: Revision, blocked: PublishBlocked) -> None:
    """Log that a scheduled revision was blocked, and mail the findings to its owner, its author and the
    publishers. Do nothing if the last report on this revision had the same findings."""
    subject = blocked.subject
    _report(revision, subject, blocked.findings, lambda: Publication(subject, revision=revision).obstacles)


def report_failed(revision: Revision) -> None:
    """Log and mail, as `report_blocked`, that an unexpected error stopped a scheduled revision. The text of the
    error is only in the server's log."""
    _report(revision, revision.content_object, _failure(), _failure)


def _failure() -> list[Finding]:
    return [Finding("failed", _("An error occurred."), _("Tell an administrator: details are in the server log."))]


@transaction.atomic
def _report(revision: Revision, subject: Translatable, findings: Sequence[Finding], found: Found) -> None:
    """Log `findings` without names, and mail to each recipient what `found` returns in their language. Do nothing
    if the last log entry for this revision has the same findings."""
    # If two runs happen at once, only one of them reports.
    Revision.objects.select_for_update().get(pk=revision.pk)
    told = log_registry.get_logs_for_instance(subject).filter(action=ACTION, revision=revision).first()
    lines = [finding.unnamed.line for finding in findings]
    if told and told.data.get("findings") == lines:
        return
    # An entry needs a title, which a draft may lack.
    title = str(subject) or numbered(subject)
    log(instance=subject, action=ACTION, revision=revision, data={"findings": lines}, title=title)
    for user in _recipients(subject, revision):
        _write_to(user, subject, found)


def _recipients(subject: Translatable, revision: Revision) -> Iterable[User]:
    """Return the active users with an email address among the owner, the author of the revision and those who may
    publish the object by a group; superusers only as owner or author."""
    policy = policy_registry.get(subject)
    users = [getattr(subject, "owner", None), revision.user]
    if isinstance(subject, Page):
        users += policy.users_with_permission_for_instance("publish", subject, include_superusers=False)
    else:
        users += policy.users_with_permission("publish").filter(is_superuser=False)
    return dict.fromkeys(user for user in users if user and user.is_active and user.email)


def _write_to(user: User, subject: Translatable, found: Found) -> None:
    with override(UserProfile.get_for_user(user).get_preferred_language()):
        edit_url = AdminURLFinder(user).get_edit_url(subject) or ""
        context = {
            "user": user,
            "subject": numbered(subject),
            "findings": [finding.unnamed for finding in found()],
            "edit_url": f"{get_admin_base_url()}{edit_url}" if edit_url else "",
        }
        title = _("Not published as scheduled: %(title)s") % {"title": numbered(subject)}
        send_mail(title, render_to_string("admin/mail/publish_blocked.txt", context), [user.email])


def say_not_scheduled(request: HttpRequest, subject: Translatable) -> None:
    """Receiver of Wagtail's hooks after saving: warn that a draft with a future go-live date is not scheduled. Do
    nothing for autosaves, which do not accept HTML."""
    if not request.accepts("text/html") or not subject.latest_revision:
        return
    go_live_at = parse_datetime(str(subject.latest_revision.content.get("go_live_at") or ""))
    if go_live_at and go_live_at > timezone.now() and not subject.scheduled_revision:
        text = _("Not scheduled yet. Publish to schedule it for %(time)s.")
        messages.warning(request, text % {"time": in_words(go_live_at)})
