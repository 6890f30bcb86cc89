"""When a translation is due: so many days before its campaign's next observance, if it has no day of its own."""

import datetime
from uuid import UUID

from django.conf import settings
from wagtail.models import Locale

from campaigns.years import next_observance
from core.typed import Translatable
from translation.campaign_contents.families import Family, families
from translation.campaign_contents.gathering import Gathering


def due_date(campaign: Family | Translatable, today: datetime.date) -> datetime.date | None:
    """Of the original of a campaign, which decides. It is in the past where the observance is near; None where
    the campaign has no day."""
    observance = next_observance(campaign, today)
    return observance and observance - datetime.timedelta(days=settings.TRANSLATION_DUE_DAYS)


def campaign_dues(today: datetime.date) -> dict[UUID, datetime.date]:
    """The earliest day of everything that a reader of a campaign meets (three queries a campaign)."""
    found: dict[UUID, datetime.date] = {}
    locales = list(Locale.objects.all())
    for family in families():
        due = due_date(family, today)
        if due and family.live:
            for member in Gathering(family, None, locales).members():
                found[member.key] = min(due, found.get(member.key, due))
    return found
