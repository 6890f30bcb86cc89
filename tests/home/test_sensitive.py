"""Whether a page is sensitive, and the call link that then stands at its head."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from campaigns.models import NewsCampaign
from core.sensitivity import is_inherited_sensitive, is_sensitive
from tests import factories
from tests.helplines import BLOCK, HelplineFactory

CALL = 'class="call"'


def page_of(site, own: str, above: str, tied: str):
    """A story tied to a campaign, or an edition where nothing is tied."""
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, slug="tied", sensitive=above or tied)
    if above:
        return factories.EditionPageFactory(parent=campaign, year=2024, sensitive=own)
    return factories.NewsPageFactory(parent=site.news_index, sensitive=own, campaigns=[campaign])


@pytest.mark.parametrize(
    ("own", "above", "tied", "answer"),
    [
        ("", "", "", False),
        ("yes", "", "", True),
        ("no", "", "", False),
        ("", "yes", "", True),
        ("", "no", "", False),
        ("no", "yes", "", False),
        ("yes", "no", "", True),
        ("", "", "yes", True),
        ("", "", "no", False),
        ("no", "", "yes", False),
        ("yes", "", "no", True),
    ],
)
def test_sensitive__is_the_nearest_answer(client, site, own, above, tied, answer):
    HelplineFactory()
    page = page_of(site, own, above, tied)

    assert is_sensitive(page) is answer
    assert is_inherited_sensitive(page) is ("yes" in (above, tied))
    assert (CALL in client.get(page.get_url()).text) is answer


def test_section__makes_all_below_it_sensitive_in_each_language(client, site):
    HelplineFactory()
    section = factories.SectionPageFactory(parent=site.home, slug="help", sensitive="yes")
    content = factories.ContentPageFactory(parent=section, slug="a")
    below = factories.ContentPageFactory(parent=content, slug="b")
    russian = factories.SectionPageFactory(
        parent=site.homes["ru"], slug="help", translation_key=section.translation_key
    )
    russian_content = factories.ContentPageFactory(parent=russian, translation_key=content.translation_key)
    elsewhere = factories.ContentPageFactory(parent=factories.SectionPageFactory(parent=site.home), slug="c")

    for page in (section, content, below, russian, russian_content):
        assert CALL in client.get(page.get_url()).text, page
    for page in (elsewhere, site.home, site.news_index):
        assert CALL not in client.get(page.get_url()).text, page


def test_story__takes_it_from_a_campaign_in_another_language(site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, slug="c", sensitive="yes")
    tajik = factories.CampaignPageFactory(
        parent=site.campaign_indexes["tg"], translation_key=campaign.translation_key
    )
    story = factories.NewsPageFactory(parent=site.news_indexes["tg"], campaigns=[tajik])
    copy = factories.NewsPageFactory(parent=site.news_index, translation_key=story.translation_key)

    assert is_sensitive(story)
    assert is_sensitive(copy)
    NewsCampaign.objects.all().delete()
    assert not is_sensitive(copy)


def test_answer__costs_one_query(site):
    page = page_of(site, "", "", "yes")
    with CaptureQueriesContext(connection) as captured:
        is_sensitive(page)

    assert len(captured) == 1


def test_draft__does_not_decide_before_it_is_published(client, site):
    HelplineFactory()
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, slug="c")
    campaign.sensitive = "yes"
    campaign.save_revision()
    assert CALL not in client.get(campaign.get_url()).text
    Page.objects.get(pk=campaign.pk).specific.get_latest_revision().publish()
    assert CALL in client.get(campaign.get_url()).text


@pytest.mark.parametrize("code", ["en", "ru", "tg", "fa-af"])
def test_call_link__stands_on_pages_that_are_not_there(client, site, code):
    HelplineFactory(number="000-12-34")
    factories.SectionPageFactory(parent=site.homes["en" if code != "en" else "ru"], slug="elsewhere")
    for address in (f"/{code}/nowhere/", f"/{code}/elsewhere/"):
        response = client.get(address)
        assert response.status_code == 404
        assert CALL in response.text
        assert 'href="tel:0001234"' in response.text


def test_call_link__stands_on_pages_that_open_with_a_helpline(client, site):
    HelplineFactory()
    section = factories.SectionPageFactory(parent=site.home)
    first = factories.ContentPageFactory(parent=section, slug="a", body=[BLOCK, ("rich_text", "<p>x</p>")])
    later = factories.ContentPageFactory(parent=section, slug="b", body=[("rich_text", "<p>x</p>"), BLOCK])

    assert CALL in client.get(first.get_url()).text
    assert CALL not in client.get(later.get_url()).text
