"""Whatever a reader sees on a page is found there: its own fields and what is named on it by what stands
elsewhere, which is followed when its name changes."""

import pytest

from search.models import Text
from tests import factories
from tests.helplines import HelplineFactory
from tests.search.asking import titles


@pytest.mark.parametrize(
    "asked",
    ["#EndHumanTrafficking", "EndHumanTrafficking", "endhumantrafficking", "A/RES/68/192", "WDATIP", "1997"],
)
def test_campaign__is_found_by_its_facts(client, site, committed, asked):
    factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="Against trafficking",
        short_name="WDATIP",
        hashtags="#EndHumanTrafficking #Hope",
        resolution="A/RES/68/192",
        first_observed=1997,
    )
    committed()
    assert titles(client, asked) == ["Against trafficking"]


@pytest.mark.parametrize("asked", ["Cloudworks", "CLW", "Weathers", "Clean clouds", "Stratus", "Cumulus"])
def test_story__is_found_by_what_it_is_tied_to(client, site, committed, asked):
    factories.NewsPageFactory(
        parent=site.news_index,
        title="Above the village",
        partners=[factories.OrganisationFactory(name="Cloudworks", acronym="CLW")],
        topics=[factories.TopicFactory(name="Weather", slug="weather")],
        sdgs=[factories.SDGFactory(number=6, name="Clean clouds")],
        places=[factories.PlaceFactory(name="Stratus")],
        lead_image=factories.SiteImageFactory(credit="Ann Cumulus"),
    )
    committed()
    assert titles(client, asked) == ["Above the village"]


def test_project__is_found_by_its_donor(client, site, committed):
    donor = factories.OrganisationFactory(name="Cloudworks")
    section = factories.SectionPageFactory(parent=site.home)
    factories.ProjectPageFactory(parent=section, title="Above the village", donor=donor)
    committed()
    assert titles(client, "cloudworks") == ["Above the village"]


def test_resource__is_found_by_its_kind_year_topic_and_files(client, site, committed):
    index = factories.ResourceIndexPageFactory(parent=factories.SectionPageFactory(parent=site.home))
    document = factories.DocumentFactory(title="Cumulus in four questions")
    topic = factories.TopicFactory(name="Weather", slug="weather")
    factories.ResourcePageFactory(
        parent=index, title="A card", kind="leaflet", year=1997, documents={"en": document}, topics=[topic]
    )
    committed()
    for asked in ("leaflet", "1997", "cumulus", "weather"):
        assert titles(client, asked) == ["A card"], asked


def test_home__is_found_by_its_helpline_and_its_body(client, site, committed):
    texts = {code: {"name": "", "note": "Clouds are confidential."} for code in ("en",)}
    HelplineFactory(number="000-77-55", texts=texts)
    site.home.body = [("rich_text", "<p>Cumulus above.</p>")]
    site.home.save_revision().publish()
    committed()
    for asked in ("000-77-55", "confidential", "cumulus"):
        assert titles(client, asked) == ["Home en"], asked


def test_lists__are_found_by_their_introduction(client, site, committed):
    resources = factories.ResourceIndexPageFactory(parent=factories.SectionPageFactory(parent=site.home))
    for index in (site.news_index, site.campaign_index, resources):
        index.introduction = "Cumulus and more."
        index.save_revision().publish()
    committed()
    assert len(titles(client, "cumulus")) == 3


def test_figure__is_found_by_its_unit_and_source(client, site, committed):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="Against trafficking")
    factories.KeyFigureFactory(
        value="9", unit="balloons", source="Cumulus yearbook", year=None, campaigns=[campaign]
    )
    committed()
    for asked in ("balloons", "cumulus"):
        assert titles(client, asked) == ["Against trafficking"], asked
    assert titles(client, "none") == []


def test_chart__is_found_by_its_numbers(client, site, committed):
    points = [{"label": "Cumulus", "value": 1840}, {"label": "Stratus", "value": 2}]
    chart = {"heading": "Clouds", "kind": "bars", "description": "Many.", "points": points}
    factories.NewsPageFactory(parent=site.news_index, title="In figures", body=[("chart", chart)])
    committed()
    assert titles(client, "1840") == titles(client, "1,840") == ["In figures"]


def test_campaign__is_found_by_the_partners_that_its_block_gathers(client, site, committed):
    block = {"heading": "", "limit": 12, "picks": [], "only_picked": False}
    campaign = factories.CampaignPageFactory(
        parent=site.campaign_index, title="Against trafficking", body=[("partners", block)]
    )
    committed()
    partner = factories.OrganisationFactory(name="Cloudworks")
    factories.NewsPageFactory(
        parent=site.news_index, title="A story", campaigns=[campaign], partners=[partner], summary="One."
    )
    committed()
    assert sorted(titles(client, "cloudworks")) == ["A story", "Against trafficking"]


def test_name_that_changes_or_goes__is_followed(client, site, committed):
    partner = factories.OrganisationFactory(name="Cloudworks")
    place = factories.PlaceFactory(name="Stratus")
    factories.NewsPageFactory(parent=site.news_index, title="A story", partners=[partner], places=[place])
    committed()
    partner.name, place.name = "Rainworks", "Nimbus"
    partner.save()
    place.save()
    committed()
    for asked, found in (("cloudworks", []), ("stratus", []), ("rainworks", ["A story"]), ("nimbus", ["A story"])):
        assert titles(client, asked) == found, asked
    partner.delete()
    committed()
    assert titles(client, "rainworks") == []


def test_unpublished_name__is_not_found(client, site, committed):
    partner = factories.OrganisationFactory(name="Cloudworks")
    factories.NewsPageFactory(parent=site.news_index, title="A story", partners=[partner])
    committed()
    assert titles(client, "cloudworks") == ["A story"]
    partner.unpublish()
    committed()
    assert titles(client, "cloudworks") == []


def test_names__stand_once(client, site, committed):
    partner = factories.OrganisationFactory(name="Cloudworks")
    block = {"heading": "", "limit": 12, "picks": [partner], "only_picked": False}
    campaign = factories.CampaignPageFactory(
        parent=site.campaign_index, title="Against trafficking", body=[("partners", block)]
    )
    factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign], partners=[partner])
    committed()
    assert Text.objects.get(title="Against trafficking").body.count("Cloudworks") == 1
