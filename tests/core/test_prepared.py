"""The contract with Django's compiler: a prepared query finds what the query does that it was made of."""

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
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


def with_other_language(before: datetime.datetime):
    """Pages with another language that was published before then, and its number."""
    others = Page.objects.filter(translation_key=OuterRef("translation_key"), first_published_at__lt=before)
    others = others.exclude(pk=OuterRef("pk"))
    return Page.objects.filter(Exists(others), live=True).annotate(other=others.values("pk")[:1])


@pytest.mark.parametrize("days", [-1, 1])
def test_parts_of_a_prepared_query__hold_in_every_query(site, days):
    prepared = Prepared(with_other_language, before=EARLY)
    now = datetime.datetime.now(datetime.UTC)
    Page.objects.update(first_published_at=now)
    before = now + datetime.timedelta(days=days)
    expected = list(with_other_language(before).order_by("pk").values_list("pk", "other"))
    assert bool(expected) == (days > 0)

    found = Page.objects.filter(prepared.condition(before=before)).annotate(**prepared.annotations(before=before))
    assert list(found.order_by("pk").values_list("pk", "other")) == expected
    own = type(site.home).objects.filter(prepared.condition(before=before))
    assert set(own.values_list("pk", flat=True)) == {pk for pk, _other in expected} & set(
        type(site.home).objects.values_list("pk", flat=True)
    )
    within = Page.objects.filter(prepared.condition(before=before), pk=OuterRef("pk"))
    deep = Page.objects.filter(Exists(Page.objects.filter(Exists(within), pk=OuterRef("pk"))))
    assert set(deep.values_list("pk", flat=True)) == {pk for pk, _other in expected}
