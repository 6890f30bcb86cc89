"""When a translation is due: so many days before its campaign's next observance, if it has no day of its own."""

import calendar
import datetime
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from translation.sending.gather import members, originals


def next_observance(campaign: Model, today: datetime.date) -> datetime.date | None:
    """On that day or after it. A campaign of 29 February is observed on the 28th of other years."""
    if not campaign.observance_day or not campaign.observance_month:
        return None
    day = _in_year(campaign, today.year)
    return day if day >= today else _in_year(campaign, today.year + 1)


def due_date(campaign_page: Model, today: datetime.date) -> datetime.date | None:
    """Of the original of a campaign, which decides. It is in the past where the observance is near; None where
    the campaign has no day."""
    observance = next_observance(campaign_page, today)
    return observance and observance - datetime.timedelta(days=settings.TRANSLATION_DUE_DAYS)


def campaign_dues(today: datetime.date) -> dict[UUID, datetime.date]:
    """The earliest day of everything that a reader of a campaign meets (eight queries a campaign)."""
    found: dict[UUID, datetime.date] = {}
    campaigns = apps.get_model("campaigns", "CampaignPage").objects.filter(live=True)
    for campaign in originals(campaigns):
        if due := due_date(campaign, today):
            for member in members(campaign):
                found[member.translation_key] = min(due, found.get(member.translation_key, due))
    return found


def _in_year(campaign: Model, year: int) -> datetime.date:
    last = calendar.monthrange(year, campaign.observance_month)[1]
    return datetime.date(year, campaign.observance_month, min(campaign.observance_day, last))
