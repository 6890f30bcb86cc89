"""The board of a large campaign. Rows are written past the models, for the board only reads them."""

import datetime
import time
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from campaigns.models import KeyFigure, KeyFigureCampaign, Quote, QuoteCampaign, Takeaway, TakeawayCampaign
from tests import factories
from tests.scenes import scene
from translation.models import Assignment

pytestmark = pytest.mark.django_db
EACH = 150
STORIES = 50
TODAY = datetime.date(2024, 8, 1)


@scene
def languages(site) -> list[Locale]:
    return [*site.locales.values(), Locale.objects.create(language_code="uz")]


@scene
def campaign(site, languages):
    """Fifty stories, and of each kind of piece 150, in five languages."""
    page = factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", observance_day=30, observance_month=7
    )
    factories.EditionPageFactory(parent=page, year=2024)
    place, topic = factories.PlaceFactory(), factories.TopicFactory()
    stories = [
        factories.NewsPageFactory(
            parent=site.news_index, title=f"Story {number}", campaigns=[page], places=[place], topics=[topic]
        )
        for number in range(STORIES)
    ]
    write(Quote, QuoteCampaign, "quote", "text", languages, page, stories, who_speaks="official", role="x")
    write(Takeaway, TakeawayCampaign, "takeaway", "statement", languages, page, stories)
    write(KeyFigure, KeyFigureCampaign, "figure", "label", languages, page, stories)
    return page


def write(model, tie, field, text, languages, page, stories, **values) -> None:
    story = model.objects.all().story_field
    now = timezone.now()
    keys = [uuid4() for _number in range(EACH)]
    rows = [
        model(
            translation_key=key,
            locale=locale,
            live=True,
            first_published_at=now,
            **{text: f"Number {number} of a {field}", story: stories[number % STORIES]},
            **values,
        )
        for locale in languages
        for number, key in enumerate(keys)
    ]
    made = model.objects.bulk_create(rows)
    tie.objects.bulk_create([tie(**{field: row}, campaign=page) for row in made[:EACH]])
    person = factories.UserFactory()
    Assignment.objects.bulk_create(
        [Assignment(object_key=key, locale=languages[1], person=person, due=TODAY) for key in keys]
    )


def test_board__of_500_rows_in_4_languages_takes_20_queries(site, campaign, client, record_property):
    client.force_login(factories.UserFactory(groups=["Editor"]))
    address = reverse("translation_board:index")
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        response = client.get(address)
        took = time.perf_counter() - begun

    board = response.context["board"]
    soup = BeautifulSoup(response.content, "html.parser")
    record_property("seconds", round(took, 2))
    assert len(board.lines) >= 500
    assert len(board.locales) == 4
    assert len(soup.select(".translation-board thead th")) == 5
    assert len(queries) <= 20, "\n".join(query["sql"][:160] for query in queries)


def test_csv__of_all_rows_takes_no_more(site, campaign, client):
    client.force_login(factories.UserFactory(groups=["Editor"]))
    address = reverse("translation_board:index")
    client.get(address, {"export": "csv"})

    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, {"export": "csv"})

    assert response.content.count(b"\r\n") > 2000
    assert len(queries) <= 20
