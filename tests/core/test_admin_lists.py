"""Lists of the admin show large tables without counting or reading all of them."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.models import Page

from core.admin import dashboard, paging
from core.internals.django import count_up_to, without_all_rows
from tests import factories
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def stories(site):
    return [factories.NewsPageFactory(parent=site.news_index, title=f"Story {n}") for n in range(7)]


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 3)
    monkeypatch.setattr(paging, "AHEAD", 1)
    monkeypatch.setattr(ExplorableIndexView, "paginate_by", 2)


def explored(client, index, **query) -> BeautifulSoup:
    response = client.get(reverse("wagtailadmin_explore", args=[index.pk]), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(soup: BeautifulSoup) -> list[str]:
    return [each.text.strip() for each in soup.select("tbody .title-wrapper a")]


def test_explorer__shows_all_children_newest_changes_first(admin_client, site, stories, small):
    stories[2].save_revision()
    found = [title for p in range(1, 5) for title in titles(explored(admin_client, site.news_index, p=p))]

    assert sorted(found) == [f"Story {n}" for n in range(7)]
    assert found[0] == "Story 2"


def test_explorer__counts_as_far_as_the_next_page(admin_client, site, stories, small):
    first, last = (explored(admin_client, site.news_index, p=p) for p in (1, 4))

    assert "1-2, more than 4 pages" in " ".join(first.select_one("th.title").text.split())
    assert "Page 1 of 2" in " ".join(first.select_one("nav.pagination").text.split())
    assert "7-7 of 7" in " ".join(last.select_one("th.title").text.split())
    assert "Page 4 of 4" in " ".join(last.select_one("nav.pagination").text.split())


def test_page_chooser__shows_the_children_of_a_page_in_their_order(admin_client, site, stories):
    address = reverse("wagtailadmin_choose_page_child", args=[site.news_index.pk])
    response = admin_client.get(address, {"page_type": "campaigns.newspage"})
    soup = BeautifulSoup(response.json()["html"], "html.parser")

    found = [each.text.strip() for each in soup.select("a.choose-page")]
    assert [title for title in found if title.startswith("Story")] == [f"Story {n}" for n in range(7)]


def test_dashboard__counts_some_pages(admin_client, site, stories, monkeypatch):
    monkeypatch.setattr(dashboard, "PAGES", 5)
    soup = BeautifulSoup(admin_client.get(reverse("wagtailadmin_home")).content, "html.parser")
    assert "More than 5 pages" in " ".join(soup.select_one(".w-summary").text.split())

    monkeypatch.setattr(dashboard, "PAGES", 1000)
    soup = BeautifulSoup(admin_client.get(reverse("wagtailadmin_home")).content, "html.parser")
    pages = Page.objects.filter(depth__gt=1).count()
    assert f"{pages} Pages" in " ".join(soup.select_one(".w-summary").text.split())
    assert "More than" not in soup.select_one(".w-summary").text


def test_conditions__that_a_row_is_among_all__are_left_out(site, stories):
    some = Page.objects.filter(pk__in=Page.objects.filter(title="Story 1").values_list("pk", flat=True))
    every = Page.objects.filter(title="Story 2", pk__in=Page.objects.values_list("pk", flat=True))

    assert without_all_rows(some).query.where.children == some.query.where.children
    assert len(without_all_rows(every).query.where.children) == 1
    assert [page.title for page in without_all_rows(every)] == ["Story 2"]
    assert count_up_to(Page.objects.filter(title__startswith="Story"), 3) == 3
    assert count_up_to(Page.objects.filter(title__startswith="Story").distinct(), 30) == 7
