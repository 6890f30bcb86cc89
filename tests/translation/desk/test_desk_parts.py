"""A page to which more belongs than stands on one desk: it is worked on and submitted in parts."""

import pytest
from wagtail_localize.models import Translation

from campaigns.models import CampaignPage
from tests import factories
from tests.scenes import scene
from tests.translating import waiting
from tests.translation.desk.desks import Desk, desk_of, sources_on
from translation.campaign_contents import belonging

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name=""
    )


@scene
def translations(newsroom, campaign) -> list[Translation]:
    """The page with five takeaways."""
    takeaways = [
        factories.TakeawayFactory(statement=f"Ask question {number}", detail="", campaigns=[campaign])
        for number in range(5)
    ]
    return [newsroom.send(each, "ru")[0] for each in (*takeaways, campaign)]


@pytest.fixture
def desk(newsroom, translations, monkeypatch) -> Desk:
    monkeypatch.setattr(belonging, "MOST", 2)
    return desk_of(newsroom, translations[-1])


def test_all__is_shown_in_parts_with_the_page_in_each(desk):
    parts = [sources_on(desk.get(part=str(number))) for number in (1, 2, 3)]

    assert [part[0] for part in parts] == ["World Day"] * 3
    assert [part[1:] for part in parts] == [
        ["Ask question 0", "Ask question 1"],
        ["Ask question 2", "Ask question 3"],
        ["Ask question 4"],
    ]


def test_parts__are_said_and_linked_also_with_a_filter(desk):
    page = desk.get(show="missing", part="2")

    parts = page.select_one(".desk-parts")
    assert "Items 3 to 4 of what belongs to this page." in " ".join(parts.text.split())
    assert [link["href"] for link in parts.select("a")] == [
        f"{desk.url}?show=missing",
        f"{desk.url}?show=missing&part=3",
    ]
    assert page.select_one("[data-filter=all]")["href"] == f"{desk.url}?part=2"
    first, last = desk.get(), desk.get(part="3")
    assert [link.text for link in first.select(".desk-parts a")] == ["Next items"]
    assert [link.text for link in last.select(".desk-parts a")] == ["Previous items"]


def test_part__is_submitted_by_itself(newsroom, translations, desk):
    for each in translations:
        newsroom.word(each)
    *takeaways, page = translations
    submitted = []
    for number in ("2", "1"):
        form = desk.get(part=number).find("button", attrs={"data-submit": True}).find_parent("form")
        sent = {each["name"]: each["value"] for each in form.select("input")}
        answer = desk.client.post(form["action"], sent)
        assert answer.url == desk.url + (f"?part={number}" if number > "1" else "")
        submitted.append([bool(waiting(each)) for each in (page, *takeaways)])

    assert submitted == [[True, False, False, True, True, False], [True, True, True, True, True, False]]


def test_few__are_in_no_parts(newsroom, translations):
    page = desk_of(newsroom, translations[-1]).get()

    assert page.select_one(".desk-parts") is None
    assert len(sources_on(page)) == 6
