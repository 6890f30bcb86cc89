"""Reminders of translations that are due soon, of which each translator is reminded once, and reminders that
somebody sends from the board."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import TranslationSource

from core.languages.cldr import long_date
from core.languages.site_languages import active_code
from translation.campaign_contents.due import campaign_dues
from translation.campaign_contents.to_translate import titles_of
from translation.models import Assignment, Notice, NoticeKind
from translation.notices.writing import tell
from translation.units.states import State, Status, states_of
from translation.units.summaries import Key

FOR_THE_TRANSLATOR = (Status.MISSING, Status.IN_TRANSLATION, Status.STALE)


def remind(today: datetime.date) -> int:
    """Remind the translators of unfinished translations, assigned to them, that are due within
    TRANSLATION_REMIND_DAYS or overdue, once for each due date, and return how many notices were written. It takes
    two queries for each notice; the other queries do not grow with their number."""
    assignments = list(
        Assignment.objects.filter(person__is_active=True).select_related("person__wagtail_userprofile", "locale")
    )
    counted = campaign_dues(today) if any(row.due is None for row in assignments) else {}
    window = datetime.timedelta(days=settings.TRANSLATION_REMIND_DAYS)
    near = [
        (row, due)
        for row in assignments
        if (due := row.due or counted.get(row.object_key)) and due - window <= today
    ]
    reminded = _reminded({row.person_id for row, _due in near if row.person_id})
    # Remind again if the due date was postponed after the last reminder so far that its window begins later.
    near = [
        (row, due)
        for row, due in near
        if reminded.get((row.person_id, row.object_key, row.locale_id), datetime.date.min) < due - window
    ]
    if not near:
        return 0
    titles, states = _titles_and_states([row for row, _due in near])
    count = 0
    for row, due in near:
        state = states.get((row.object_key, row.locale_id))
        if state and row.person and row.object_key in titles and state.status in FOR_THE_TRANSLATOR:
            title = titles[row.object_key]
            tell(row.person, NoticeKind.DUE, row.object_key, row.locale_id, title, due_on(due))
            count += 1
    return count


def remind_of(items: Collection[Key], titles: dict[UUID, str], today: datetime.date) -> list[User]:
    """Remind those to whom these translations are assigned of the unfinished ones, each by one notice, and return
    them. Nobody is reminded a second time on a day. `titles` are by key."""
    wanted = set(items)
    keys, locales = {key for key, _locale in wanted}, {locale for _key, locale in wanted}
    assignments = Assignment.objects.filter(object_key__in=keys, locale__in=locales, person__is_active=True)
    rows = [
        row
        for row in assignments.select_related("person__wagtail_userprofile").order_by("due", "pk")
        if (row.object_key, row.locale_id) in wanted
    ]
    _titles, states = _titles_and_states(rows)
    waiting: dict[User, list[Assignment]] = defaultdict(list)
    for row in rows:
        state = states.get((row.object_key, row.locale_id))
        if row.person and state and state.status in FOR_THE_TRANSLATOR:
            waiting[row.person].append(row)
    days = _reminded({person.pk for person in waiting})
    told = {person for (person, key, _locale), day in days.items() if day == today and key in keys}
    people = [person for person in waiting if person.pk not in told]
    for person in people:
        first = waiting[person][0]
        due = min((row.due for row in waiting[person] if row.due), default=None)
        detail = waiting_for_you(len(waiting[person]), due)
        tell(person, NoticeKind.DUE, first.object_key, first.locale_id, titles[first.object_key], detail)
    return people


def _reminded(people: set[int]) -> dict[tuple[Any, ...], datetime.date]:
    """Return the date of the last reminder to these users, by user, translation key and language."""
    rows = Notice.objects.filter(person__in=people, kind=NoticeKind.DUE).order_by("created_at")
    return {
        (person, key, locale): timezone.localdate(at)
        for person, key, locale, at in rows.values_list("person_id", "object_key", "locale_id", "created_at")
    }


def _titles_and_states(rows: Iterable[Assignment]) -> tuple[dict[UUID, str], dict[Key, State]]:
    """Return the titles of assigned objects in their source languages by key, and their states by key and locale
    id."""
    keys = {row.object_key for row in rows}
    locale_ids = {row.locale_id for row in rows}
    sources = TranslationSource.objects.filter(object_id__in=keys).select_related("specific_content_type")
    by_model = defaultdict(set)
    for source in sources:
        by_model[source.specific_content_type.model_class()].add(source.object_id)
    targets: dict[Key, bool | None] = {}
    for model, of_model in by_model.items():
        found = model._base_manager.filter(translation_key__in=of_model, locale_id__in=locale_ids)
        for key, locale_id, live in found.values_list("translation_key", "locale_id", "live"):
            targets[key, locale_id] = live
    return titles_of(keys), states_of(keys, locale_ids, targets)


def _due_on(day: datetime.date) -> str:
    return _("Due on %(day)s.") % {"day": long_date(day, active_code())}


due_on = lazy(_due_on, str)


def _waiting_for_you(count: int, due: datetime.date | None) -> str:
    text = ngettext(
        "%(count)d unfinished item is assigned to you.", "%(count)d unfinished items are assigned to you.", count
    ) % {"count": count}
    return f"{text} {_due_on(due)}" if due else text


waiting_for_you = lazy(_waiting_for_you, str)
