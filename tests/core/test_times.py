"""Every time in the admin names its time zone, and both where somebody's own differs from the site's."""

import datetime
import io
import zoneinfo

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.models import Page
from wagtail.users.models import UserProfile

from campaigns.models import Quote
from core.times import NamedZone, admin_time_zone
from tests import factories
from tests.forms import quote_form, section_form
from tests.scenes import scene

MOMENT = datetime.datetime(2027, 7, 30, 20, 5, tzinfo=datetime.UTC)
ZONES = {
    "": ["Time of Dushanbe"],
    "Asia/Dushanbe": ["Time of Dushanbe"],
    "Europe/Berlin": ["Time of Berlin; ", "Time of Dushanbe"],
    "America/New_York": ["Time of New York; ", "Time of Dushanbe"],
    "UTC": ["UTC; ", "Time of Dushanbe"],
}


@pytest.fixture(params=["none", *ZONES])
def zone(request, client, site):
    """Somebody without a profile, too."""
    user = factories.UserFactory(is_superuser=True)
    if request.param != "none":
        profile = UserProfile.get_for_user(user)
        profile.current_time_zone = request.param
        profile.save()
    client.force_login(user)
    return ZONES.get(request.param, ZONES[""])


def log_in(client, zone: str = "") -> None:
    user = factories.UserFactory(is_superuser=True)
    profile = UserProfile.get_for_user(user)
    profile.current_time_zone = zone
    profile.save()
    client.force_login(user)


@scene
def page(site):
    factories.SectionPageFactory(parent=site.home).save_revision().publish()
    page = factories.SectionPageFactory(parent=site.home)
    page.go_live_at = timezone.now() + datetime.timedelta(days=3)
    page.save_revision(user=factories.UserFactory()).publish()
    return page


SCREENS = {
    "editor": lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
    "explorer": lambda page: reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
    "history": lambda page: reverse("wagtailadmin_pages:history", args=[page.pk]),
    "site history": lambda page: reverse("wagtailadmin_reports:site_history"),
    "aging pages": lambda page: reverse("wagtailadmin_reports:aging_pages"),
    "users": lambda page: reverse("wagtailusers_users:index"),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_screen__names_the_time_zone(client, zone, page, screen):
    html = client.get(SCREENS[screen](page)).text

    assert [name for name in zone if name not in html] == []


def test_each_time__of_a_list_has_its_zone(client, site, page):
    log_in(client, "Europe/Berlin")
    html = BeautifulSoup(client.get(SCREENS["history"](page)).content, "html.parser")

    shown = [each["data-w-tooltip-content-value"] for each in html.select(".w-human-readable-date")]
    assert shown
    assert all("(Time of Berlin; " in each and "Time of Dushanbe)" in each for each in shown)


def test_time_of_day__in_the_status_panel_has_its_zone(client, zone, site):
    page = factories.SectionPageFactory(parent=site.home)
    page.save_revision()

    html = BeautifulSoup(client.get(SCREENS["editor"](page)).content, "html.parser")

    status = html.select_one('[data-side-panel="status"]').get_text()
    assert [name for name in zone if name not in status] == []


def test_box_for_a_time__says_in_which_zone(client, zone, page):
    html = client.get(SCREENS["editor"](page)).text

    for name in ("go_live_at", "expire_at"):
        beside = html[html.index(f'id="id_{name}"') :][:900]
        assert "Now: " in beside
        assert [each for each in zone if each not in beside] == []


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("Asia/Dushanbe", "July 31, 2027, 1:05 a.m. (Time of Dushanbe)"),
        ("Europe/Berlin", "July 30, 2027, 10:05 p.m. (Time of Berlin; 31 July 2027, 01:05, Time of Dushanbe)"),
        ("Asia/Tokyo", "July 31, 2027, 5:05 a.m. (Time of Tokyo; 01:05, Time of Dushanbe)"),
        ("UTC", "July 30, 2027, 8:05 p.m. (UTC; 31 July 2027, 01:05, Time of Dushanbe)"),
    ],
)
def test_format__has_the_day_as_well_where_it_is_another(key, written):
    with admin_time_zone(key):
        assert date_format(timezone.localtime(MOMENT), "DATETIME_FORMAT") == written


@pytest.mark.parametrize("code", ["ru", "tg", "fa-af"])
def test_format__is_in_every_language_of_the_admin(code):
    with translation.override(code), admin_time_zone("Europe/Berlin"):
        written = date_format(timezone.localtime(MOMENT), "DATETIME_FORMAT")

    assert written.count("(") == 1
    assert written.endswith(")")
    assert "+" not in written


