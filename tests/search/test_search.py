import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import PageViewRestriction

from search.views import found, results, words_of
from tests import factories


def titles(client, asked: str, code: str = "en") -> list[str]:
    response = client.get(f"/{code}/search/", {"q": asked})
    assert response.status_code == 200
    return [card.title for card in response.context["results"]]


def test_search__finds_in_the_pages_language_only(client, site):
    factories.NewsPageFactory(parent=site.news_index, title="Lanterns above the river")
    factories.NewsPageFactory(parent=site.news_indexes["ru"], title="Фонари над рекой Lanterns")
    assert titles(client, "lanterns") == ["Lanterns above the river"]
    assert titles(client, "фонари", "ru") == ["Фонари над рекой Lanterns"]


def test_search__all_words_must_be_there(client, site):
    factories.NewsPageFactory(parent=site.news_index, title="Lanterns above the river")
    factories.NewsPageFactory(parent=site.news_index, title="Lanterns in the valley")
    assert titles(client, "valley lanterns") == ["Lanterns in the valley"]


def test_search__draft_and_private_page_are_found_by_nobody(client, site):
    factories.NewsPageFactory(parent=site.news_index, title="Lanterns as a draft", live=False)
    private = factories.NewsPageFactory(parent=site.news_index, title="Lanterns in private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert titles(client, "lanterns") == []


@pytest.mark.parametrize(
    "asked",
    ['"', "*", " ", "\0", "a" * 10_000, "🏔️", "\u200f", "lanterns AND NOT (", "'; DROP", "%", "a:b", "^(-+~"],
)
def test_search__any_input_gives_a_page(client, site, asked):
    factories.NewsPageFactory(parent=site.news_index, title="Lanterns above the river")
    assert client.get("/en/search/", {"q": asked}).status_code == 200


def test_words__letters_of_every_script_and_no_operators():
    assert words_of('хариду "фурӯши" * مهاجرت -x') == ["хариду", "фурӯши", "مهاجرت", "x"]


def test_search__queries_do_not_grow(site, django_assert_num_queries):
    def ask() -> None:
        with translation.override("en"):
            results(RequestFactory().get("/en/search/", {"q": "lanterns"}))

    factories.NewsPageFactory(parent=site.news_index, title="Lanterns 0")
    ask()
    with django_assert_num_queries(9):
        ask()
    for n in range(1, 12):
        factories.NewsPageFactory(parent=site.news_index, title=f"Lanterns {n}")
    with translation.override("en"):
        assert len(found(["lanterns"])) == 12
    with django_assert_num_queries(9):
        ask()
