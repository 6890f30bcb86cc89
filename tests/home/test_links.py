"""Links in blocks and in texts lead to what readers may see, in their language where it is there."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from campaigns.blocks.gathered import GatheredBlock
from campaigns.models import CampaignPage
from tests import factories
from tests.scenes import scene

BODY: Any = CampaignPage._meta.get_field("body")
KINDS = [name for name, block in BODY.stream_block.child_blocks.items() if isinstance(block, GatheredBlock)]


def page_link(page) -> str:
    return f'<a linktype="page" id="{page.pk}">the page</a>'


def button(page) -> dict[str, Any]:
    link = {"text": "Go there", "page": page.pk, "url": ""}
    return {"type": "call_to_action", "value": {"heading": "Do it", "text": "", "link": link}}


def text(html: str) -> dict[str, Any]:
    return {"type": "rich_text", "value": f"<p>{html}</p>"}


def questions(html: str) -> dict[str, Any]:
    return {"type": "questions", "value": {"heading": "", "questions": [{"question": "Q", "answer": html}]}}


def film(html: str) -> dict[str, Any]:
    return {"type": "video", "value": {"title": "Film", "url": "https://example.org/", "transcript": html}}


@scene
def target(site):
    return factories.SectionPageFactory(parent=site.home, title="Target")


def in_russian(site, page):
    return factories.SectionPageFactory(
        parent=site.homes["ru"], title="Цель", translation_key=page.translation_key
    )


def shown(client, parent, *blocks: dict[str, Any]) -> str:
    page = factories.SectionPageFactory(parent=parent, body=json.dumps(blocks))
    return client.get(page.get_url()).text


@pytest.mark.parametrize("picked", ["en", "ru"])
def test_links__lead_to_the_readers_language(client, site, target, picked):
    russian = in_russian(site, target)
    link = {"en": target, "ru": russian}[picked]
    html = shown(client, site.homes["ru"], button(link), text(page_link(link)), questions(page_link(link)))
    assert html.count(f'href="{russian.get_url()}"') >= 3
    assert f'href="{target.get_url()}"' not in html
    assert f'href="{russian.get_url()}">the page</a>' in html


def test_links__say_which_other_language_they_lead_to(client, site, target):
    html = shown(client, site.homes["ru"], button(target), text(page_link(target)))
    assert f'<a class="button" href="{target.get_url()}" hreflang="en">Go there</a>' in html
    assert f'<a href="{target.get_url()}" hreflang="en">the page</a> (<span lang="en"' in html
    assert '<span class="label" lang="en" dir="ltr">English</span>' in html


def test_links__follow_the_chain_of_the_reader(client, site, target):
    russian = in_russian(site, target)
    html = shown(client, site.homes["tg"], button(target), text(page_link(target)))
    assert html.count(f'href="{russian.get_url()}" hreflang="ru"') == 2


@pytest.mark.parametrize("state", ["draft", "private", "taken offline", "deleted"])
def test_links__to_what_is_not_public_are_not_drawn(client, site, target, state):
    in_russian(site, target)
    body = [button(target), text(f"Read {page_link(target)}.")]
    if state == "draft":
        target = factories.SectionPageFactory(parent=site.home, live=False)
        body = [button(target), text(f"Read {page_link(target)}.")]
    elif state == "private":
        PageViewRestriction.objects.create(page=target, restriction_type=PageViewRestriction.LOGIN)
    elif state == "taken offline":
        target.unpublish()
    else:
        target.delete()
    html = shown(client, site.homes["ru"], *body)
    assert "Go there" not in html
    assert "Read the page." in html
    assert "Do it" in html


def test_call_to_action__leads_to_an_address(client, site):
    link = {"text": "Go there", "page": None, "url": "https://example.org/lesson"}
    block = {"type": "call_to_action", "value": {"heading": "", "text": "", "link": link}}
    assert '<a class="button" href="https://example.org/lesson">Go there</a>' in shown(client, site.home, block)


def test_rich_text__other_links_and_documents(client, site):
    leaflet = factories.DocumentFactory()
    html = shown(
        client,
        site.home,
        text(
            f'<a linktype="document" id="{leaflet.pk}">leaflet</a> <a linktype="document" id="999999">lost</a> '
            '<a href="https://example.org/?a=1&amp;b=2">outside</a> <a href="mailto:a@example.org">mail</a>'
        ),
    )
    assert f'<a href="{leaflet.url}">leaflet</a> lost' in html
    assert '<a href="https://example.org/?a=1&amp;b=2">outside</a>' in html
    assert '<a href="mailto:a@example.org">mail</a>' in html


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_links__queries_do_not_grow(client, site):
    """On the heaviest page: a campaign with each of the blocks that show what is written elsewhere."""
    gathered = [{"type": kind, "value": {"heading": "", "limit": 12}} for kind in KINDS]

    def address(count: int) -> str:
        targets = [factories.SectionPageFactory(parent=site.home) for _n in range(count)]
        files = [factories.DocumentFactory() for _n in range(count)]
        html = " ".join(
            [*map(page_link, targets), *(f'<a linktype="document" id="{file.pk}">f</a>' for file in files)]
        )
        blocks = [text(page_link(each)) for each in targets] + [text(html), questions(html), film(html)]
        campaign = factories.CampaignPageFactory(
            parent=site.campaign_index,
            introduction=html,
            body=json.dumps([*gathered, *map(button, targets), *blocks]),
        )
        factories.EditionPageFactory(parent=campaign, year=2024)
        story = factories.NewsPageFactory(
            parent=site.news_index, campaigns=[campaign], partners=[factories.OrganisationFactory()]
        )
        factories.QuoteFactory(campaigns=[campaign], source=story, speaker=factories.PersonFactory())
        factories.TakeawayFactory(campaigns=[campaign], source=story)
        factories.KeyFigureFactory(campaigns=[campaign])
        return campaign.get_url()

    one, ten = queries(client, address(1)), queries(client, address(10))
    assert one == ten
    assert ten <= 30
