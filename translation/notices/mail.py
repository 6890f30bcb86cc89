"""Notices by mail. A notice counts as mailed once its mail is queued (`core.mail`), in the same transaction."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from core.findings import numbered
from core.languages.site_languages import admin_language
from translation.models import Notice, NoticeKind, NoticePreference
from translation.notices.people import people_by_id
from translation.notices.wording import counts_of

logger = logging.getLogger(__name__)


def mail_now(pks: Collection[int]) -> int:
    """Mail those of these notices that are not mailed yet, one mail for each active person with an address. Return
    how many mails could not be sent."""
    return _deliver(_unmailed().filter(pk__in=pks))


def mail_what_waits() -> int:
    """Mail all unseen notices that have not been mailed, one mail for each person, but not to people who want
    none, nor to those with a daily digest who were mailed a notice today. Return how many mails could not be
    sent."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    had_theirs = NoticePreference.objects.filter(
        daily_digest=True, person__in=Notice.objects.filter(mailed_at__gte=today).values("person")
    )
    want_none = NoticePreference.objects.filter(never=True)
    unseen = _unmailed().filter(seen_at=None).exclude(person__in=want_none.values("person"))
    return _deliver(unseen.exclude(person__in=had_theirs.values("person")))


def _unmailed() -> QuerySet[Any]:
    return Notice.objects.filter(mailed_at=None, person__is_active=True).exclude(person__email="")


def _deliver(notices: QuerySet[Any]) -> int:
    by_person = defaultdict(list)
    for pk, person_id in notices.order_by("pk").values_list("pk", "person_id"):
        by_person[person_id].append(pk)
    people = people_by_id(by_person)
    return sum(not _mailed(people[person_id], pks) for person_id, pks in by_person.items())


def _mailed(person: User, pks: list[int]) -> bool:
    """Send one mail with the notices that are still to be mailed, if any, and mark them as mailed. Return False,
    after logging the error, if that failed."""
    try:
        with transaction.atomic():
            # A concurrent process waits for this lock and then finds nothing to mail.
            locked = Notice.objects.select_for_update().filter(pk__in=pks, mailed_at=None)
            notices = list(locked.order_by("pk").prefetch_related("locale"))
            if notices:
                _write(person, notices)
                Notice.objects.filter(pk__in=[each.pk for each in notices]).update(mailed_at=timezone.now())
    except Exception:
        logger.exception("Notices were not mailed to user %s; they will be tried again", person.pk)
        return False
    return True


def _numbers(notices: Iterable[Notice]) -> dict[UUID, str]:
    """Return what to call snippets in a mail, such as “Quote 12”, by translation key; pages are left out. Titles
    of snippets are words and names of people, which should not remain in mailboxes."""
    keys = {each.object_key for each in notices}
    sources = TranslationSource.objects.filter(object_id__in=keys).select_related("specific_content_type")
    found = {}
    for source in sources:
        model = source.specific_content_type.model_class()
        if model and not issubclass(model, Page):
            row = model._base_manager.filter(translation_key=source.object_id).order_by("pk").first()
            found[source.object_id] = numbered(row) if row else str(model._meta.verbose_name)
    return found


def _detail(notice: Notice, is_snippet: bool) -> str:
    """Return the detail of a notice for a mail. The reason for which a snippet was returned may quote words of
    people, which mails must not hold."""
    return counts_of(notice.detail) if is_snippet and notice.kind == NoticeKind.REFUSED else notice.detail


def _write(person: User, notices: list[Notice]) -> None:
    with override(admin_language(person)):
        first, numbers = notices[0], _numbers(notices)
        if len(notices) == 1:
            subject = f"{numbers.get(first.object_key, first.title)}: {first.get_kind_display()}"
        else:
            subject = ngettext(
                "%(count)d notice about translations", "%(count)d notices about translations", len(notices)
            ) % {"count": len(notices)}
        base = get_admin_base_url().rstrip("/")
        context = {
            "person": person,
            "lines": [
                (
                    each,
                    numbers.get(each.object_key),
                    _detail(each, each.object_key in numbers),
                    f"{base}{reverse('translation_notices:open', args=[each.pk])}",
                )
                for each in notices
            ],
            "preferences": f"{base}{reverse('wagtailadmin_account')}",
        }
        send_mail(" ".join(subject.split()), render_to_string("admin/mail/notices.txt", context), [person.email])
