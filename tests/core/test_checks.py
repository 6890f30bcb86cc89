import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

from core.checks import check_blocks, stream_errors
from core.models import BasePage, TranslatableSnippet
from tests import factories
from tests.scenes import scene


class GoodBlock(blocks.StructBlock):
    words = blocks.CharBlock(label="Words")

    class Meta:
        icon = "pilcrow"
        label = "Good"
        description = "What it is for"
        template = "blocks/rich_text.html"
        preview_value = {"words": "Sample"}


def errors(**children: blocks.Block) -> list[str]:
    return [error.msg for error in stream_errors(blocks.StreamBlock(list(children.items())), "a.b")]


def site_blocks() -> dict[str, blocks.Block]:
    """Every block that an editor can add, by its class."""
    streams = [
        field.stream_block
        for model in apps.get_models()
        if issubclass(model, BasePage)
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
    ]
    return {type(block).__name__: block for stream in streams for block in stream.child_blocks.values()}


def test_blocks__of_the_site_are_complete():
    assert check_blocks() == []


def test_good_block__is_left_alone():
    assert errors(good=GoodBlock()) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"icon": "placeholder"}, "has no icon"),
        ({"label": ""}, "has no label"),
        ({"description": ""}, "has no description"),
        ({"template": None}, "has no template"),
        ({"template": "blocks/none.html"}, "does not exist"),
    ],
)
def test_lack_of_a_block__is_found(changes, message):
    assert [error for error in errors(bad=GoodBlock(**changes)) if message in error]


def test_block_without_a_sample__is_found():
    bare = blocks.CharBlock(icon="pilcrow", label="Bare", description="What for", template="blocks/rich_text.html")

    assert errors(bare=bare) == ["CharBlock has no preview_value."]


def test_field_without_a_label__is_found_however_deep():
    class Deep(GoodBlock):
        rows = blocks.ListBlock(blocks.StructBlock([("figure", blocks.IntegerBlock())]), label="Rows")

    assert errors(deep=Deep()) == ["figure in StructBlock has no label."]


def test_stream_in_a_block__is_looked_into():
    class Column(GoodBlock):
        content = blocks.StreamBlock([("inner", blocks.CharBlock())], label="Content")

    assert "CharBlock has no template." in errors(column=Column())


@pytest.mark.django_db
@pytest.mark.parametrize("name", site_blocks())
def test_block__shows_itself_in_the_picker(site, client, name):
    block = site_blocks()[name]
    client.force_login(factories.UserFactory(groups=["Editor"]))
    url = f"{reverse('wagtailadmin_block_preview')}?id={block.definition_prefix}"
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)

    assert block.is_previewable
    assert response.status_code == 200
    assert f'class="block-{block.name}"' in response.content.decode()
    material = [query["sql"] for query in queries if re.search('"(campaigns|core)_', query["sql"])]
    assert material == []


@scene
def pages(site) -> dict[type, Page]:
    section = factories.SectionPageFactory(parent=site.home)
    resources = factories.ResourceIndexPageFactory(parent=section)
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    made = [
        site.home,
        site.news_index,
        site.campaign_index,
        section,
        resources,
        campaign,
        factories.ContentPageFactory(parent=section),
        factories.ResourcePageFactory(parent=resources),
        factories.ProjectPageFactory(parent=section),
        factories.EditionPageFactory(parent=campaign),
        factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign]),
    ]
    return {type(page): page for page in made}


@pytest.mark.django_db
def test_page__of_every_type_previews(pages):
    models = {model for model in apps.get_models() if issubclass(model, BasePage)}

    statuses = {model: page.make_preview_request().status_code for model, page in pages.items()}

    assert set(statuses) == models
    assert set(statuses.values()) == {200}


@pytest.mark.django_db
@pytest.mark.parametrize("model", [m for m in apps.get_models() if issubclass(m, TranslatableSnippet)])
def test_snippet__of_every_kind_previews(site, model):
    piece = getattr(factories, f"{model.__name__}Factory")(live=False)

    response = piece.make_preview_request(RequestFactory().get("/"))

    assert response.status_code == 200
    assert str(piece).split(",")[0].split(". ")[-1][:20] in response.content.decode()
