"""Consent that ends on a day takes words and pictures away though nothing is saved on that day."""

import datetime
from collections import defaultdict
from uuid import UUID

from django.db.models import Max, Model, Q, QuerySet
from django.utils import timezone

from campaigns.models import Quote
from core.changes import latest
from core.models import SiteImage

A_DAY = datetime.timedelta(days=1)
WAYS = (
    "source__translation_key",
    "campaign_ties__campaign__translation_key",
    "source__campaign_ties__campaign__translation_key",
)


def last_end() -> datetime.datetime | None:
    """Of any quote or picture (two queries)."""
    found = []
    for kind, rows in (
        (Quote, Quote._base_manager.filter(live=True)),
        (SiteImage, SiteImage.objects),
    ):
        found.append(_moment(*rows.aggregate(**_ends(kind)).values()))
    return latest(*found)


def last_ends(keys: set[UUID] | None = None) -> dict[UUID, datetime.datetime]:
    """By the stories and campaigns that quotes belonged to (three queries)."""
    found: dict[UUID, list[datetime.datetime | None]] = defaultdict(list)
    ends = _ends(Quote)
    ended = _quotes().filter(_expired(Quote) | _withdrawn())
    for way in WAYS:
        rows = ended.filter(**{f"{way}__isnull": False})
        if keys is not None:
            rows = rows.filter(**{f"{way}__in": keys})
        for key, *days in rows.values(way).annotate(**ends).values_list(way, *ends):
            found[key].append(_moment(*days))
    return {key: last for key, moments in found.items() if (last := latest(*moments))}


def _quotes() -> QuerySet:
    return Quote._base_manager.filter(live=True).order_by()


def _expired(kind: type[Model]) -> Q:
    return kind.needs_consent_q() & Q(consent_until__lt=timezone.localdate())


def _withdrawn() -> Q:
    return Q(consent_withdrawn__lte=timezone.localdate())


def _ends(kind: type[Model]) -> dict[str, Max]:
    return {
        "expired": Max("consent_until", filter=_expired(kind)),
        "withdrawn": Max("consent_withdrawn", filter=_withdrawn()),
    }


def _moment(expired: datetime.date | None, withdrawn: datetime.date | None) -> datetime.datetime | None:
    """The midnight at which it was no more."""
    days = [each for each in (expired and expired + A_DAY, withdrawn) if each]
    return timezone.make_aware(datetime.datetime.combine(max(days), datetime.time())) if days else None
