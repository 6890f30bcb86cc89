"""In a language, too, somebody confirms which names and words become public before they do."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from core.models import PublishConfirmation
from core.publishing.forms import CONFIRMED
from core.publishing.gate import confirmed
from tests import factories, launching
from tests.going_live import messages_of
from tests.scenes import scene
from translation.models import ReviewStatus
from translation.units.segments import target_of

pytestmark = [pytest.mark.django_db, pytest.mark.unconfirmed]

WORDS = "I came home."
RUSSIAN = "Я вернулась домой."


@scene
def quote(newsroom):
    with confirmed():
        speaker = factories.PersonFactory(name="Zarina Sodiqova")
        quote = factories.QuoteFactory(text=WORDS, speaker=speaker)
        speaker.save_revision().publish()
        quote.save_revision().publish()
    return quote


def submitted(newsroom, source):
    [translation] = newsroom.send(source, "ru")
    newsroom.word(translation, lambda text: RUSSIAN if text == WORDS else f"{text} [ru]")
    return translation, newsroom.submit(translation)


def list_of(response):
    return BeautifulSoup(response.content, "html.parser").find("fieldset", class_="becomes-public")


def digest_in(response) -> str:
    html: Any = BeautifulSoup(response.content, "html.parser")
    return html.find("input", {"name": CONFIRMED})["value"]


def review_url(review) -> str:
    return reverse("translation_review:review", args=[review.pk])


def test_review__approval_that_publishes_asks_for_the_list(newsroom, quote):
    translation, review = submitted(newsroom, quote)
    reviewer = newsroom.as_(newsroom.reviewer)

    refused = reviewer.post(review_url(review), {"action": "approve"})

    review.refresh_from_db()
    assert review.status == ReviewStatus.WAITING
    assert "Nobody has confirmed" in messages_of(refused)
    screen = reviewer.get(review_url(review))
    assert RUSSIAN in list_of(screen).text
    reviewer.post(review_url(review), {"action": "approve", CONFIRMED: digest_in(screen)})
    assert target_of(translation).live
    assert PublishConfirmation.objects.get(revision=review.revision).user == newsroom.reviewer


@pytest.mark.parametrize("sent", ["", "0" * 64])
def test_review__takes_no_other_list(newsroom, quote, sent):
    translation, review = submitted(newsroom, quote)

    newsroom.as_(newsroom.reviewer).post(review_url(review), {"action": "approve", CONFIRMED: sent})

    assert not target_of(translation).live
    assert not PublishConfirmation.objects.filter(revision=review.revision).exists()


def test_review__of_a_page_that_waits_for_a_publisher_shows_the_list_without_asking(newsroom, story):
    _translation, review = submitted(newsroom, story)

    screen = newsroom.as_(newsroom.reviewer).get(review_url(review))

    assert "Женщина у ворот" in list_of(screen).text
    assert list_of(screen).find("input") is None


@scene
def story(newsroom):
    texts = {"en": "A woman by a gate", "ru": "Женщина у ворот"}
    image = factories.SiteImageFactory(people=True, alt_texts=texts)
    with confirmed():
        page = factories.NewsPageFactory(parent=newsroom.site.news_index, lead_image=image)
        page.save_revision().publish()
    return page


def test_publish_button__is_refused_until_the_list_is_confirmed(newsroom, story):
    translation, review = submitted(newsroom, story)
    newsroom.decide(review)
    publisher = newsroom.as_(newsroom.publisher)

    refused = newsroom.publish(translation)
    assert "Nobody has confirmed" in messages_of(refused)
    assert not target_of(translation).live

    url = reverse("confirm_public", args=[review.revision_id])
    assert url in publisher.get(refused.url).content.decode()
    publisher.post(url, {CONFIRMED: digest_in(publisher.get(url))})
    newsroom.publish(translation)
    assert target_of(translation).live


def test_sync__of_the_same_people_needs_nobody(newsroom, story):
    translation, review = submitted(newsroom, story)
    newsroom.decide(review)
    with confirmed():
        newsroom.publish(translation)
    other = factories.SiteImageFactory(people=True, alt_texts=story.lead_image.alt_texts)

    with confirmed():
        story.lead_image = other
        story.save_revision().publish()

    assert target_of(translation).lead_image == other


@scene
def campaign(newsroom, story):
    """An edition of it is approved in Russian, with a face."""
    with confirmed():
        page = factories.CampaignPageFactory(parent=newsroom.site.campaign_index, lead_image=story.lead_image)
        page.save_revision().publish()
    launching.reviewed(newsroom, page, "ru")
    return page


def test_launch__asks_once_for_all_and_stores_it_with_each_revision(newsroom, campaign):
    publisher = newsroom.as_(newsroom.publisher)

    refused = launching.post(publisher, campaign)
    assert not launching.is_live(campaign)
    assert "This makes people public." in messages_of(refused)
    assert "Женщина у ворот" in list_of(refused).text

    screen = publisher.get(launching.url(campaign))
    publisher.post(launching.url(campaign), {CONFIRMED: digest_in(screen)})

    assert launching.is_live(campaign)
    target = campaign.get_translation(newsroom.site.locales["ru"])
    assert PublishConfirmation.objects.get(revision=target.live_revision).user == newsroom.publisher


def test_launch__asks_anew_where_a_face_has_changed_in_between(newsroom, campaign, story):
    publisher = newsroom.as_(newsroom.publisher)
    digest = digest_in(publisher.get(launching.url(campaign)))
    story.lead_image.shows = "minors"
    story.lead_image.save()

    response = publisher.post(launching.url(campaign), {CONFIRMED: digest})

    assert not launching.is_live(campaign)
    assert "A child or young person under 18" in list_of(response).text


def test_launch__needs_no_list_where_all_of_it_is_confirmed(newsroom, campaign):
    publisher = newsroom.as_(newsroom.publisher)
    target = campaign.get_translation(newsroom.site.locales["ru"])
    url = reverse("confirm_public", args=[target.latest_revision_id])
    publisher.post(url, {CONFIRMED: digest_in(publisher.get(url))})

    launching.post(publisher, campaign)

    assert launching.is_live(campaign)
