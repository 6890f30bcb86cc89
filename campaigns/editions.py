"""The editions of a campaign: which one is the current one, and the period that each covers."""

import datetime
from collections.abc import Callable, Collection
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Left, Length
from django.http import HttpRequest
from django.utils import timezone

from campaigns.cards import EditionCard
from campaigns.drawing import LINKED
from campaigns.models import CampaignPage, EditionPage
from campaigns.querysets import Period
from core.internals.django import Choose
from core.languages.cldr import comma
from core.languages.site_languages import LocaleCodes
from core.prepared import SOME_TIME, Prepared, Several
from core.visibility import best_as_read, best_by_key, hidden_from, kind_of, rows_seen, seen_in

SHOWN = (*LINKED, "starts_on", "year", "global_theme", "local_theme", "first_published_at", "last_published_at")
"""The fields of editions that cards, calendars and the API show."""


def editions_of(
    campaigns: Collection[UUID], code: str, request: HttpRequest | None = None
) -> dict[UUID, list[EditionPage]]:
    """Return by the translation key of each campaign its public editions, newest first, each in the best language
    for a reader of `code`, with the fields of SHOWN (one query); an empty list if it has none.
    `starts_on` is that of the source language. The view restrictions are kept on the `request`, if given, for
    later calls."""
    wanted = {"campaigns": campaigns, "locale": LocaleCodes.ids().get(code), "now": timezone.now()}
    private = hidden_from(request)
    public = rows_seen(_editions, private, _with_first_day(code), **wanted, kind=kind_of(EditionPage))
    found: dict[UUID, list[EditionPage]] = {key: [] for key in campaigns}
    rows = sorted(public, key=attrgetter("path"))
    # The date of the source language counts, as with stories: otherwise an edition could start on two days.
    starts = {row.translation_key: row.starts_on for row in sorted(rows, key=lambda row: -row.pk)}
    for edition in best_by_key(rows, code).values():
        edition.starts_on = starts[edition.translation_key]
        found[edition.campaign_key].append(edition)
    return {key: sorted(of_key, key=started, reverse=True) for key, of_key in found.items()}


def _with_first_day(code: str) -> Choose:
    """Return a function that chooses of each edition the row to show to readers of `code`, and gives it the day of
    the source language."""
    choose_best = best_as_read(code)

    def choose(rows: list[Any], places: dict[str, int], read: Callable[[Any], Any]) -> list[Any]:
        pk, key, day = places["page_ptr_id"], places["translation_key"], places["starts_on"]
        starts = {row[key]: row[day] for row in sorted(rows, key=itemgetter(pk), reverse=True)}
        return [(*row[:day], starts[row[key]], *row[day + 1 :]) for row in choose_best(rows, places, read)]

    return choose


def _build_editions(campaigns: list[UUID], kind: int, locale: int, now: datetime.datetime) -> QuerySet[Any]:
    """Return the editions of campaigns, as a queryset. `kind` is the primary key of their content type."""
    editions = EditionPage.objects.filter(content_type=kind).order_by()
    with_path = editions.annotate(parent_path=Left("path", Length("path") - EditionPage.steplen))
    parent = CampaignPage.objects.filter(path=OuterRef("parent_path")).order_by()
    with_key = with_path.annotate(campaign_key=Subquery(parent.values("translation_key")[:1]))
    return seen_in(with_key.filter(campaign_key__in=campaigns), locale, now).only(*SHOWN)


_editions = Prepared(_build_editions, campaigns=Several(UUID), kind=-1, locale=-2, now=SOME_TIME)


def full_name(campaign: str, edition: str, code: str) -> str:
    """Return the edition's title, with the campaign's title and the comma of the language `code` before it unless
    it contains the campaign's title."""
    return edition if campaign in edition else f"{campaign}{comma(code)} {edition}"


def started(edition: EditionPage) -> tuple[datetime.date, int]:
    """Return the sort key of editions: the first day, then the year."""
    return (edition.starts_on, edition.year)


def current_edition(editions: list[EditionPage], today: datetime.date | None = None) -> EditionPage | None:
    """Return the latest edition that has started by `today` (the present day by default); if none has, the newest
    one, or None if there are none. `editions` is sorted newest first."""
    day = today or timezone.localdate()
    return next((edition for edition in editions if edition.starts_on <= day), editions[0] if editions else None)


def period_of(edition: EditionPage, editions: list[EditionPage]) -> Period:
    """Return the period from the start of the edition to the start of the next one of `editions`; it is open if
    there is none. If two editions start on the same day, the period of the earlier year is empty."""
    later = [other.starts_on for other in editions if started(other) > started(edition)]
    return Period(edition.starts_on, min(later, default=None))


def edition_cards(editions: list[EditionPage], request: HttpRequest | None) -> tuple[EditionCard, ...]:
    """Return the cards of editions that are sorted newest first, in the same order. The current one is marked."""
    current = current_edition(editions)
    return tuple(
        EditionCard(
            code=LocaleCodes.code(edition.locale_id),
            title=edition.title,
            year=edition.year,
            global_theme=edition.global_theme,
            local_theme=edition.local_theme,
            url=edition.get_url(request),
            is_current=edition == current,
        )
        for edition in editions
    )
