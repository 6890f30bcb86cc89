"""Which years an edition may have, and on which day a campaign is observed."""

import datetime

from django.utils import timezone

from core.typed import Translatable

FIRST_YEAR, LAST_YEAR = 1945, 2200


def is_year(text: str) -> bool:
    return text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR


def turn_to_turn(year: int, day: datetime.date) -> bool:
    """Whether the day is in the year, or in the month before or after it."""
    return datetime.date(year - 1, 12, 1) <= day <= datetime.date(year + 1, 1, 31)


def next_observance(campaign: Translatable, today: datetime.date | None = None) -> datetime.date | None:
    """Today or the next time that the day comes round; 29 February counts as the 28th in other years."""
    if not campaign.observance_day or not campaign.observance_month:
        return None
    today = today or timezone.localdate()
    days = (observance_in(campaign, year) for year in (today.year, today.year + 1))
    return next(day for day in days if day >= today)


def observance_in(campaign: Translatable, year: int) -> datetime.date:
    try:
        return datetime.date(year, campaign.observance_month, campaign.observance_day)
    except ValueError:
        return datetime.date(year, campaign.observance_month, 28)
