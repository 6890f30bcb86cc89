"""The address of a page's picture, and when it is made anew."""

import re
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from core.seo import pictures
from core.seo.drawing import draw
from core.seo.pictures import looked_up
from tests import factories
from tests.scenes import scene


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each picture as it is, which other tests do not."""
    monkeypatch.setattr(pictures, "draw", draw)


def shown(client, page) -> str:
    """The path of the picture that the page names."""
    found = re.search(r'property="og:image" content="http://testserver([^"]+)"', client.get(page.get_url()).text)
    assert found is not None
    return found[1]


def kept(page) -> list[str]:
    try:
        return default_storage.listdir(f"share/{page.pk}")[1]
    except FileNotFoundError:
        return []


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index, accent="teal")


@scene
def story(site, campaign):
    return factories.NewsPageFactory(parent=site.news_index, title="Lanterns", campaigns=[campaign])


def test_address__answers_with_the_picture_that_the_page_names(client, site, campaign, story):
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    section = factories.SectionPageFactory(parent=site.home)
    for page in (site.home, site.homes["tg"], site.news_index, campaign, edition, story, section):
        response = client.get(shown(client, page))
        assert (response.status_code, response["Content-Type"]) == (200, "image/png"), page
        assert response.content.startswith(b"\x89PNG")
        assert "public" in response["Cache-Control"]
        assert not response.cookies


def test_picture__wears_the_colour_of_its_campaign(campaign, story):
    edition = factories.EditionPageFactory(parent=campaign, year=2024)

    assert {looked_up(page).accent for page in (campaign, edition, story)} == {"teal"}


def test_address__asks_few_queries_and_writes_nothing(client, story, django_assert_max_num_queries):
    address = shown(client, story)
    with django_assert_max_num_queries(8):
        client.get(address)
    assert kept(story) == []


def test_address__that_was_shared_before_leads_to_the_picture_of_now(client, story):
    before = shown(client, story)
    story.title = "Other lanterns"
    story.save()
    after = shown(client, story)

    assert after != before
    response = client.get(before)
    assert (response.status_code, response["Location"]) == (302, after)


@pytest.mark.parametrize("state", ["draft", "private", "beneath a private page", "deleted"])
def test_address__of_what_is_not_public_is_not_there(client, site, story, state):
    address = shown(client, story)
    if state == "draft":
        story.unpublish()
    elif state == "private":
        PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    elif state == "beneath a private page":
        PageViewRestriction.objects.create(page=site.news_index, restriction_type=PageViewRestriction.LOGIN)
    else:
        story.delete()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/share/999999/0123456789abcdef.png", "/share/99999999999999999999/0.png", "/share/1/0123456789abcdef.png"],
)
def test_address__of_no_page_is_not_there(client, site, address):
    assert client.get(address).status_code == 404


def test_picture__is_kept_when_its_page_goes_live_and_made_anew_with_another_title(
    client, site, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        story = factories.NewsPageFactory(parent=site.news_index, title="First")
    first = kept(story)
    assert first == [Path(shown(client, story)).name]
    story.title = "Second"
    with django_capture_on_commit_callbacks(execute=True):
        story.save_revision()
    assert kept(story) == first
    with django_capture_on_commit_callbacks(execute=True):
        story.get_latest_revision().publish()
    assert kept(story) == [Path(shown(client, story)).name] != first


def test_picture__goes_with_its_page(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        story = factories.NewsPageFactory(parent=site.news_index)
        gone = factories.NewsPageFactory(parent=site.news_index)
    assert kept(story)
    assert kept(gone)
    key = gone.pk
    with django_capture_on_commit_callbacks(execute=True):
        story.unpublish()
        gone.delete()
    gone.pk = key
    assert kept(story) == kept(gone) == []


def test_picture__is_read_where_it_is_kept(client, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        story = factories.NewsPageFactory(parent=site.news_index)
    name = looked_up(story).name
    default_storage.delete(name)
    with default_storage.open(name, "wb") as file:
        file.write(b"as kept")
    assert client.get(shown(client, story)).content == b"as kept"


def test_pictures__follow_the_colour_of_their_campaign(
    client, campaign, story, django_capture_on_commit_callbacks
):
    campaign.accent = "pomegranate"
    with django_capture_on_commit_callbacks(execute=True):
        campaign.save()

    assert kept(story) == [Path(shown(client, story)).name]
    assert looked_up(story).accent == "pomegranate"


def test_command__makes_what_is_missing_once(site, story, capsys):
    call_command("make_share_pictures")
    assert kept(story)
    assert kept(site.homes["tg"])
    call_command("make_share_pictures")
    assert capsys.readouterr().out.endswith("Made 0 pictures.\n")
