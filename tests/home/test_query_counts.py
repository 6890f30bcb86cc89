"""The queries of a page are the same with ten and with three hundred stories, quotes and takeaways."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import CampaignPage
from tests import factories
from tests.many import insert_pieces, insert_stories

FEW, MANY = 10, 300
KINDS = ("latest_news", "voices", "takeaways", "key_figures", "partners")
GATHERED = [(kind, {"heading": "", "limit": 12}) for kind in KINDS]


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


@pytest.fixture
def fill(site) -> Callable[[int], str]:
    """Ties that many more stories, quotes and takeaways to one campaign; returns its address."""
    campaign = factories.CampaignPageFactory(
        parent=site.campaign_index, slug="campaign", body=[*GATHERED, ("past_themes", {})]
    )
    factories.EditionPageFactory(parent=campaign, year=2024)
    place, partner, speaker = factories.PlaceFactory(), factories.OrganisationFactory(), factories.PersonFactory()
    factories.KeyFigureFactory(campaigns=[campaign])

    def add(count: int) -> str:
        insert_stories(site.news_index, count, {"place": place, "campaign": campaign, "organisation": partner})
        insert_pieces(factories.QuoteFactory, count, campaign, speaker=speaker)
        insert_pieces(factories.TakeawayFactory, count, campaign)
        return campaign.get_url()

    return add


def test_pages__queries_do_not_grow(client, site, fill):
    address = fill(FEW)
    addresses = [address, f"{address}2024/", site.news_index.get_url(), site.home.get_url()]
    few = {each: queries(client, each) for each in addresses}
    fill(MANY - FEW)
    many = {each: queries(client, each) for each in addresses}
    assert many == few
    assert max(few.values()) <= 27


def test_story__asks_little(client, site, fill):
    fill(FEW)
    story = factories.NewsPageFactory(
        parent=site.news_index,
        campaigns=[CampaignPage.objects.get()],
        projects=[factories.ProjectPageFactory(parent=factories.SectionPageFactory(parent=site.home))],
        partners=[factories.OrganisationFactory()],
        topics=[factories.TopicFactory()],
        sdgs=[factories.SDGFactory()],
    )
    factories.QuoteFactory(source=story, speaker=factories.PersonFactory())
    factories.TakeawayFactory(source=story)
    assert queries(client, story.get_url()) <= 20


def test_campaign__shows_what_fits_of_the_many(client, fill):
    _head, _tag, page = client.get(fill(20)).text.partition("<main")
    assert page.count("Now I know which question to ask") == 12
    assert page.count("Whoever keeps your passport") == 12
