"""Where stories stand in a list, and which date they bear: the original's, whatever its translations carry."""

import datetime

import pytest

from tests import factories
from tests.scenes import scene

OLD, MIDDLE, NEW = (datetime.date(year, 5, 9) for year in (2021, 2022, 2023))


@scene
def stories(site):
    """The older of two, whose translation still bears a date that is newer than both."""
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    for title, date in (("The older", OLD), ("The newer", MIDDLE)):
        story = factories.NewsPageFactory(
            parent=site.news_index, title=title, date=date, campaigns=[campaign], slug=title[4:]
        )
        if date == OLD:
            factories.NewsPageFactory(
                parent=site.news_indexes["ru"],
                title=f"{title}, translated",
                date=NEW,
                translation_key=story.translation_key,
            )
    return campaign


@pytest.mark.parametrize("code", ["en", "ru"])
def test_stories__stand_and_are_dated_by_their_original(client, site, stories, code):
    addresses = [site.news_indexes[code].get_url(), site.homes[code].get_url()]
    if code == "en":
        addresses.append(stories.get_url())
    for address in addresses:
        html = client.get(address).text
        assert html.index("The newer") < html.index("The older")
        assert 'datetime="2021-05-09"' in html
        assert 'datetime="2023-05-09"' not in html


def test_news__years_to_filter_by_are_those_of_the_originals(client, site, stories):
    html = client.get(site.news_index.get_url()).text
    assert [year in html for year in ('value="2021"', 'value="2022"', 'value="2023"')] == [True, True, False]
    assert html.index('value="2022"') < html.index('value="2021"')
