"""The calendar of observances and editions, read by icalendar."""

import datetime

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests import factories
from tests.scenes import scene
from tests.stamping import stand_for_long

CALENDAR = "/en/calendar.ics"
STAMP = datetime.datetime(2024, 5, 1, 8, tzinfo=datetime.UTC)


@scene
def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index,
        slug="wdatip",
        title="Against trafficking",
        observance_day=30,
        observance_month=7,
        first_observed=2014,
        last_published_at=STAMP,
    )


@scene
def edition(campaign):
    return factories.EditionPageFactory(
        parent=campaign,
        year=2024,
        starts_on=datetime.date(2024, 7, 1),
        global_theme="No child",
        last_published_at=STAMP,
    )


def days(client, address: str = CALENDAR) -> list[icalendar.Event]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()
    return icalendar.Calendar.from_ical(response.content).events


def excluded(event: icalendar.Event) -> list[datetime.date]:
    found = event.get("exdate", [])
    return [each.dt for dates in (found if isinstance(found, list) else [found]) for each in dates.dts]


def test_observance__comes_round_each_year_but_those_of_editions(client, edition):
    observance, own = days(client)
    assert observance.start == datetime.date(2014, 7, 30)
    assert observance.end == datetime.date(2014, 7, 31)
    assert observance["rrule"] == {"FREQ": ["YEARLY"], "BYMONTH": [7], "BYMONTHDAY": [30]}
    assert excluded(observance) == [datetime.date(2024, 7, 30)]
    assert own.start == datetime.date(2024, 7, 30)
    assert own["summary"] == "Against trafficking, Edition 2024"
    assert own["description"] == "No child"
    assert own["url"] == "http://testserver/en/campaigns/wdatip/2024/"


def test_observance__on_29_february_is_the_last_of_the_month(client, campaign):
    campaign.observance_day, campaign.observance_month, campaign.first_observed = 29, 2, 2015
    campaign.save()
    factories.EditionPageFactory(parent=campaign, year=2023, starts_on=datetime.date(2023, 2, 1))
    factories.EditionPageFactory(parent=campaign, year=2024, starts_on=datetime.date(2024, 2, 1))
    observance, *editions = days(client)
    assert observance.start == datetime.date(2015, 2, 28)
    assert observance["rrule"]["BYMONTHDAY"] == [-1]
    assert excluded(observance) == [datetime.date(2023, 2, 28), datetime.date(2024, 2, 29)]
    assert [event.start for event in editions] == [datetime.date(2024, 2, 29), datetime.date(2023, 2, 28)]


