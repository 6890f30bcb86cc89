"""The contract with Django's compiler: a prepared query finds what the query does that it was made of."""

import datetime
from uuid import UUID

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, Value
from wagtail.models import Page

from core.prepared import MOST, Prepared, Several
from core.stamps.collecting import collecting

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


def with_keys(keys: list[UUID], titles: list[str], pks: list[int]):
    """Pages with their languages, found by lists of values."""
    found = Q(translation_key__in=keys) | Q(title__in=titles) | Q(pk__in=pks)
    return Page.objects.filter(found).select_related("locale").only("title", "locale").order_by("pk")


def test_prepared__finds_what_its_query_finds_by_lists_of_any_length(site, django_assert_num_queries):
    prepared = Prepared(with_keys, keys=Several(UUID), titles=Several(str), pks=Several(int))
    every = list(Page.objects.order_by("pk"))
    keys = [page.translation_key for page in every]
    lists = [
        {"keys": keys[:2], "titles": ["News"], "pks": []},
        {"keys": keys[:3], "titles": [], "pks": [page.pk for page in every[-3:]]},
        {"keys": [], "titles": [], "pks": [every[0].pk]},
        {"keys": [], "titles": [], "pks": []},
        {"keys": [], "titles": [], "pks": [*range(1, MOST + 2)]},
    ]
    for each in [*lists, *reversed(lists)]:
        expected = [(page.pk, page.locale.language_code) for page in with_keys(**each)]
        with django_assert_num_queries(1 if any(each.values()) else 0):
            assert [(page.pk, page.locale.language_code) for page in prepared.rows(**each)] == expected


def test_prepared__reads_values_and_unions(site):
    def titles(first: str, second: str):
        found = Page.objects.filter(title=first).order_by().values_list(Value("first"), "title", "pk")
        return found.union(
            Page.objects.filter(title=second).order_by().values_list(Value("second"), "title", "pk")
        )

    prepared = Prepared(titles, first="sample", second="other sample")
    title = site.home.title
    assert sorted(prepared.rows(first=title, second=title)) == sorted(titles(title, title))
    assert list(prepared.rows(first="No such page", second="No such page")) == []


def test_prepared__refuses_samples_that_can_have_no_rows(db):
    prepared = Prepared(lambda model: ContentType.objects.filter(model=model).none(), model="sample")
    with pytest.raises(ValueError, match="no rows"):
        prepared.rows(model="page")


def test_chosen_rows__are_the_only_ones_of_which_instances_are_made(site):
    prepared = Prepared(
        lambda keys: Page.objects.filter(translation_key__in=keys).order_by("pk"), keys=Several(UUID)
    )
    pages = list(Page.objects.filter(depth=2).order_by("pk"))

    def choose(rows, places, read):
        assert [read(row)[places["translation_key"]] for row in rows] == [page.translation_key for page in pages]
        return [row for row in rows if row[places["title"]] == site.home.title][:1]

    keys = [page.translation_key for page in pages]
    with collecting() as collected:
        found = list(prepared.rows(choose, keys=keys))
    assert [page.title for page in found] == [site.home.title]
    assert {tag for tag in collected.tags if tag.startswith("page:")} == {f"page:{found[0].pk}"}
