"""Writing of notices. They are stored first and mailed after the commit. A mail that fails stops nothing:
`manage.py send_notices` tries again."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import override

from core.languages.site_languages import admin_language
from translation.models import Notice, NoticePreference
from translation.notices.tasks import mail_notices


def tell(
    person_or_people: User | Iterable[User],
    kind: str,
    object_key: UUID,
    locale_id: int,
    title: str,
    detail: str | Promise = "",
    image_id: int | None = None,
) -> list[Notice]:
    """Write a notice to each active person, once, mail it after the commit, and return the notices. A lazy
    `detail` is translated into the language of each person. `image_id` is set for an alternative text. It takes
    two queries, whatever the number of people."""
    people = [person_or_people] if isinstance(person_or_people, User) else person_or_people
    notices = [
        Notice(
            person=person,
            kind=kind,
            object_key=object_key,
            locale_id=locale_id,
            title=title[:255],
            detail=_in_language_of(person, detail),
            image_id=image_id,
        )
        for person in dict.fromkeys(people)
        if person.is_active
    ]
    Notice.objects.bulk_create(notices)
    mail_soon(notices)
    return notices


def mail_soon(notices: list[Notice]) -> None:
    """Enqueue the mailing of the notices after the commit, except to people who prefer one mail a day, or none."""
    others = NoticePreference.objects.filter(person__in={notice.person_id for notice in notices})
    others = others.filter(Q(daily_digest=True) | Q(never=True))
    later = set(others.values_list("person_id", flat=True)) if notices else set()
    pks = [notice.pk for notice in notices if notice.person_id not in later]
    if pks:
        transaction.on_commit(lambda: mail_notices.enqueue(pks), robust=True)


def _in_language_of(person: User, detail: str | Promise) -> str:
    with override(admin_language(person)):
        return str(detail)
