"""The calendars, read by ical.js as a calendar program reads them."""

import subprocess
from collections import Counter
from pathlib import Path

import icalendar
import pytest
from django.test import Client
from django.utils.translation import override

from campaigns.models import CampaignPage, EditionPage
from core.languages.site_languages import all_languages

READER = Path(__file__).parent / "occurrences.mjs"
UNTIL = "2030-12-31"


def occurrences(calendar: bytes) -> list[list[str]]:
    """Day, UID and title of each."""
    done = subprocess.run(["node", READER, UNTIL], input=calendar, capture_output=True, check=True)
    return [line.split(" ", 2) for line in done.stdout.decode().splitlines()]


@pytest.mark.django_db
@pytest.mark.parametrize("code", [language.code for language in all_languages()])
def test_calendar__shows_each_observance_once_a_year(base_url, code):
    content = Client().get(f"/{code}/calendar.ics").content
    found = occurrences(content)
    names = Counter(day for day, _uid, _title in found)
    observed = {(page.observance_month, page.observance_day) for page in CampaignPage.objects.live()}
    assert max(names.values()) == 1
    for month, day in observed - {(None, None)}:
        assert f"2026-{month:02}-{day:02}" in names
        assert f"2030-{month:02}-{day:02}" in names
    assert len(icalendar.Calendar.from_ical(content).events) == len({uid for _day, uid, _title in found})


@pytest.mark.django_db
def test_edition__by_itself_can_be_read(base_url):
    with override("en"):
        edition = EditionPage.objects.live().filter(locale__language_code="en").order_by("-year").first()
        address = f"/en/calendar/{edition.get_parent().slug}/{edition.year}.ics"
    ((_day, _uid, title),) = occurrences(Client().get(address).content)
    assert str(edition.year) in title
