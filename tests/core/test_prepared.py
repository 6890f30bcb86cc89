"""The contract with Django's compiler: a prepared query finds what the query does that it was made of."""

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from core.prepared import Prepared

EARLY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def pages(title: str, before: datetime.datetime):
    return Page.objects.filter(title=title, first_published_at__lt=before).order_by("pk")


@pytest.mark.parametrize("title", ["News", "Home", "50% of “all” it's", "images/sample.webp"])
@pytest.mark.parametrize("days", [-1, 1])
def test_prepared__finds_what_its_query_finds(site, title, days):
    prepared = Prepared(pages, title="images/sample.webp", before=EARLY)
    before = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
    Page.objects.filter(first_published_at=None).update(first_published_at=datetime.datetime.now(datetime.UTC))

    for _time in range(2):
        assert list(prepared.rows(title=title, before=before)) == list(pages(title, before))


def test_prepared__refuses_a_sample_that_it_cannot_find_again(db):
    prepared = Prepared(lambda model: ContentType.objects.all(), model="sample")
    with pytest.raises(ValueError, match="model is no parameter"):
        prepared.rows(model="page")


def test_prepared__refuses_a_value_without_a_place(db):
    prepared = Prepared(lambda model: ContentType.objects.filter(model=model), model="sample")
    with pytest.raises(KeyError):
        prepared.rows(app_label="core")
