"""A search server in the database's place: Wagtail's stock backend stands for one, which knows as little of the
entries' own tables."""

import pytest
from wagtail.models import PageViewRestriction

from tests import factories
from tests.search.asking import ask, titles


@pytest.fixture(autouse=True)
def server(settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}


def test_server__finds_what_readers_may_see(client, site, committed):
    factories.NewsPageFactory(parent=site.news_index, title="Lanterns above the river")
    factories.NewsPageFactory(parent=site.news_index, title="Lanterns as a draft", live=False)
    private = factories.NewsPageFactory(parent=site.news_index, title="Lanterns in private")
    committed()
    assert len(titles(client, "lanterns")) == 2
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert titles(client, "lanterns") == ["Lanterns above the river"]
    committed()
    assert titles(client, "lanterns") == ["Lanterns above the river"]


def test_server__counts_by_filters(client, site, committed):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="Lanterns", slug="lanterns")
    factories.NewsPageFactory(parent=site.news_index, title="Lanterns above the river", campaigns=[campaign])
    committed()
    assert titles(client, "lanterns", kind="story") == ["Lanterns above the river"]
    assert ask(client, "lanterns").context["pager"].paginator.count == 2
