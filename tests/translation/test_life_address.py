"""A page gets another address in all its languages at once."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from tests import factories
from tests.going_live import messages_of
from tests.lives import rows
from tests.scenes import scene
from tests.translating import Newsroom

pytestmark = pytest.mark.django_db


@scene
def story(site, newsroom: Newsroom) -> Page:
    topic = factories.TopicFactory()
    page = factories.NewsPageFactory(
        parent=site.news_index, title="Camp", slug="camp", topics=[topic], places=[factories.PlaceFactory()]
    )
    newsroom.bring_live(page, "ru")
    return page


def address(page: Page) -> str:
    return reverse("translation_life:address", args=[page.pk])


def test_changing_the_address__shows_the_redirects_and_then_makes_them(
    newsroom, story, client, django_capture_on_commit_callbacks
):
    publisher = newsroom.as_(newsroom.publisher)
    assert address(story) in publisher.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).text
    text = publisher.get(address(story), {"slug": "fire"}).text
    for code in ("en", "ru"):
        assert f"/{code}/news/camp/" in text
        assert f"/{code}/news/fire/" in text
    with django_capture_on_commit_callbacks(execute=True):
        publisher.post(address(story), {"slug": "fire"})
    for code in ("en", "ru"):
        assert client.get(f"/{code}/news/fire/").status_code == 200
        assert client.get(f"/{code}/news/camp/").url == f"/{code}/news/fire/"
    drafts = [draft for row in rows(story).values() if (draft := row.get_latest_revision())]
    assert drafts
    for draft in drafts:
        draft.publish()
    assert {row.slug for row in rows(story).values()} == {"fire"}


def test_editor__leads_from_the_address_to_where_its_redirects_are_seen(site, newsroom, story):
    link = "Change the address in all languages"
    other = factories.NewsPageFactory(parent=site.news_index, title="Fire", slug="fire")
    publisher = newsroom.as_(newsroom.publisher)
    for page in (story, other):
        text = publisher.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
        panel = text.split('id="address-redirects"')[1]
        assert link in panel
        assert address(page) in panel
    assert link not in newsroom.as_(newsroom.editor).get(reverse("wagtailadmin_pages:edit", args=[story.pk])).text
    shown = publisher.get(address(other), {"slug": "smoke"}).text
    assert "/en/news/fire/" in shown
    assert "/en/news/smoke/" in shown


@pytest.mark.parametrize("slug", ["taken", "Кириллица", "a b", "UPPER", "camp", ""])
def test_changing_the_address__to_what_cannot_be_changes_nothing(site, newsroom, story, slug):
    factories.NewsPageFactory(parent=site.news_indexes["ru"], slug="taken", title="Taken")
    publisher = newsroom.as_(newsroom.publisher)
    assert "Change the address in all languages" not in publisher.get(address(story), {"slug": slug}).text
    response = publisher.post(address(story), {"slug": slug})
    assert messages_of(response)
    assert {row.slug for row in rows(story).values()} == {"camp"}


def test_changing_the_address__is_for_publishers_and_for_pages_with_one(site, newsroom, story):
    assert newsroom.as_(newsroom.translators["ru"]).get(address(story)).status_code in (302, 403)
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    publisher = newsroom.as_(newsroom.publisher)
    assert publisher.get(address(edition)).status_code == 404
    assert publisher.get(address(site.home)).status_code == 404
