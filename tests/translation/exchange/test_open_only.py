"""Export of what needs work, and its way back."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from wagtail_localize.models import Translation

from tests import factories
from tests.scenes import scene
from tests.translation.exchanging import bring_in, export, unzipped, upload, wordings

pytestmark = pytest.mark.django_db


@scene
def russian(newsroom, site) -> Translation:
    page = factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name="WD", introduction="<p>Ask.</p>"
    )
    return newsroom.send(page, "ru")[0]


@pytest.fixture
def translator(newsroom) -> Client:
    return newsroom.as_(newsroom.translators["ru"])


def exported(client: Client, translation: Translation, format: str = "xliff") -> dict[str, bytes]:
    page = translation.source.get_source_instance()
    return unzipped(export(client, format, page=page.pk, open_only="on"))


def test_open_strings__alone_are_exported(newsroom, translator, russian):
    newsroom.word_one(russian, "WD", "ВД")

    [content] = exported(translator, russian).values()

    sources = [unit.findtext("{*}source") for unit in etree.fromstring(content).iter("{*}trans-unit")]
    assert sources == ["World Day", "Ask."]


def test_untouched_copies__of_the_source_are_no_translations(translator, russian):
    [content] = exported(translator, russian).values()

    shown = upload(translator, content)

    assert "The file contains no changes." in shown.content.decode()


def test_translated_copies__come_in_and_need_a_look(translator, russian):
    [content] = exported(translator, russian).values()

    bring_in(translator, content.replace(b">World Day</target>", ">Всемирный день</target>".encode()))

    assert wordings() == {"World Day": "Всемирный день"}


def test_nothing_open__is_said_in_the_form(newsroom, translator, russian):
    newsroom.word(russian)
    page = russian.source.get_source_instance()

    response = export(translator, page=page.pk, open_only="on")

    assert "Nothing needs work" in response.content.decode()


def test_tmx__of_nothing_translated_is_said_in_the_form(translator, russian):
    page = russian.source.get_source_instance()

    response = export(translator, "tmx", page=page.pk)

    assert "none is translated yet" in response.content.decode()


@pytest.mark.parametrize("way", ["form", "board"])
def test_objects_without_strings__are_said_in_a_message(translator, russian, way):
    russian.source.stringsegment_set.all().delete()
    key, locale = russian.source.object_id, russian.target_locale_id
    page = russian.source.get_source_instance()

    if way == "form":
        response = export(translator, page=page.pk)
    else:
        url = reverse("translation_exchange:selected")
        response = translator.post(url, {"item": f"{key}:{locale}"}, follow=True)

    assert "what you have chosen has no strings" in response.content.decode()


def test_tmx__without_units_is_refused_with_the_reason(translator):
    empty = b'<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body></body></tmx>'

    assert "The file contains no strings." in upload(translator, empty, "memory.tmx").content.decode()
