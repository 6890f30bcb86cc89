"""Who is working on which unit of a translation."""

import datetime
from collections import defaultdict

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from core.internals.wagtail_admin import get_user_display_name
from translation.models import UnitVisit

GONE_AFTER = datetime.timedelta(seconds=40)
"""How long after the last ping of its screen somebody counts as present; screens ping every 15 seconds."""
FORGOTTEN_AFTER = datetime.timedelta(days=1)


def visit(translation_ids: list[int], translation_id: int, unit: str, user: User) -> None:
    """Note that the user works on a unit of one of the translations of a screen; an empty `unit` is none."""
    UnitVisit.objects.filter(user=user, translation__in=translation_ids).exclude(
        translation=translation_id
    ).delete()
    UnitVisit.objects.update_or_create(
        user=user, translation_id=translation_id, defaults={"unit": unit}, create_defaults={"unit": unit}
    )
    UnitVisit.objects.filter(seen_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()


def visits_of_others(user: User) -> QuerySet[UnitVisit]:
    """Return a queryset of who works on a unit now, without the user."""
    return UnitVisit.objects.filter(seen_at__gte=timezone.now() - GONE_AFTER).exclude(user=user)


def others_at(translation_ids: list[int], user: User) -> dict[str, list[str]]:
    """Return the names of the other users who work on these translations now, by the id of the unit (one
    query)."""
    rows = visits_of_others(user).filter(translation__in=translation_ids)
    found = defaultdict(list)
    for row in rows.select_related("user").order_by("pk"):
        found[row.unit].append(str(get_user_display_name(row.user)))
    return dict(found)
