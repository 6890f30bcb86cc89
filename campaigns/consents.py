"""The times at which consent has ended. Readers then lose material and images although nothing is saved."""

import datetime
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from campaigns.kinds import KINDS, Kind
from core.changes import latest
from core.consent.rules import ConsentMixin
from core.models import SiteImage

A_DAY = datetime.timedelta(days=1)
WITH_CONSENT = [kind for kind in KINDS if issubclass(kind.model, ConsentMixin)]


def last_end() -> datetime.datetime | None:
    """Return when consent last ended, by expiry or withdrawal, for any live material or any image; None if it
    never did (one query for each kind)."""
    kinds = [(kind.model, kind.model._base_manager.filter(live=True)) for kind in WITH_CONSENT]
    found = [_moment(*rows.aggregate(**_ends(model)).values()) for model, rows in kinds]
    return latest(*found, _moment(*SiteImage.objects.aggregate(**_ends(SiteImage)).values()))


def last_ends(keys: set[UUID] | None = None) -> dict[UUID, datetime.datetime]:
    """Return when consent last ended for live material of a story or campaign, by the translation key of these
    (one query); those for which it never ended are missing. `keys` limits the result to these stories and
    campaigns."""
    found: dict[UUID, list[datetime.datetime | None]] = defaultdict(list)
    first, *others = (_ended(kind, way, keys) for kind in WITH_CONSENT for way in _ways(kind))
    for key, *days in first.union(*others, all=True):
        found[key].append(_moment(*days))
    return {key: last for key, moments in found.items() if (last := latest(*moments))}


def _ended(kind: Kind, way: str, keys: set[UUID] | None) -> QuerySet[Any]:
    """Return rows of three values for live material whose consent has ended: the translation key at the end of the
    lookup `way`, and the last days on which consent expired and was withdrawn. `keys`, if given, limits the
    translation keys."""
    rows = kind.model._base_manager.filter(live=True, **{f"{way}__isnull": False}).order_by()
    if keys is not None:
        rows = rows.filter(**{f"{way}__in": keys})
    ends = _ends(kind.model)
    return rows.filter(_expired(kind.model) | _withdrawn()).values(way).annotate(**ends).values_list(way, *ends)


def _ways(kind: Kind) -> tuple[str, ...]:
    """Return the lookups from a row to the translation keys of its source story, of its campaigns and of the
    story's campaigns."""
    return (
        f"{kind.story_field}__translation_key",
        "campaign_ties__campaign__translation_key",
        f"{kind.story_field}__campaign_ties__campaign__translation_key",
    )


def _expired(kind: type[ConsentMixin]) -> Q:
    return kind.needs_consent_q() & Q(consent_until__lt=timezone.localdate())


def _withdrawn() -> Q:
    return Q(consent_withdrawn__lte=timezone.localdate())


def _ends(kind: type[ConsentMixin]) -> dict[str, Max]:
    return {
        "expired": Max("consent_until", filter=_expired(kind)),
        "withdrawn": Max("consent_withdrawn", filter=_withdrawn()),
    }


def _moment(expired: datetime.date | None, withdrawn: datetime.date | None) -> datetime.datetime | None:
    """Return the midnight from which consent no longer held: after the day of expiry, or at the start of the day
    of withdrawal, whichever is later. None if there is neither day."""
    days = [each for each in (expired and expired + A_DAY, withdrawn) if each]
    return timezone.make_aware(datetime.datetime.combine(max(days), datetime.time())) if days else None
