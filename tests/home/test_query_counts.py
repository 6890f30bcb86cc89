"""The queries of a page are the same with ten and with three hundred stories, quotes and takeaways."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Quote, QuoteCampaign, Takeaway, TakeawayCampaign
from tests import factories

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
        for _n in range(count):
            factories.NewsPageFactory(
                parent=site.news_index, places=[place], campaigns=[campaign], partners=[partner]
            )
        quotes = [factories.QuoteFactory.build(locale=site.locales["en"], speaker=speaker) for _n in range(count)]
        takeaways = [factories.TakeawayFactory.build(locale=site.locales["en"]) for _n in range(count)]
        for pieces, model, tie, field in (
            (quotes, Quote, QuoteCampaign, "quote"),
            (takeaways, Takeaway, TakeawayCampaign, "takeaway"),
        ):
            rows = model.objects.bulk_create(pieces)
            tie.objects.bulk_create([tie(**{field: row, "campaign": campaign}) for row in rows])
        return campaign.get_url()

    return add


def test_pages__queries_do_not_grow(client, site, fill):
    address = fill(FEW)
    addresses = [address, f"{address}2024/", site.news_index.get_url(), site.home.get_url()]
    few = {each: queries(client, each) for each in addresses}
    fill(MANY - FEW)
    many = {each: queries(client, each) for each in addresses}
    assert many == few
    assert max(few.values()) <= 30


def test_campaign__shows_what_fits_of_the_many(client, fill):
    _head, _tag, page = client.get(fill(20)).text.partition("<main")
    assert page.count("Now I know which question to ask") == 12
    assert page.count("Whoever keeps your passport") == 12