def test_named_zone__is_to_databases_and_forms_what_it_names():
    plain, named = zoneinfo.ZoneInfo("Europe/Berlin"), NamedZone("Europe/Berlin")
    twice = datetime.datetime(2026, 10, 25, 2, 30)
    for fold in (0, 1):
        moment = twice.replace(fold=fold)
        assert moment.replace(tzinfo=plain).utcoffset() == moment.replace(tzinfo=named).utcoffset()
    with admin_time_zone("Europe/Berlin"):
        assert timezone.get_current_timezone_name() == "Europe/Berlin"
        assert timezone.localtime(MOMENT).isoformat() == MOMENT.astimezone(plain).isoformat()


def draft(client, page: Page, **data) -> str:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, section_form(title=page.title, slug=page.slug, **data), follow=True).text


NOTHING = "Not scheduled yet."


def test_draft__with_a_date_to_come_says_that_nothing_is_scheduled(client, site):
    log_in(client, "Europe/Berlin")
    page = factories.SectionPageFactory(parent=site.home, live=False)

    html = draft(client, page, go_live_at="2087-07-30 22:05")

    assert NOTHING in html
    assert "30 July 2087, 22:05 (Time of Berlin; 31 July 2087, 01:05, Time of Dushanbe)" in html
    stored = Page.objects.get(pk=page.pk).get_latest_revision_as_object().go_live_at
    assert stored == datetime.datetime(2087, 7, 30, 20, 5, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "data", [{}, {"go_live_at": "2087-07-30 22:05", "action-publish": "1"}, {"expire_at": "2087-07-30 22:05"}]
)
def test_draft__says_nothing_of_a_schedule_where_it_need_not(client, site, data):
    log_in(client)
    page = factories.SectionPageFactory(parent=site.home, live=False)

    assert NOTHING not in draft(client, page, **data)


def test_draft__says_nothing_where_a_version_is_scheduled_already(client, site):
    log_in(client)
    page = factories.SectionPageFactory(parent=site.home, live=False)
    draft(client, page, go_live_at="2087-07-30 22:05", **{"action-publish": "1"})

    assert NOTHING not in draft(client, page, go_live_at="2087-07-30 22:05", introduction="More")


def test_draft__that_is_new_and_a_snippet_say_it_as_well(client, site):
    log_in(client)
    url = reverse("wagtailadmin_pages:add", args=["home", "sectionpage", site.home.pk])
    html = client.post(url, section_form(go_live_at="2087-07-30 22:05"), follow=True).text
    assert NOTHING in html

    quote = factories.QuoteFactory(live=False)
    url = reverse(quote.snippet_viewset.get_url_name("edit"), args=[quote.pk])
    html = client.post(url, quote_form(go_live_at="2087-07-30 22:05"), follow=True).text
    assert NOTHING in html
    assert Quote.objects.get(pk=quote.pk).go_live_at


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("key", ["", "Asia/Dushanbe", "America/New_York"])
def test_exported_list__has_times_with_their_zone(client, site, kind, key):
    user = factories.UserFactory(is_superuser=True)
    UserProfile.objects.update_or_create(user=user, defaults={"current_time_zone": key})
    client.force_login(user)
    page = factories.SectionPageFactory(parent=site.home)
    moment = datetime.datetime(2024, 8, 16, 9, 5, tzinfo=datetime.UTC)
    Page.objects.filter(pk=page.pk).update(last_published_at=moment)

    sent = b"".join(client.get(reverse("wagtailadmin_reports:aging_pages"), {"export": kind}).streaming_content)

    if kind == "xlsx":
        rows = openpyxl.load_workbook(io.BytesIO(sent)).active.iter_rows(values_only=True)
        sent = repr(list(rows)).encode()
    assert "2024-08-16 14:05:00+05:00" in sent.decode()


@pytest.mark.parametrize(
    ("key", "code", "written"),
    [
        ("", "en", "31 July 2027, 01:05 (Time of Dushanbe)"),
        ("Europe/Berlin", "en", "30 July 2027, 22:05 (Time of Berlin; 31 July 2027, 01:05, Time of Dushanbe)"),
        ("", "ru", "31 июля 2027 г., 01:05 (Время: Душанбе)"),
        ("", "tg", "31 июли соли 2027, 01:05 (Вақт: Душанбе)"),
    ],
)
def test_comment__has_its_time_in_words_with_the_zone(client, site, key, code, written):
    user = factories.UserFactory(is_superuser=True)
    profile = UserProfile.get_for_user(user)
    profile.current_time_zone, profile.preferred_language = key, code
    profile.save()
    client.force_login(user)
    sent = "2027-07-30T20:05:00.000Z"

    answer = client.get(reverse("editing_times"), {"at": [sent, "yesterday", "2027-07-30T20:05:00", "2027-13-40"]})

    assert answer.json() == {sent: written}


@pytest.mark.parametrize("sent", ["", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "\x00", "9" * 2_000])
def test_comment__whose_time_is_none_has_no_words(client, site, sent):
    log_in(client)
    assert client.get(reverse("editing_times"), {"at": sent}).json() == {}
