"""Pages, images and documents of the API: only what readers see somewhere, found in Wagtail's ways."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from tests import factories
from tests.scenes import scene

ROOT = "/api/v2/"


def titles(client, address: str) -> list[str]:
    response = client.get(f"{ROOT}{address}")
    assert response.status_code == 200, response.text
    return [each["title"] for each in response.json()["items"]]


def downloaded(client, document) -> int:
    return client.get(document.url).status_code


@scene
def index(site):
    section = factories.SectionPageFactory(parent=site.home, slug="data")
    return factories.ResourceIndexPageFactory(parent=section, slug="all")


@scene
def resource(index):
    return factories.ResourcePageFactory(
        parent=index, title="Report", documents={"en": factories.DocumentFactory(title="Whole report")}
    )


@scene
def document(resource):
    return resource.files.get().document


def make_private(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def test_document__that_no_page_shows_is_nobodys_but_the_editors(client, site, document):
    unused = factories.DocumentFactory(title="HIDDEN unused")
    assert titles(client, "documents/") == ["Whole report"]
    assert client.get(f"{ROOT}documents/{unused.pk}/").status_code == 404
    assert client.get(f"{ROOT}documents/find/?id={unused.pk}").status_code == 404
    assert downloaded(client, unused) == 404
    client.force_login(factories.UserFactory())
    assert downloaded(client, unused) == 404
    client.force_login(factories.UserFactory(groups=["Reviewer"]))
    assert downloaded(client, unused) == 200


@pytest.mark.parametrize("how", ["private", "above", "translation", "offline", "home"])
def test_document__of_what_readers_do_not_see_is_neither_listed_nor_downloaded(
    client, site, index, resource, document, how
):
    assert downloaded(client, document) == 200
    if how == "private":
        make_private(resource)
    elif how == "above":
        make_private(index)
    elif how == "translation":
        section = factories.SectionPageFactory(
            parent=site.homes["ru"], translation_key=index.get_parent().translation_key
        )
        russian = factories.ResourceIndexPageFactory(parent=section, translation_key=index.translation_key)
        make_private(russian)
    elif how == "offline":
        resource.unpublish()
    else:
        site.home.unpublish()
    assert titles(client, "documents/") == []
    assert client.get(f"{ROOT}documents/{document.pk}/").status_code == 404
    assert downloaded(client, document) == 404


def test_document__of_a_private_page_is_downloaded_by_whoever_may_read_it(client, index, resource, document):
    make_private(resource)
    client.force_login(factories.UserFactory())
    assert downloaded(client, document) == 200
    client.logout()
    factories.ResourcePageFactory(parent=index, documents={"en": document})
    assert downloaded(client, document) == 200


def test_document__is_there_as_soon_as_its_page_is_published(client, index, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    draft = factories.ResourcePageFactory(
        parent=index, live=False, documents={"en": factories.DocumentFactory(title="New")}
    )
    document = draft.files.get().document
    assert downloaded(client, document) == 404
    draft.save_revision().publish()
    assert downloaded(client, document) == 200
    assert titles(client, "documents/") == ["New"]


def test_image__is_listed_where_a_page_or_a_quote_shows_it(client, site):
    factories.SiteImageFactory(title="HIDDEN unused")
    lead, inside = factories.SiteImageFactory(title="Lead"), factories.SiteImageFactory(title="Inside")
    factories.NewsPageFactory(parent=site.news_index, lead_image=lead)
    factories.NewsPageFactory(parent=site.news_index, body=[("image", {"image": inside, "caption": ""})])
    hidden = factories.SiteImageFactory(title="HIDDEN of a draft")
    factories.NewsPageFactory(parent=site.news_index, lead_image=hidden, live=False)
    silent = factories.SiteImageFactory(title="HIDDEN of somebody who says nothing")
    factories.PersonFactory(photo=silent)
    face, other = factories.SiteImageFactory(title="Face"), factories.SiteImageFactory(title="HIDDEN face")
    factories.QuoteFactory(speaker=factories.PersonFactory(photo=face))
    factories.QuoteFactory(speaker=factories.PersonFactory(photo=other), live=False)
    assert titles(client, "images/") == ["Lead", "Inside", "Face"]
    assert client.get(f"{ROOT}images/{hidden.pk}/").status_code == 404


def test_files__cost_the_same_however_many_there_are(client, index, site):
    def count() -> dict[str, int]:
        found = {}
        for address in ("documents/", "images/", "pages/?type=home.ResourcePage", "pages/?search=report"):
            client.get(f"{ROOT}{address}")
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"{ROOT}{address}").status_code == 200
            found[address] = len(captured)
        return found

    def fill(number: int) -> dict[str, int]:
        for _n in range(number):
            factories.ResourcePageFactory(
                parent=index,
                title=f"Report {Page.objects.count()}",
                documents={"en": factories.DocumentFactory()},
                lead_image=factories.SiteImageFactory(),
            )
        return count()

    assert fill(1) == fill(5)


def test_addresses__are_all_of_the_origin_that_was_asked(client, resource, settings):
    factories.NewsPageFactory(parent=resource.get_parent(), lead_image=factories.SiteImageFactory())
    for address in ("pages/", f"pages/{resource.pk}/", "images/", "documents/", "news/", ""):
        text = client.get(f"{ROOT}{address}", headers={"host": "localhost:8123"}).text
        assert text.count("http://") == text.count("http://localhost:8123/") > 0, address
    found = client.get(f"{ROOT}pages/find/?id={resource.pk}", headers={"host": "localhost:8123"})
    assert found.headers["Location"] == f"http://localhost:8123{ROOT}pages/{resource.pk}/"
    settings.PUBLIC_BASE_URL = "https://www.example.org"
    text = client.get(f"{ROOT}pages/{resource.pk}/").text
    assert text.count("https://www.example.org/en/") == 2
    assert "http://" not in text


@scene
def story(site):
    return factories.NewsPageFactory(parent=site.news_index, title="Camp in the mountains", slug="camp")


def test_pages__are_found_by_their_place_in_the_tree_and_their_translations(client, site, story):
    news = site.news_index
    russian = factories.NewsPageFactory(
        parent=site.news_indexes["ru"], title="Лагерь", translation_key=story.translation_key
    )
    factories.NewsPageFactory(parent=news, title="HIDDEN draft", live=False)
    assert titles(client, f"pages/?child_of={news.pk}") == ["Camp in the mountains"]
    assert titles(client, f"pages/?descendant_of={site.home.pk}&type=campaigns.NewsPage") == [
        "Camp in the mountains"
    ]
    assert "News" in titles(client, "pages/?child_of=root")
    assert titles(client, f"pages/?ancestor_of={story.pk}") == [site.home.title, news.title]
    assert titles(client, f"pages/?translation_of={story.pk}&locale=ru") == ["Лагерь"]
    make_private(russian)
    for name in ("child_of", "descendant_of", "ancestor_of", "translation_of"):
        assert client.get(f"{ROOT}pages/?{name}={story.pk}").status_code == 400
    make_private(news)
    assert client.get(f"{ROOT}pages/?child_of={news.pk}").status_code == 400
    assert "Camp in the mountains" not in titles(client, f"pages/?descendant_of={site.home.pk}&limit=100")


def test_pages__are_searched_among_what_readers_see(client, site, story):
    factories.NewsPageFactory(parent=site.news_index, title="HIDDEN mountains", live=False)
    make_private(factories.NewsPageFactory(parent=site.news_index, title="HIDDEN private mountains"))
    factories.NewsPageFactory(parent=site.news_indexes["ru"], title="Горы и mountains", slug="gory")
    assert titles(client, "pages/?search=mountain&locale=en") == ["Camp in the mountains"]
    assert titles(client, "pages/?search=mountains&order=-title") == ["Горы и mountains", "Camp in the mountains"]
    assert titles(client, "pages/?search=mountains+гор&search_operator=and") == ["Горы и mountains"]
    assert len(titles(client, "pages/?search=camp+гор&search_operator=or&type=campaigns.NewsPage")) == 2
    assert titles(client, "pages/?search=nothing") == []
    assert titles(client, f"pages/?search=camp&child_of={site.home.pk}") == []


def test_files__are_searched_among_what_readers_see(client, site, resource):
    factories.DocumentFactory(title="HIDDEN report")
    factories.NewsPageFactory(
        parent=site.news_index, lead_image=factories.SiteImageFactory(title="A lamp on a table")
    )
    factories.SiteImageFactory(title="HIDDEN lamp")
    assert titles(client, "documents/?search=report") == ["Whole report"]
    assert titles(client, "images/?search=lamp") == ["A lamp on a table"]


def test_pages_find__leads_to_the_page_of_an_address_or_an_id(client, site, story):
    russian = factories.NewsPageFactory(parent=site.news_indexes["ru"], translation_key=story.translation_key)
    draft = factories.NewsPageFactory(parent=site.news_index, title="Draft", slug="draft", live=False)

    def found(query: str) -> str:
        response = client.get(f"{ROOT}pages/find/?{query}")
        return response.headers.get("Location", "").removeprefix(f"http://testserver{ROOT}pages/")

    assert found("html_path=/en/news/camp/") == f"{story.pk}/"
    assert found("html_path=/ru/news/camp&fields=slug") == f"{russian.pk}/?fields=slug"
    assert found("html_path=news/camp/&locale=ru") == f"{russian.pk}/?locale=ru"
    assert found(f"id={story.pk}") == f"{story.pk}/"
    for query in ("html_path=/en/news/draft/", f"id={draft.pk}", "html_path=/en/news/", "html_path=/", "id=99999"):
        assert bool(found(query)) == (query in ("html_path=/en/news/", "html_path=/")), query
    make_private(russian)
    assert found(f"id={story.pk}") == found("html_path=/en/news/camp/") == ""


@pytest.mark.parametrize(
    "query",
    ["first_published_at=abc", "child_of=abc", "child_of=999999", "ancestor_of=root", "translation_of=-1"],
)
def test_pages__whose_filter_cannot_be_read_are_answered_with_400(client, site, query):
    assert client.get(f"{ROOT}pages/?{query}").status_code == 400


def test_pages__of_a_search_for_no_word_are_none(client, site):
    assert titles(client, "pages/?search=%22%20*") == []


def test_guide__tells_of_what_lists_can_be_asked(client, site):
    guide = client.get(reverse("api_guide")).text
    for name in ("search", "child_of", "ancestor_of", "descendant_of", "translation_of", "html_path"):
        assert name in guide
