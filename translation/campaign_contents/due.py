"""Due dates of translations without one of their own: TRANSLATION_DUE_DAYS days before the next observance of the
campaign."""

import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from wagtail.models import Locale

from campaigns.years import next_observance
from translation.campaign_contents.families import Family, families
from translation.campaign_contents.seen_by_readers import Gathering

if TYPE_CHECKING:
    from campaigns.models import CampaignPage


def due_date(campaign: "Family | CampaignPage", today: datetime.date) -> datetime.date | None:
    """Return the due date of translations of a campaign, given in its source language: TRANSLATION_DUE_DAYS days
    before its next observance, so that it may be past; None if it has no day of observance."""
    observance = next_observance(campaign, today)  # type: ignore[arg-type]  # a Family has the same fields
    return observance and observance - datetime.timedelta(days=settings.TRANSLATION_DUE_DAYS)


def campaign_dues(today: datetime.date) -> dict[UUID, datetime.date]:
    """Return the due dates of all contents of live campaigns by translation key; the earliest one if an object is
    in several."""
    found: dict[UUID, datetime.date] = {}
    locales = list(Locale.objects.all())
    for family in families():
        due = due_date(family, today)
        if due and family.live:
            for member in Gathering(family, None, locales).members():
                found[member.key] = min(due, found.get(member.key, due))
    return found
