"""Mails that tell publishers about a changed helpline, so that a wrong number is noticed at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import ModelLogEntry

from core.helplines.describe import differences
from core.languages.site_languages import admin_language


@dataclass(frozen=True)
class Change:
    """A change of a helpline. `entry` is its log entry."""

    entry: ModelLogEntry

    @property
    def person(self) -> str:
        """The name of the person who made the change."""
        user = self.entry.user
        return (user.get_full_name() or user.get_username()) if user else _("the system")


def mail_changes(keys: Iterable[str]) -> None:
    """Mail each change whose log entry has one of these primary keys to every publisher, in their language."""
    for entry in ModelLogEntry.objects.filter(pk__in=list(keys)).order_by("pk"):
        for person in publishers():
            _mail(person, Change(entry))


def publishers() -> QuerySet[Any]:
    """Return the active users who may change helplines and have a mail address."""
    people = get_user_model()._default_manager.with_perm(
        "core.change_helpline", backend="django.contrib.auth.backends.ModelBackend"
    )
    return people.exclude(email="").select_related("wagtail_userprofile").order_by("pk")


def _mail(person: User, change: Change) -> None:
    with override(admin_language(person)):
        data = change.entry.data
        context = {
            "title": change.entry.label,
            "person": change.person,
            "at": change.entry.timestamp,
            "lines": list(_lines(data["old"], data["new"])),
            "base": get_admin_base_url(),
        }
        subject = _("Helpline changed: %(helpline)s") % {"helpline": change.entry.label}
        send_mail(" ".join(subject.split()), render_to_string("admin/mail/helpline.txt", context), [person.email])


def _lines(old: dict[str, Any] | None, new: dict[str, Any] | None) -> Iterator[dict[str, str]]:
    """Yield dicts of label, old and new text for each changed part; "–" stands for an empty text."""
    for difference in differences(old, new):
        if difference.is_changed:
            yield {"label": difference.label, "old": difference.old or "–", "new": difference.new or "–"}
