"""Assignment of translations to translators, with due dates."""

import datetime
from collections.abc import Collection, Iterable
from typing import TypedDict, Unpack
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from core.languages.bidi import embedded
from core.languages.cldr import long_date
from core.languages.site_languages import active_code
from translation.access.queries import may_translate
from translation.models import Assignment, NoticeKind
from translation.notices.people import name_of
from translation.notices.writing import tell
from translation.sending.turns import take_turns


class Changes(TypedDict, total=False):
    """The values of an assignment that are set; values that are left out do not change."""

    person: User | None
    due: datetime.date | None


def check_person(person: User, locale: Locale) -> None:
    """Raise ValidationError if the person may not translate into the language."""
    if not may_translate(person, locale.pk):
        message = _("%(person)s does not have permission to translate into %(language)s.")
        raise ValidationError(
            message % {"person": embedded(name_of(person)), "language": embedded(locale.get_display_name())}
        )


def assign(keys: Collection[UUID], locale_id: int, by: User | None, **changes: Unpack[Changes]) -> list[UUID]:
    """Set the values `changes` (`person`, `due`) in the assignments of the objects with these keys in one
    language, which are created if needed, in the name of `by`. Return the keys of those that have changed. Rights
    are not checked."""
    known = Assignment.objects.filter(object_key__in=keys, locale_id=locale_id).select_related("person")
    rows = {row.object_key: row for row in known}
    changed = []
    for key in dict.fromkeys(keys):
        row = rows.get(key) or Assignment(object_key=key, locale_id=locale_id)
        if any(getattr(row, name) != value for name, value in changes.items()):
            for name, value in changes.items():
                setattr(row, name, value)
            row.assigned_by, row.assigned_at, row.pk = by, timezone.now(), None
            changed.append(row)
    # Another request may create the same assignments meanwhile.
    Assignment.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["object_key", "locale"],
        update_fields=[*changes, "assigned_by", "assigned_at"],
    )
    return [row.object_key for row in changed]


@transaction.atomic
def reassign(
    items: Iterable[tuple[UUID, int]], by: User, titles: dict[UUID, str], **changes: Unpack[Changes]
) -> int:
    """Set `changes` in the assignments of translations, given as pairs of translation key and locale id, and
    return how many have changed. A person that is set is notified once for each language in which something
    changed. Raise ValidationError, before anything is stored, if the person may not translate into one of them.
    `titles` are by key."""
    by_locale: dict[int, list[UUID]] = {}
    for key, locale_id in items:
        by_locale.setdefault(locale_id, []).append(key)
    locales = Locale.objects.in_bulk(by_locale)
    person = changes.get("person")
    if person:
        for locale_id in by_locale:
            check_person(person, locales[locale_id])
    take_turns()
    count = 0
    for locale_id, keys in by_locale.items():
        changed = assign(keys, locale_id, by, **changes)
        count += len(changed)
        if person and changed:
            detail = assigned_detail(len(changed), locales[locale_id], changes.get("due"))
            title = titles.get(changed[0], "")
            tell(person, NoticeKind.ASSIGNED, changed[0], locale_id, title, detail)
    return count


def _assigned_detail(count: int, locale: Locale, due: datetime.date | None) -> str:
    text = ngettext(
        "%(count)d item to translate, %(language)s.", "%(count)d items to translate, %(language)s.", count
    ) % {"count": count, "language": embedded(locale.get_display_name())}
    if due:
        text = f"{text} {_('Due on %(day)s.') % {'day': long_date(due, active_code())}}"
    return text


assigned_detail = lazy(_assigned_detail, str)
"""`_assigned_detail` as a lazy text, which is translated into the language of each recipient."""
