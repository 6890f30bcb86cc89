"""Characters that no text has are refused where a person brings them, and what is no form is no error of ours."""

import json
from urllib.parse import quote

import pytest
from django.urls import reverse
from wagtail_localize.models import SegmentOverride, StringTranslation

from tests import factories
from tests.scenes import scene
from translation.models import SegmentComment

pytestmark = pytest.mark.django_db


@scene
def russian(site, newsroom):
    page = factories.CampaignPageFactory(
        parent=site.campaign_index, slug="wdatip", resolution_url="https://un.example/1"
    )
    return newsroom.send(page, "ru")[0]


def urls(russian) -> dict[str, str]:
    string = russian.source.stringsegment_set.first()
    value = russian.source.overridablesegment_set.get(context__path="resolution_url")
    return {
        "string": reverse("wagtail_localize:edit_string_translation", args=[russian.pk, string.pk]),
        "value": reverse("wagtail_localize:edit_override", args=[russian.pk, value.pk]),
    }


@pytest.mark.parametrize("what", ["string", "value"])
@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f"])
def test_put__with_a_control_character_is_refused(newsroom, russian, what, sign):
    response = newsroom.as_(newsroom.translators["ru"]).put(
        urls(russian)[what], f"value={quote('https://a.example/' + sign)}", "application/x-www-form-urlencoded"
    )

    assert (response.status_code, response.content) == (400, b"The text contains control characters. Remove them.")
    assert not StringTranslation.objects.exists()
    assert not SegmentOverride.objects.exists()


@pytest.mark.parametrize("what", ["string", "value"])
@pytest.mark.parametrize("body", [json.dumps({"value": 6}), "{", "6"])
def test_put__of_json_is_refused(newsroom, russian, what, body):
    response = newsroom.as_(newsroom.translators["ru"]).put(urls(russian)[what], body, "application/json")

    assert (response.status_code, response.content) == (400, b"Enter a text.")


def test_put__with_a_line_break_is_kept(newsroom, russian):
    response = newsroom.as_(newsroom.translators["ru"]).put(
        urls(russian)["string"], "value=a%0Ab", "application/x-www-form-urlencoded"
    )

    assert response.status_code == 201


def test_comment__loses_them(newsroom, russian):
    newsroom.word(russian)
    review = newsroom.submit(russian)
    place = {"path_id": review.wordings[0]["path_id"], "string_hash": review.wordings[0]["hash"]}

    newsroom.as_(newsroom.reviewer).post(
        reverse("translation_review:comment", args=[review.pk]), {**place, "text": "Wr\x00ong"}
    )

    assert SegmentComment.objects.get().text == "Wrong"
