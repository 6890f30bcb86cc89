"""What is live in a language is neither written over nor unpublished, and nothing goes live unreviewed, by a path
that knows nothing of reviews."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from campaigns.models import CampaignPage
from home.models import SectionPage
from tests import factories
from tests.scenes import scene
from tests.translating import change_source, state_of
from translation.models import Unit
from translation.units.segments import target_of
from translation.units.states import Status

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")


def test_draft_over_what_is_live__leaves_the_row(newsroom, campaign, client):
    """`save_target(publish=False)` is no draft once the target is live."""
    [russian] = newsroom.bring_live(campaign, "ru")
    change_source(campaign, title="New title")
    newsroom.word_one(russian, "New title", "Не проверено")

    with pytest.raises(Exception, match="reviewed"):
        russian.save_target(publish=False)

    html = client.get("/ru/campaigns/wdatip/").content.decode()
    assert "World Day [ru]" in html
    assert "Не проверено" not in html


def test_live_quote__is_not_unpublished_by_submitting_a_page_that_shows_it(newsroom, campaign, site):
    quote = factories.QuoteFactory(campaigns=[campaign])
    voices = {"heading": "", "limit": 3, "picks": [quote], "only_picked": True}
    story = factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign], body=[("voices", voices)])
    [russian] = newsroom.bring_live(quote, "ru")
    assert target_of(russian).live

    newsroom.send(story, "ru")

    assert target_of(russian).live
    assert target_of(russian).text == f"{quote.text} [ru]"


def test_moved_string__of_a_snippet_stays_worded_when_the_source_changes(newsroom, campaign):
    quote = factories.QuoteFactory(text="I read the contract first.", campaigns=[campaign])
    [russian] = newsroom.bring_live(quote, "ru")

    change_source(quote, text="I read the contract first, twice.")

    target = target_of(russian)
    assert target.live
    assert target.text == "I read the contract first. [ru]"
    assert state_of(russian).status == Status.STALE
    assert Unit.objects.stale().get().was_approved


def test_section__that_nobody_reviewed_is_published_by_no_path(newsroom, site):
    section = factories.SectionPageFactory(parent=site.home, slug="work")
    [russian] = newsroom.send(section, "ru")
    newsroom.word(russian)
    target = target_of(russian)
    client = newsroom.as_(newsroom.publisher)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    newsroom.publish(russian)
    client.post(f"{bulk}?id={target.pk}")
    client.post(f"/admin/api/main/pages/{target.pk}/action/publish/")

    assert not SectionPage.objects.get(pk=target.pk).live
    assert StringTranslation.objects.exists()
