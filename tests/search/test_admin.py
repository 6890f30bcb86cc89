"""The admin's lists and choosers search with backends of our own, which gain what readers have and never fail."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry
from wagtail.search.query import MATCH_ALL, And, Boost, Fuzzy, Not, Or, Phrase, PlainText

from campaigns.models import NewsPage, Organisation, Takeaway
from core.models import SiteImage
from tests import factories
from tests.scenes import scene


@scene
def stories(site):
    factories.NewsPageFactory(parent=site.news_indexes["ru"], title="Безопасная миграция")
    factories.NewsPageFactory(parent=site.news_indexes["ru"], title="Ёлка", summary="О миграции.")
    factories.NewsPageFactory(parent=site.news_indexes["tg"], title="Муҳоҷират")


def found(query, rows=Page, **kwargs) -> list[str]:
    return [str(row) for row in get_search_backend().search(query, rows, **kwargs)]


@pytest.mark.parametrize("asked", ["миграция", "МИГРАЦИЕЙ"])
def test_admin__finds_words_in_every_form_with_titles_first(stories, asked):
    assert found(asked) == ["Безопасная миграция", "Ёлка"]
    assert found(asked, NewsPage.objects.filter(live=True)) == ["Безопасная миграция", "Ёлка"]


def test_admin__folds_letters_where_it_completes(stories):
    backend = get_search_backend()
    assert [page.title for page in backend.autocomplete("мухо", Page)] == ["Муҳоҷират"]
    assert [page.title for page in backend.autocomplete("елк", Page)] == ["Ёлка"]


def test_admin__takes_every_kind_of_query(stories):
    word = PlainText("миграция")
    assert found(Phrase("безопасная миграция")) == ["Безопасная миграция"]
    assert found(Fuzzy("миграции")) == ["Безопасная миграция", "Ёлка"]
    assert found(Or([word, PlainText("мухочират")])) != []
    assert found(And([word, PlainText("елка")])) == ["Ёлка"]
    assert found(Boost(word, 2)) == ["Безопасная миграция", "Ёлка"]
    assert "Муҳоҷират" in found(Not(word))
    assert "Ёлка" not in found(Not(word))
    assert len(found(MATCH_ALL)) == Page.objects.count()
    assert found(And([word, Not(PlainText("елка"))])) == ["Безопасная миграция"]
    assert found("миграция елка", operator="or") == ["Ёлка", "Безопасная миграция"]
    assert found("миграция", fields=["title"]) != []


@pytest.mark.parametrize(
    "asked", ['"', "*", " ", "\0", "a" * 10_000, "🏔️", "\u200f", "a AND (", "'; --", "%s", "a:b", "^(-+~", "\\"]
)
def test_admin__takes_any_input(client, stories, asked):
    client.force_login(factories.UserFactory(is_superuser=True))
    for address in ("/admin/pages/search/", "/admin/images/", "/admin/snippets/campaigns/quote/"):
        assert client.get(address, {"q": asked}).status_code == 200
    found(asked)
    found(Phrase(asked))
    list(get_search_backend().autocomplete(asked, Page))


def test_admin__counts_and_facets(stories):
    hits = get_search_backend().search("миграция", NewsPage)
    assert hits.count() == 2
    assert [page.title for page in hits[1:]] == ["Ёлка"]
    assert hits.annotate_score("score")[0].score > hits.annotate_score("score")[1].score


def test_admin__finds_snippets_by_any_letters(site):
    factories.OrganisationFactory(name="Кӯҳистон")
    assert found("кухистон", Organisation) == ["Кӯҳистон"]


def test_marks__are_added_to_what_was_indexed_before(site, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("search.backends.queries.mark", lambda model: "")
        factories.NewsPageFactory(parent=site.news_index, title="Harvest")
        factories.OrganisationFactory(name="Harvest union")
    before = [*found("harvest"), *found("harvest", Organisation)]

    import_module("search.migrations.0005_marks").add_marks(None, SimpleNamespace(connection=connection))

    assert before == []
    assert found("harvest") == ["Harvest"]
    assert found("harvest", Organisation) == ["Harvest union"]
    assert [page.title for page in get_search_backend().autocomplete("harv", Page)] == ["Harvest"]


def test_index__holds_no_second_copy_of_what_readers_search(stories):
    types = ContentType.objects.filter(app_label="search")
    assert not IndexEntry.objects.filter(content_type__in=types).exists()


@scene
def of_every_kind(site):
    story = factories.NewsPageFactory(parent=site.news_indexes["ru"], title="Безопасная миграция")
    english = factories.NewsPageFactory(parent=site.news_index, title="The village and its orchard")
    takeaway = factories.TakeawayFactory(statement="A village decides", locale="en")
    image = factories.SiteImageFactory(title="Миграция летом: a village")
    document = factories.DocumentFactory(title="Миграция и закон: a village")
    return {"pages": [story, english], "takeaways": [takeaway], "files": [image, document]}


ADMIN_LISTS = {
    "/admin/pages/search/": ("миграция", "village"),
    "/admin/snippets/campaigns/takeaway/": ("village",),
    "/admin/images/": ("миграция", "village"),
    "/admin/documents/": ("миграция", "village"),
}
FORMS = {
    "миграция": ("миграция", "миграцией", "МИГРАЦИИ", "мигр"),
    "village": ("village", "villages", "VILLAGES", "vill"),
}


@pytest.mark.parametrize("address", ADMIN_LISTS)
def test_admins_lists__find_words_in_every_form(client, of_every_kind, address):
    client.force_login(factories.UserFactory(is_superuser=True))
    for word in ADMIN_LISTS[address]:
        for asked in FORMS[word]:
            page = client.get(address, {"q": asked}, headers={"X-Requested-With": "XMLHttpRequest"})
            listed = page.context["object_list"] if "object_list" in page.context else page.context["pages"]
            assert len(listed) == 1, (address, asked)


@pytest.mark.parametrize("rows", [Page, Takeaway, SiteImage, get_document_model()])
def test_search_and_autocomplete__find_the_same_forms(of_every_kind, rows):
    backend = get_search_backend()
    for way in (backend.search, backend.autocomplete):
        assert [len(way(asked, rows)) for asked in ("village", "villages", "VILLAGES", "cloud")] == [1, 1, 1, 0]


def test_autocomplete__completes_the_last_word_only_as_it_is_typed(site):
    factories.SiteImageFactory(title="Villages villagers know")
    found = get_search_backend().autocomplete
    assert len(found("villages kn", SiteImage)) == 1
    assert len(found("vil knows", SiteImage)) == 0
    factories.NewsPageFactory(parent=site.news_indexes["ru"], title="Детали")
    assert list(found("дети", Page)) == []


@pytest.mark.parametrize("where", ["", "results/"])
@pytest.mark.parametrize(
    ("kind", "factory"), [("images", factories.SiteImageFactory), ("documents", factories.DocumentFactory)]
)
def test_lists_of_files__search_beside_a_filter_by_usage(admin_client, site, kind, factory, where):
    used, unused = factory(title="A road in spring"), factory(title="A road in autumn")
    body = f'<embed embedtype="image" id="{used.pk}" alt="" format="left"/>'
    body = body if kind == "images" else f'<a linktype="document" id="{used.pk}">it</a>'
    factories.NewsPageFactory(parent=site.news_index, body=[("rich_text", f"<p>{body}</p>")])
    address = f"/admin/{kind}/{where}?q=road"
    shown = {
        asked: admin_client.get(f"{address}&{asked}").text
        for asked in ("usage_count_min=1", "usage_count_max=0", "usage_count_min=1&ordering=-usage_count")
    }
    assert {asked: (used.title in text, unused.title in text) for asked, text in shown.items()} == {
        "usage_count_min=1": (True, False),
        "usage_count_max=0": (False, True),
        "usage_count_min=1&ordering=-usage_count": (True, False),
    }
