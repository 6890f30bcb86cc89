"""A page with many beneath it: hidden from readers at once, deleted by recorded work, restored as one deletion."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from core import work
from core.models import ClosedPage
from core.publishing import closing
from home.models import ContentPage, SectionPage
from tests import factories
from tests.going_live import messages_of
from tests.lives import delete_url, kept, restore, rows
from tests.translating import Newsroom
from tests.typed import Response
from translation.models import DeletedObject

pytestmark = pytest.mark.django_db

PAGES = 7


@pytest.fixture
def section(site, newsroom: Newsroom, monkeypatch) -> SectionPage:
    """With pages on two levels beneath it, one of them a draft; in Russian as well."""
    monkeypatch.setattr(closing, "MANY", 3)
    monkeypatch.setattr(closing, "SLICE", 2)
    section = factories.SectionPageFactory(parent=site.home, title="Our work", slug="work", introduction="")
    newsroom.bring_live(section, "ru")
    first = factories.ContentPageFactory(parent=section, title="Page 0")
    for number in range(1, PAGES - 1):
        factories.ContentPageFactory(parent=first if number % 2 else section, title=f"Page {number}")
    factories.ContentPageFactory(parent=section, title="Unfinished", live=False)
    return section


def by_screen(client: Client, page: Page, said: dict[str, Any]) -> Response:
    return client.post(delete_url(page), {"confirm_site_name": settings.WAGTAIL_SITE_NAME, **said})


def by_bulk_action(client: Client, page: Page, said: dict[str, Any]) -> Response:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    sent = {"confirm_site_name": settings.WAGTAIL_SITE_NAME, **said}
    return client.post(f"{url}?id={page.pk}&next=/admin/", sent)


def by_api(client: Client, page: Page, said: dict[str, Any]) -> Response:
    return client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"]), said)


WAYS = pytest.mark.parametrize("way", [by_screen, by_bulk_action, by_api])


def finish() -> None:
    while work.perform_due():
        pass


@WAYS
def test_deleting__closes_the_branch_and_leaves_the_rest_to_the_worker(newsroom, section, client, way):
    addresses = [page.get_url() for page in ContentPage.objects.filter(live=True)]
    assert {client.get(address).status_code for address in addresses} == {200}

    way(newsroom.as_(newsroom.publisher), section, {"other_languages": "only_this"})

    assert 200 not in {client.get(address).status_code for address in [*addresses, section.get_url()]}
    assert not DeletedObject.objects.exists()
    finish()
    assert not ContentPage.objects.exists()
    assert set(rows(section)) == {"ru"}
    assert not ClosedPage.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])


@WAYS
def test_deleting__in_all_languages_does_so_in_each(newsroom, section, client, way):
    way(newsroom.as_(newsroom.publisher), section, {"other_languages": "all"})
    finish()

    assert rows(section) == {}
    assert {row.deleted_by for row in DeletedObject.objects.all()} == {newsroom.publisher}


def test_deleted__comes_back_as_one_deletion(newsroom, section, client):
    address = ContentPage.objects.get(title="Page 3").get_url()
    before = set(ContentPage.objects.values_list("title", "live", "depth", "url_path"))
    by_screen(newsroom.as_(newsroom.publisher), section, {"other_languages": "only_this"})
    finish()
    deleted = kept(section)
    others = DeletedObject.objects.exclude(pk=deleted.pk)
    assert {row.content["act"] for row in others} == {deleted.content["act"]} != {""}

    restore(newsroom, deleted)

    assert set(ContentPage.objects.values_list("title", "live", "depth", "url_path")) == before
    assert client.get(address).status_code == 200
    assert Page.find_problems() == ([], [], [], [], [])


def test_deleting__that_was_killed_half_way_is_finished(newsroom, section):
    by_screen(newsroom.as_(newsroom.publisher), section, {"other_languages": "only_this"})
    kind = work._kinds[closing.DELETION]
    first = work.RecordedWork.objects.filter(name=kind.name).order_by("pk").first()
    closing.delete_closed([first.key])
    assert ContentPage.objects.count() == PAGES - 1

    finish()

    assert not ContentPage.objects.exists()
    assert DeletedObject.objects.count() == PAGES + 1


def test_deleting__takes_along_what_was_added_since(newsroom, section):
    by_screen(newsroom.as_(newsroom.publisher), section, {"other_languages": "only_this"})
    factories.ContentPageFactory(parent=ContentPage.objects.get(title="Page 1"), title="Added since")

    finish()

    assert not ContentPage.objects.exists()
    assert DeletedObject.objects.filter(title="Added since").exists()


def test_deleting__leaves_what_was_tied_only_there_whole(newsroom, section, site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day")
    for year in range(2001, 2006):
        factories.EditionPageFactory(parent=campaign, year=year)
    story = factories.NewsPageFactory(parent=site.news_index, title="A road", campaigns=[campaign], topics=[])
    client = newsroom.as_(newsroom.publisher)

    for way in (by_screen, by_bulk_action, by_api):
        response = way(client, campaign, {})
        told = response.content.decode() if way is by_api else messages_of(response)
        assert "A road" in told, way
    finish()
    assert client.get(campaign.get_url()).status_code == client.get(story.get_url()).status_code == 200
    assert not ClosedPage.objects.exists()


def test_deleting__with_another_name_than_the_sites_does_nothing(newsroom, section, client):
    response = by_screen(
        newsroom.as_(newsroom.publisher), section, {"other_languages": "all", "confirm_site_name": "Other"}
    )

    assert settings.WAGTAIL_SITE_NAME in messages_of(response)
    assert client.get(section.get_url()).status_code == 200


def test_deleting__by_whom_may_not_does_nothing(newsroom, section, client):
    for way in (by_screen, by_bulk_action, by_api):
        way(newsroom.as_(newsroom.translators["ru"]), section, {"other_languages": "all"})
    finish()

    assert client.get(section.get_url()).status_code == 200
    assert not DeletedObject.objects.exists()
