import datetime

from django.conf import settings

from translation.board.families import Family


def due_date(campaign: Family, today: datetime.date) -> datetime.date | None:
    """So many days before the next observance; in the past where that is near, None where there is none."""
    if not campaign.observance_day or not campaign.observance_month:
        return None
    day = _observed(campaign, today.year)
    if day < today:
        day = _observed(campaign, today.year + 1)
    return day - datetime.timedelta(days=settings.TRANSLATION_DUE_DAYS)


def _observed(campaign: Family, year: int) -> datetime.date:
    """29 February counts as the 28th in other years."""
    try:
        return datetime.date(year, campaign.observance_month, campaign.observance_day)
    except ValueError:
        return datetime.date(year, campaign.observance_month, 28)
