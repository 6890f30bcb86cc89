"""What a newsroom cannot live with: that nothing which happens to a source is asked for its translations. A test
for each event, which fails on plain wagtail-localize (`make plain`)."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringSegment

from campaigns.models import NewsPage
from home.models import SectionPage
from tests import factories
from tests.going_live import page_data
from tests.lives import AHEAD, delete_url, live_in, memory, pass_time, rows
from tests.scenes import scene
from tests.translating import edit_url

pytestmark = pytest.mark.django_db

ALL = {"other_languages": "all"}


@scene
def section(site, newsroom) -> SectionPage:
    page = factories.SectionPageFactory(parent=site.home, title="Our work", slug="our-work")
    newsroom.bring_live(page, "ru")
    return page


@scene
def story(site, newsroom) -> NewsPage:
    topic = factories.TopicFactory()
    page = factories.NewsPageFactory(
        parent=site.news_index, title="Camp", slug="camp", topics=[topic], places=[factories.PlaceFactory()]
    )
    newsroom.bring_live(page, "ru")
    return page


def publish_with_a_day(newsroom, page: SectionPage, **day) -> None:
    """And answers what is asked next, if anything is."""
    client = newsroom.as_(newsroom.publisher)
    day = {name: timezone.localtime(value).strftime("%Y-%m-%d %H:%M") for name, value in day.items()}
    response = client.post(edit_url(page), page_data(page, **day, **{"action-publish": "on"}))
    client.post(response.url, ALL)


def test_source_moved__takes_its_translations_along(newsroom, story, site):
    archive = factories.NewsIndexPageFactory(parent=site.home, title="Archive", slug="archive")
    factories.NewsIndexPageFactory(parent=site.homes["ru"], title="Архив", translation_key=archive.translation_key)

    url = reverse("wagtailadmin_pages:move_confirm", args=[story.pk, archive.pk])
    newsroom.as_(newsroom.publisher).post(url, ALL)

    assert {code: row.get_parent().title for code, row in rows(story).items()} == {"en": "Archive", "ru": "Архив"}


def test_source_copied__is_copied_with_its_translations(newsroom, story, site):
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": site.news_index.pk}

    newsroom.as_(newsroom.publisher).post(reverse("wagtailadmin_pages:copy", args=[story.pk]), form | ALL)

    copied = NewsPage.objects.get(slug="copy", locale__language_code="en")
    assert set(rows(copied)) == {"en", "ru"}


def test_source_unpublished__goes_in_all_languages(newsroom, section):
    newsroom.as_(newsroom.publisher).post(reverse("wagtailadmin_pages:unpublish", args=[section.pk]), ALL)

    assert live_in(section) == set()


def test_source_expired__expires_in_all_languages(newsroom, section, monkeypatch):
    publish_with_a_day(newsroom, section, expire_at=timezone.now() + AHEAD)

    pass_time(monkeypatch)

    assert live_in(section) == set()


def test_source_scheduled__takes_along_what_is_approved(newsroom, site, monkeypatch):
    page = factories.SectionPageFactory(parent=site.home, title="New", slug="new", live=False)
    [russian] = newsroom.send(page, "ru")
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))
    publish_with_a_day(newsroom, page, go_live_at=timezone.now() + AHEAD)
    assert live_in(page) == set()

    pass_time(monkeypatch)

    assert live_in(page) == {"en", "ru"}


def test_source_deleted__takes_its_translations_down(newsroom, section):
    newsroom.as_(newsroom.publisher).post(delete_url(section), {"other_languages": "take_down"})

    assert set(rows(section)) == {"ru"}
    assert live_in(section) == set()


def test_source_deleted__leaves_its_texts_and_every_wording(newsroom, section):
    before = memory()

    newsroom.as_(newsroom.publisher).post(delete_url(section), {"other_languages": "only_this"})

    assert StringSegment.objects.filter(source__object_id=section.translation_key).exists()
    assert memory() == before
