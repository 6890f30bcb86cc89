"""What a feed says of an entry: when it became public, its picture, its author and what it is about."""

import datetime

from django.utils import timezone

from core.consent.withdrawals import withdraw
from core.media.renditions import make_pictures
from tests import factories
from tests.reading_feeds import read, titles
from tests.scenes import scene


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index, slug="wdatip", title="Against trafficking")


@scene
def story(site, campaign):
    topic = factories.TopicFactory(name="Youth", slug="youth")
    return factories.NewsPageFactory(
        parent=site.news_index, title="Camp", slug="camp", campaigns=[campaign], topics=[topic]
    )


def published(entry) -> datetime.datetime:
    moment: tuple[int, int, int, int, int, int] = entry.published_parsed[:6]
    return datetime.datetime(*moment, tzinfo=datetime.UTC)


def test_entry__was_published_when_it_first_became_public_in_its_language(client, site, story):
    russian = factories.NewsPageFactory(
        parent=site.news_indexes["ru"], title="Лагерь", translation_key=story.translation_key
    )
    days = {
        "en": datetime.datetime(2025, 3, 1, 8, tzinfo=datetime.UTC),
        "ru": timezone.now().replace(microsecond=0),
    }
    for page, code in ((story, "en"), (russian, "ru")):
        type(page).objects.filter(pk=page.pk).update(first_published_at=days[code])
        page.refresh_from_db()
    # Neither an edit, nor a spell offline, nor another date of the story counts.
    story.title, story.date = "Camp, again", datetime.date(2026, 1, 1)
    story.save_revision().publish()
    story.unpublish()
    story.save_revision().publish()

    for code, day in days.items():
        (entry,) = read(client, f"/{code}/feeds/news.atom").entries
        assert published(entry) == day
        assert entry.updated_parsed >= entry.published_parsed


def test_feed__holds_the_twenty_that_became_public_last_newest_first(client, site):
    stories = [
        factories.NewsPageFactory(parent=site.news_index, title=f"Story {n}", date=datetime.date(2000 + n, 1, 1))
        for n in range(22)
    ]
    for n, story in enumerate(stories):
        # The oldest by their date became public last.
        day = timezone.now() - datetime.timedelta(days=n)
        type(story).objects.filter(pk=story.pk).update(first_published_at=day)
    stories[21].refresh_from_db()
    stories[21].save_revision().publish()

    assert titles(client) == [f"Story {n}" for n in range(20)]


def test_entry__of_a_new_translation_of_an_old_story_stands_first(client, site, story):
    newer = factories.NewsPageFactory(parent=site.news_indexes["ru"], title="Новая")
    type(newer).objects.filter(pk=newer.pk).update(first_published_at=timezone.now() - datetime.timedelta(hours=1))
    draft = story.copy_for_translation(site.locales["ru"], copy_parents=True)
    draft.title = "Лагерь"
    draft.save_revision().publish()

    assert titles(client, "/ru/feeds/news.atom") == ["Лагерь", "Новая"]


def test_entry__has_image_author_and_categories(client, site, campaign, story):
    story.lead_image = factories.SiteImageFactory()
    story.save()
    make_pictures(story.lead_image)
    factories.TopicFactory(
        name="Молодёжь",
        locale=site.locales["ru"],
        translation_key=story.topic_ties.first().topic.translation_key,
    )
    factories.NewsPageFactory(parent=site.news_indexes["ru"], topics=[story.topic_ties.first().topic])

    (entry,) = read(client).entries
    (russian,) = read(client, "/ru/feeds/news.atom").entries

    (image,) = [link for link in entry.links if link.rel == "enclosure"]
    assert image.type == "image/jpeg"
    assert image.href.startswith("http://testserver/media/")
    assert entry.media_thumbnail[0]["url"] == image.href
    assert entry.author == site.home.title
    assert [tag.term for tag in entry.tags] == ["Youth", "Against trafficking"]
    assert [tag.term for tag in russian.tags] == ["Молодёжь"]
    assert [link for link in russian.links if link.rel == "enclosure"] == []


def test_entry__shows_no_image_whose_consent_was_withdrawn(client, story):
    image = factories.SiteImageFactory()
    story.lead_image = image
    story.save()
    make_pictures(image)
    withdraw(image, None, "Asked for")

    (entry,) = read(client).entries

    assert [link for link in entry.links if link.rel == "enclosure"] == []
    assert "media_thumbnail" not in entry
