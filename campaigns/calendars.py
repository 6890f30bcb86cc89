"""The observances and editions as a calendar (iCalendar, RFC 5545) to subscribe to.

An observance is an event that recurs every year. The years that have an edition are excluded from it: they are
events of their own.
"""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from campaigns.editions import editions_of, full_name
from campaigns.feeds.markup import plain
from campaigns.models import CampaignPage, EditionPage
from campaigns.years import is_year, observance_in
from core.http.conditional import changed_at, conditional, latest, stable_id
from core.http.origin import absolute
from core.languages.site_languages import LocaleCodes, active_code
from core.stamps import tags
from core.stamps.collecting import note
from core.visibility import best_by_key, private_keys, seen

A_DAY = datetime.timedelta(days=1)
LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
CONTENT_TYPE = "text/calendar; charset=utf-8"


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Return all public observances and editions as an iCalendar file in the active language, or a 304 response if
    it has not changed. A campaign without a day and month has only the events of its editions."""
    campaigns = public_campaigns(request)
    editions = editions_of(campaigns, active_code(), request)
    days = []
    for key, campaign in campaigns.items():
        if campaign.observance_day and campaign.observance_month:
            days.append(observance(campaign, editions[key], request))
        days += [edition_day(campaign, edition, request) for edition in editions[key]]
    return answer(request, days)


@require_safe
def edition(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    """Return an edition's day as an iCalendar file to download, under the UID that it has in the whole calendar.
    Raise Http404 if `year` is no year of an edition, or no public campaign with this slug has a public edition of
    it."""
    campaigns = public_campaigns(request, slug=slug) if is_year(year) else {}
    editions = editions_of(campaigns, active_code(), request)
    for key, campaign in campaigns.items():
        for each in editions[key]:
            if each.year == int(year):
                response = answer(request, [edition_day(campaign, each, request)], single=True)
                response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{each.year}.ics"'
                return response
    raise Http404


def public_campaigns(request: HttpRequest, **condition: Any) -> dict[UUID, CampaignPage]:
    """Return by translation key the public campaigns that meet the condition (lookups of a filter), in the order
    of the page tree, each in the best language for readers of the active one."""
    campaigns = seen(CampaignPage.objects.filter(**condition).order_by("path"), private=private_keys(request))
    return best_by_key(campaigns, active_code())


def observance(campaign: CampaignPage, editions: Iterable[EditionPage], request: HttpRequest) -> Event:
    """Return the yearly event of a campaign, without the years of its editions. It starts in the year
    `first_observed`, else in that of the first edition or the first publication, whichever is earlier. The
    campaign must have a day and a month; the 29th of February becomes the last day of the month."""
    years = {each.year for each in editions}
    first = campaign.first_observed or min([*years, (campaign.first_published_at or LONG_AGO).year])
    # Some programs show the first day of a recurring event even if it is excluded.
    while first in years:
        first += 1
    event = day_of(campaign, observance_in(campaign, first), last_change([campaign, *editions]), request)
    rule: dict[str, str | int | None] = {
        "freq": "yearly",
        "bymonth": campaign.observance_month,
        "bymonthday": campaign.observance_day,
    }
    if (campaign.observance_month, campaign.observance_day) == (2, 29):
        # The last day of February. Programs leave out the 29th in years that do not have it.
        rule["bymonthday"] = -1
    event.add("rrule", rule)
    for year in sorted(year for year in years if year > first):
        event.add("exdate", observance_in(campaign, year), parameters={"VALUE": "DATE"})
    event.add("summary", plain(campaign.title))
    add_text(event, plain(strip_tags(campaign.introduction)))
    return event


def edition_day(campaign: CampaignPage, edition: EditionPage, request: HttpRequest) -> Event:
    """Return the event of an edition, with its theme as the description: on the day of the observance in its year
    or, if the campaign has none, on the day on which the edition starts."""
    day = edition.starts_on
    if campaign.observance_day and campaign.observance_month:
        day = observance_in(campaign, edition.year)
    event = day_of(edition, day, last_change([campaign, edition]), request)
    theme = edition.local_theme or edition.global_theme
    event.add("summary", plain(full_name(campaign.title, edition.title, LocaleCodes.code(edition.locale_id))))
    add_text(event, plain(theme))
    return event


def day_of(
    page: CampaignPage | EditionPage, day: datetime.date, stamp: datetime.datetime, request: HttpRequest
) -> Event:
    """Return an event of one whole day with its UID, dates and a link to the page; title and description are added
    later. `stamp` is the time of the last change and becomes DTSTAMP, as RFC 5545 has it for a calendar without
    METHOD; the time of the request would make every response different."""
    event = Event()
    event.add("uid", str(stable_id(page.translation_key, active_code(), "day")))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + A_DAY)
    event.add("transp", "TRANSPARENT")
    event.add("url", absolute(request, page.get_url(request)))
    return event


def add_text(event: Event, text: str) -> None:
    """Add the text as the description of the event, unless it is blank."""
    if text := text.strip():
        event.add("description", text)


def last_change(rows: Iterable[CampaignPage | EditionPage]) -> datetime.datetime:
    """Return when any of the rows was last published or changed, in whole seconds; LONG_AGO if nothing is
    known."""
    rows = list(rows)
    shown = [tag for row in rows for tag in (tags.row(row), tags.body(row), tags.key(row.translation_key))]
    note(*shown)
    known = [row.last_published_at or row.first_published_at for row in rows]
    known.append(changed_at(shown))
    return max((day.replace(microsecond=0) for day in known if day), default=LONG_AGO)


def answer(request: HttpRequest, days: list[Event], single: bool = False) -> HttpResponse:
    """Return the events as a calendar file that clients can revalidate: with ETag and Last-Modified, or as a 304
    response. With `single`, the calendar gets no name and no address to refresh it from."""
    made = Calendar()
    made.add("prodid", f"-//site_cms//campaigns//{active_code().upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    if not single:
        made.add("name", _("Observances"))
        made.add("x-wr-calname", _("Observances"))
        made.add("refresh-interval", datetime.timedelta(days=1), parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", "P1D")
        made.add("source", absolute(request, reverse("calendar")), parameters={"VALUE": "URI"})
    for day in days:
        made.add_component(day)
    response = HttpResponse(made.to_ical(), content_type=CONTENT_TYPE)
    # Also when a campaign or an edition was removed.
    chosen = changed_at(tags.table(model._meta.db_table) for model in (CampaignPage, EditionPage))
    everything = changed_at([tags.EVERYTHING])
    return conditional(request, response, latest(chosen, everything, *(day.LAST_MODIFIED for day in days)))
