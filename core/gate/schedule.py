"""Who hears of it when the gate stops a scheduled publication."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import LogFormatter, log
from wagtail.log_actions import registry as log_registry
from wagtail.models import BaseLogEntry, Page, Revision
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from core.gate.findings import PublishBlocked, numbered
from core.gate.publication import Publication

ACTION = "core.publish_blocked"


class PublishBlockedFormatter(LogFormatter):
    label = gettext_lazy("Scheduled publication blocked")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return _("Not published as scheduled: %(findings)s") % {"findings": " ".join(log_entry.data["findings"])}


def report_blocked(revision: Revision, blocked: PublishBlocked) -> None:
    """Once for the same reasons, however often the schedule is tried."""
    subject = blocked.subject
    told = log_registry.get_logs_for_instance(subject).filter(action=ACTION, revision=revision).first()
    lines = [finding.unnamed.line for finding in blocked.findings]
    if told and told.data.get("findings") == lines:
        return
    log(instance=subject, action=ACTION, revision=revision, data={"findings": lines})
    for user in _recipients(subject, revision):
        _write_to(user, subject, revision)


def _recipients(subject: models.Model, revision: Revision) -> Iterable[AbstractBaseUser]:
    policy = policy_registry.get(subject)
    users = [getattr(subject, "owner", None), revision.user]
    if isinstance(subject, Page):
        users += policy.users_with_permission_for_instance("publish", subject, include_superusers=False)
    else:
        users += policy.users_with_permission("publish").filter(is_superuser=False)
    return dict.fromkeys(user for user in users if user and user.is_active and user.email)


def _write_to(user: AbstractBaseUser, subject: models.Model, revision: Revision) -> None:
    with override(UserProfile.get_for_user(user).get_preferred_language()):
        edit_url = AdminURLFinder(user).get_edit_url(subject) or ""
        context = {
            "user": user,
            "subject": numbered(subject),
            "findings": [finding.unnamed for finding in Publication(subject, revision=revision).obstacles],
            "edit_url": f"{get_admin_base_url()}{edit_url}" if edit_url else "",
        }
        title = _("Not published as scheduled: %(title)s") % {"title": numbered(subject)}
        send_mail(title, render_to_string("admin/mail/publish_blocked.txt", context), [user.email])
