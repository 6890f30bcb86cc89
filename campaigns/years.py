"""Which years an edition may have, and on which day a campaign is observed."""

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from campaigns.models import CampaignPage

FIRST_YEAR, LAST_YEAR = 1945, 2200


def is_year(text: str) -> bool:
    """Return whether `text` is a year in digits that an edition may have, from FIRST_YEAR to LAST_YEAR."""
    return text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR


def turn_to_turn(year: int, day: datetime.date) -> bool:
    """Return whether the day is in the year, in the December before it or in the January after it."""
    return datetime.date(year - 1, 12, 1) <= day <= datetime.date(year + 1, 1, 31)


def next_observance(campaign: "CampaignPage", today: datetime.date | None = None) -> datetime.date | None:
    """Return the next date on which the campaign is observed, from `today` (the present day by default) on, or
    None if it has no day. The 29th of February is the 28th in years that are not leap years."""
    if not campaign.observance_day or not campaign.observance_month:
        return None
    today = today or timezone.localdate()
    days = (observance_in(campaign, year) for year in (today.year, today.year + 1))
    return next(day for day in days if day >= today)


def observance_in(campaign: "CampaignPage", year: int) -> datetime.date:
    """Return the date of the observance in `year`; the 29th of February is the 28th if it is not a leap year. The
    campaign must have a day and a month."""
    assert campaign.observance_month is not None
    assert campaign.observance_day is not None
    try:
        return datetime.date(year, campaign.observance_month, campaign.observance_day)
    except ValueError:
        return datetime.date(year, campaign.observance_month, 28)
