"""Time from a change of the source to the day on which readers saw its translation."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, IntegerField, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from core.internals.django import Combinable
from translation.models import Review

DAYS = 90
"""How far back the report looks."""


@dataclass(frozen=True)
class Wait:
    """How long readers of a language waited: the median and the 90th percentile of `count` translations."""

    median: datetime.timedelta
    ninetieth: datetime.timedelta
    count: int


def waits() -> dict[int, Wait]:
    """Return the waits of the translations that went live in the last DAYS days, by the id of the language, only
    for languages in which some did (one query, of at most three rows for each language)."""
    since = timezone.now() - datetime.timedelta(days=DAYS)
    waited = ExpressionWrapper(F("first_live_at") - F("source_changed_at"), output_field=DurationField())
    ranked = (
        Review.objects.filter(first_live_at__gte=since, source_changed_at__isnull=False)
        .order_by()
        .annotate(
            waited=waited,
            rank=Window(RowNumber(), partition_by="locale", order_by=[waited.asc(), F("pk").asc()]),
            count=Window(Count("pk"), partition_by="locale"),
        )
        .annotate(
            lower=_whole(F("count") + 1, 2), upper=_whole(F("count") + 2, 2), ninth=_whole(F("count") * 9 + 9, 10)
        )
    )
    chosen = ranked.filter(Q(rank=F("lower")) | Q(rank=F("upper")) | Q(rank=F("ninth")))
    found: dict[int, dict[int, datetime.timedelta]] = {}
    counts: dict[int, int] = {}
    for locale, rank, count, wait in chosen.values_list("locale", "rank", "count", "waited"):
        found.setdefault(locale, {})[rank], counts[locale] = wait, count
    return {locale: _wait(by_rank, counts[locale]) for locale, by_rank in found.items()}


def _wait(by_rank: dict[int, datetime.timedelta], count: int) -> Wait:
    median = (by_rank[(count + 1) // 2] + by_rank[(count + 2) // 2]) / 2
    return Wait(median, by_rank[(count * 9 + 9) // 10], count)


def _whole(number: Combinable, by: int) -> "ExpressionWrapper[Any]":
    """Return a whole number divided, rounded down."""
    return ExpressionWrapper(number / by, output_field=IntegerField())
