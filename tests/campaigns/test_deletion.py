"""What a live story stands on by itself is not deleted beneath it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from campaigns.models import NewsPage, Place, Topic
from tests import factories
from tests.going_live import messages_of
from tests.scenes import scene


@scene
def place(site):
    return factories.PlaceFactory(name="Romit")


@scene
def topic(site):
    return factories.TopicFactory(name="Work")


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index)


@pytest.fixture
def editor(client, site):
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def story(site, **values):
    return factories.NewsPageFactory(parent=site.news_index, title="Forty-three leaders", **values)


def test_place__that_is_a_live_storys_last_is_not_deleted(site, place):
    told = story(site, places=[place])
    with pytest.raises(ValidationError, match="Forty-three leaders"), transaction.atomic():
        place.delete()
    assert list(told.places.values_list("place", flat=True)) == [place.pk]

    told.unpublish()
    place.delete()
    assert not Place.objects.filter(pk=place.pk).exists()


def test_place__beside_another_that_readers_see_is_deleted(site, place):
    story(site, places=[place, factories.PlaceFactory()])
    place.delete()
    assert not Place.objects.filter(pk=place.pk).exists()


def test_place__beside_one_that_readers_do_not_see_is_not_deleted(site, place):
    other = factories.PlaceFactory()
    story(site, places=[place, other])
    other.unpublish()
    with pytest.raises(ValidationError):
        place.delete()


def test_places__that_go_together_are_judged_together(site, place):
    other = factories.PlaceFactory()
    story(site, places=[place, other])
    with pytest.raises(ValidationError), transaction.atomic():
        Place.objects.filter(pk__in=[place.pk, other.pk]).delete()
    assert Place.objects.filter(pk__in=[place.pk, other.pk]).count() == 2


def test_topic_and_campaign__each_may_be_the_last_tie(site, topic, campaign):
    factories.NewsPageFactory(parent=site.news_index, topics=[topic], campaigns=[campaign])
    topic.delete()
    with pytest.raises(ValidationError):
        campaign.delete()
    site.campaign_index.refresh_from_db()
    assert site.campaign_index.numchild == 1


def test_topic__of_a_translation_alone_may_go(site, topic):
    original = factories.NewsPageFactory(parent=site.news_index)
    factories.NewsPageFactory(
        parent=site.news_indexes["ru"], topics=[topic], translation_key=original.translation_key
    )
    topic.delete()
    assert not Topic.objects.filter(pk=topic.pk).exists()


def test_campaign__is_deleted_together_with_its_stories(site, campaign):
    factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign])
    Page.objects.get(pk=site.home.pk).delete()
    assert not NewsPage.objects.exists()


def test_delete_view__names_the_stories(editor, site, place):
    story(site, places=[place])
    url = reverse("wagtailsnippets_campaigns_place:delete", args=[place.pk])
    response = editor.post(url)
    assert response.status_code == 302
    assert "Forty-three leaders" in messages_of(response)
    assert Place.objects.filter(pk=place.pk).exists()


def test_bulk_delete__names_the_stories_and_deletes_nothing(editor, site, place):
    story(site, places=[place])
    free = factories.PlaceFactory()
    url = reverse("wagtail_bulk_action", args=["campaigns", "place", "delete"])
    response = editor.post(f"{url}?id={place.pk}&id={free.pk}")
    assert "Forty-three leaders" in messages_of(response)
    assert Place.objects.filter(pk__in=[place.pk, free.pk]).count() == 2


@pytest.mark.parametrize("way", ["view", "bulk", "api"])
def test_campaign__is_not_deleted_by_any_screen(editor, site, campaign, way):
    factories.NewsPageFactory(parent=site.news_index, title="Forty-three leaders", campaigns=[campaign], topics=[])
    if way == "api":
        response = editor.post(
            reverse("wagtailadmin_api:pages:action", args=[campaign.pk, "delete"]),
            content_type="application/json",
        )
        assert response.status_code == 400
        assert "Forty-three leaders" in response.text
    else:
        url = {
            "view": reverse("wagtailadmin_pages:delete", args=[campaign.pk]),
            "bulk": f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={campaign.pk}",
        }[way]
        response = editor.post(url)
        assert "Forty-three leaders" in messages_of(response)
    assert Page.objects.filter(pk=campaign.pk).exists()
    assert Page.objects.get(pk=site.campaign_index.pk).numchild == 1
