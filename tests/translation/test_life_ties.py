"""What is cut loose when a story or a person is deleted, and tied again when it comes back."""

from typing import Any

import pytest
from django.core.management import call_command

from campaigns.models import KeyFigure, NewsPage, Quote, Takeaway
from tests import factories
from tests.lives import delete_url, kept, restore, rows
from tests.scenes import scene
from tests.translating import Newsroom

pytestmark = pytest.mark.django_db


@scene
def story(site, newsroom: Newsroom) -> NewsPage:
    return factories.NewsPageFactory(parent=site.news_index, title="The bus", slug="bus")


@scene
def pieces(newsroom: Newsroom, story) -> list[Any]:
    campaign = factories.CampaignPageFactory(parent=newsroom.site.campaign_index, slug="wdatip")
    quote = factories.QuoteFactory(source=story, campaigns=[campaign])
    newsroom.bring_live(quote, "ru")
    return [
        quote,
        factories.TakeawayFactory(source=story, campaigns=[campaign]),
        factories.KeyFigureFactory(story=story, campaigns=[campaign]),
    ]


def fits(capsys) -> bool:
    call_command("check_translations")
    return "No inconsistencies." in capsys.readouterr().out


def test_deleted_story__comes_back_with_what_was_tied_to_it(newsroom, story, pieces, capsys):
    newsroom.as_(newsroom.publisher).post(delete_url(story), {"other_languages": "all"})
    loose = [Quote.objects.get(pk=pieces[0].pk).source_id, KeyFigure.objects.get(pk=pieces[2].pk).story_id]
    fitted = fits(capsys)

    restore(newsroom, kept(story))

    assert loose == [None, None]
    assert fitted
    back = NewsPage.objects.get(translation_key=story.translation_key)
    assert {row.source_id for row in rows(pieces[0]).values()} == {back.pk}
    assert Takeaway.objects.get(pk=pieces[1].pk).source_id == back.pk
    assert KeyFigure.objects.get(pk=pieces[2].pk).story_id == back.pk
    assert fits(capsys)


def test_what_was_tied_to_another_story_since__stays_with_it(newsroom, site, story, pieces):
    newsroom.as_(newsroom.publisher).post(delete_url(story), {"other_languages": "all"})
    other = factories.NewsPageFactory(parent=site.news_index, title="The train", slug="train")
    Takeaway.objects.filter(pk=pieces[1].pk).update(source=other)

    restore(newsroom, kept(story))

    assert Takeaway.objects.get(pk=pieces[1].pk).source_id == other.pk
    assert KeyFigure.objects.get(pk=pieces[2].pk).story_id is not None