def test_edition__of_a_campaign_without_a_day_stands_on_its_first(client, site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    factories.EditionPageFactory(parent=campaign, year=2024, starts_on=datetime.date(2024, 3, 8))
    assert [event.start for event in days(client)] == [datetime.date(2024, 3, 8)]


def test_edition__by_itself_is_the_same_day_as_in_the_calendar(client, edition, settings, tmp_path):
    stand_for_long(settings, tmp_path)
    address = "/en/calendar/wdatip/2024.ics"
    (single,) = days(client, address)
    assert single.to_ical() == days(client)[1].to_ical()
    assert "wdatip-2024.ics" in client.get(address).headers["Content-Disposition"]
    assert address in client.get(edition.get_url()).text


@pytest.mark.parametrize(
    "name", ["wdatip/2025", "wdatip/0", "wdatip/x", "none/2024", "wdatip/99999999999999999999"]
)
def test_edition__that_is_not_there_is_404(client, edition, name):
    assert client.get(f"/en/calendar/{name}.ics").status_code == 404


def test_calendar__names_are_stable_and_each_languages_own(client, site, campaign, edition):
    russian = factories.CampaignPageFactory(
        parent=site.campaign_indexes["ru"],
        title="Против торговли",
        translation_key=campaign.translation_key,
        observance_day=30,
        observance_month=7,
    )
    before = [event["uid"] for event in days(client)]
    campaign.title = "Renamed"
    campaign.save()
    assert [event["uid"] for event in days(client)] == before
    in_russian = days(client, "/ru/calendar.ics")
    assert in_russian[0]["summary"] == russian.title
    assert not {event["uid"] for event in in_russian} & set(before)


def test_calendar__does_not_change_without_reason(client, edition, settings, tmp_path):
    stand_for_long(settings, tmp_path)
    first = client.get(CALENDAR)
    assert [event["dtstamp"].dt for event in days(client)] == [STAMP, STAMP]
    etag, day = first.headers["ETag"], first.headers["Last-Modified"]
    assert day == "Wed, 01 May 2024 08:00:01 GMT"
    assert client.get(CALENDAR, headers={"if-none-match": etag}).status_code == 304
    assert client.get(CALENDAR, headers={"if-modified-since": day}).status_code == 304
    edition.global_theme = "Another theme"
    edition.save()
    assert client.get(CALENDAR, headers={"if-none-match": etag}).status_code == 200


def test_calendar__shows_nothing_that_is_not_public(client, site, campaign, edition):
    factories.EditionPageFactory(parent=campaign, year=2025, live=False)
    factories.CampaignPageFactory(parent=site.campaign_index, observance_day=1, observance_month=1, live=False)
    assert len(days(client)) == 2
    PageViewRestriction.objects.create(page=campaign, restriction_type="login")
    assert days(client) == []
    assert client.get("/en/calendar/wdatip/2024.ics").status_code == 404


def test_calendar__queries_do_not_grow(client, site):
    def fill(first: int, count: int) -> int:
        campaign = factories.CampaignPageFactory(parent=site.campaign_index, observance_day=1, observance_month=1)
        for year in range(first, first + count):
            factories.EditionPageFactory(parent=campaign, year=year)
        client.get(CALENDAR)
        with CaptureQueriesContext(connection) as captured:
            client.get(CALENDAR)
        return len(captured)

    few = fill(1990, 10)
    fill(1960, 145)
    assert fill(1960, 145) == few
    assert few <= 8


def test_edition__is_named_as_over_its_page_in_the_digits_of_its_language(client, site):
    campaign = factories.CampaignPageFactory(
        parent=site.campaign_indexes["fa-af"],
        title="روز جوانان",
        slug="youth",
        observance_day=12,
        observance_month=8,
    )
    edition = factories.EditionPageFactory(parent=campaign, year=2024, title="روز جوانان، ۲۰۲۴")
    assert [each["summary"] for each in days(client, "/fa-af/calendar.ics")][-1] == "روز جوانان، ۲۰۲۴"
    assert '"name":"روز جوانان، ۲۰۲۴"' in client.get(edition.get_url()).content.decode()
    assert '"name":"روز جوانان، ۲۰۲۴"' in client.get(campaign.get_url()).content.decode()


def uids(client, address: str = CALENDAR) -> dict[str, str]:
    return {str(event["summary"]): str(event["uid"]) for event in days(client, address)}


def test_uids__stay_through_edits_new_years_and_moves_of_the_day(client, campaign, edition):
    before = uids(client)
    campaign.observance_day, campaign.slug, campaign.introduction = 29, "renamed", "<p>New.</p>"
    campaign.save_revision().publish()
    edition.refresh_from_db()
    edition.global_theme, edition.starts_on = "Another", datetime.date(2024, 7, 2)
    edition.save_revision().publish()
    factories.EditionPageFactory(parent=campaign, year=2025, starts_on=datetime.date(2025, 7, 1))

    after = uids(client)

    assert {title: after[title] for title in before} == before
    assert len(set(after.values())) == len(after) == 3
    assert uids(client, "/en/calendar/renamed/2024.ics").items() <= after.items()


@pytest.mark.parametrize("first", [2024, 2023, None])
def test_rule__begins_in_a_year_without_an_edition(client, campaign, edition, first):
    """Some programs show the first day of a rule even where it is excluded."""
    factories.EditionPageFactory(parent=campaign, year=2023, starts_on=datetime.date(2023, 7, 1))
    campaign.first_observed = first
    campaign.save()

    observance, *editions = days(client)

    assert observance.start == datetime.date(2025, 7, 30)
    assert excluded(observance) == []
    assert sorted(event.start.year for event in editions) == [2023, 2024]


@pytest.mark.parametrize("name", ["campaign", "edition", "list"])
@pytest.mark.parametrize("origin", ["", "https://www.example.org"])
def test_pages__say_how_to_subscribe(client, settings, site, campaign, edition, name, origin):
    settings.PUBLIC_BASE_URL = origin
    page = {"campaign": campaign, "edition": edition, "list": site.campaign_index}[name]

    html = client.get(page.get_url()).text

    host = (origin or "http://testserver").partition("//")[2]
    assert f'href="webcal://{host}/en/calendar.ics"' in html
    assert "add this address as an internet calendar" in html
    assert f"{origin or 'http://testserver'}/en/calendar.ics</p>" in html
