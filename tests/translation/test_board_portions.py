"""Board and launch of a campaign with more stories than one portion shows."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from campaigns.models import Quote
from tests import factories
from tests.launching import is_live, reviewed, url
from tests.scenes import scene
from translation.campaign_contents import portions
from translation.campaign_contents.families import families
from translation.campaign_contents.portions import portion_of
from translation.campaign_contents.seen_by_readers import Gathering

pytestmark = pytest.mark.django_db


@scene
def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", observance_day=30, observance_month=7
    )


@scene
def stories(site, campaign):
    """Five stories, the newest first; the oldest has a quote, and there is a quote without a story."""
    made = [
        factories.NewsPageFactory(
            parent=site.news_index, title=f"Story {year}", campaigns=[campaign], date=f"{year}-05-01"
        )
        for year in (2025, 2024, 2023, 2022, 2021)
    ]
    factories.QuoteFactory(text="Of the oldest", source=made[-1])
    factories.QuoteFactory(text="Of none", campaigns=[campaign], date="2020-01-01")
    return made


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(portions, "MOST", 2)
    monkeypatch.setattr(portions, "FILLING", 0)


def titles(response) -> set[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    rows = soup.select(".translation-board tbody th")
    return {" ".join(row.get_text(" ").split()[1:]) for row in rows}


def test_board__shows_one_portion_and_leads_to_the_others(newsroom, stories):
    client = newsroom.as_(newsroom.editor)
    address = reverse("translation_board:index")
    first, last = client.get(address), client.get(address, {"stories": "3"})

    assert {"World Day", "Story 2025", "Story 2024", "Of none"} <= titles(first)
    assert not {"Story 2023", "Story 2021", "Of the oldest"} & titles(first)
    assert {"World Day", "Story 2021", "Of the oldest"} <= titles(last)
    assert not {"Story 2025", "Story 2022", "Of none"} & titles(last)
    soup = BeautifulSoup(first.content, "html.parser").select_one(".translation-portion")
    assert "Stories 1 to 2" in soup.text
    assert [link["href"] for link in soup.select("a")] == ["?stories=2"]
    soup = BeautifulSoup(last.content, "html.parser").select_one(".translation-portion")
    assert "Stories 5 to 5" in soup.text
    assert [link["href"] for link in soup.select("a")] == ["?stories=2"]


def test_csv__has_all_portions_and_each_object_once(newsroom, stories):
    client = newsroom.as_(newsroom.editor)
    response = client.get(reverse("translation_board:index"), {"export": "csv", "language": "ru"})

    rows = [line.split(",")[1] for line in response.text.splitlines()[1:]]
    assert {f"Story {year}" for year in range(2021, 2026)} | {"Of the oldest", "Of none"} <= set(rows)
    assert len(rows) == len(set(rows))


def test_small_campaign__is_whole_and_says_nothing_of_portions(newsroom, campaign):
    response = newsroom.as_(newsroom.editor).get(reverse("translation_board:index"))

    assert titles(response) == {"World Day"}
    assert "translation-portion" not in response.text


def test_launch__publishes_what_is_in_the_portion(newsroom, campaign, stories):
    reviewed(newsroom, campaign, "ru")
    for story in (stories[0], stories[4]):
        reviewed(newsroom, story, "ru")
    client = newsroom.as_(newsroom.publisher)
    accepted = [str(part.key) for part in Gathering(families()[0], None, newsroom.site.locales.values()).members()]

    response = client.post(f"{url(campaign)}?stories=3", {"accept": accepted, "reason": "Later."})

    assert response.url == f"{url(campaign)}?stories=3"
    assert is_live(stories[4])
    assert not is_live(stories[0])
    client.post(url(campaign), {"accept": accepted, "reason": "Later."})
    assert is_live(stories[0])


def test_newest_material__is_in_every_portion(campaign, stories, monkeypatch):
    monkeypatch.setattr(portions, "FILLING", 1)
    portion = portion_of(campaign.translation_key, None, None, 2)

    assert portion.keys["stories"] == [story.translation_key for story in stories[2:4]]
    assert portion.keys["quotes"] == [Quote.objects.get(text="Of the oldest").translation_key]
    assert portion.has_more
