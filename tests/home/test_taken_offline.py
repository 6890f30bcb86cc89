"""What has been taken offline in the original shows in no language, wherever it would stand."""

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from tests import factories
from tests.scenes import scene


def in_russian(factory, parent, original, **values):
    return factory(parent=parent, translation_key=original.translation_key, **values)


@scene
def section(site):
    return factories.SectionPageFactory(parent=site.home, title="Section", show_in_menus=True)


@scene
def russian(site, section):
    return in_russian(
        factories.SectionPageFactory, site.homes["ru"], section, title="Наше дело", show_in_menus=True
    )


@scene
def below(russian):
    return factories.ContentPageFactory(parent=russian, title="Ниже")


def test_page__of_which_the_original_is_offline_has_no_address(client, section, russian):
    assert client.get(russian.get_url()).status_code == 200
    section.unpublish()
    response = client.get(russian.get_url())
    assert response.status_code == 404
    assert "Наше дело" not in response.text


def test_page__of_which_the_original_is_offline_is_in_no_menu_and_no_breadcrumb(client, site, section, below):
    for address in (below.get_url(), "/ru/"):
        assert "Наше дело" in client.get(address).text
    section.unpublish()
    for address in (below.get_url(), "/ru/"):
        response = client.get(address)
        assert response.status_code == 200
        assert "Наше дело" not in response.text


def test_languages__do_not_offer_what_the_original_took_offline(client, site, section, russian):
    tajik = in_russian(factories.SectionPageFactory, site.homes["tg"], section, title="Қисм")
    assert f'href="{tajik.get_url()}"' in client.get(russian.get_url()).text
    section.unpublish()
    assert client.get(tajik.get_url()).status_code == 404


def test_page__of_which_the_original_was_never_published_stays(client, site):
    draft = factories.SectionPageFactory(parent=site.home, live=False)
    russian = in_russian(factories.SectionPageFactory, site.homes["ru"], draft, title="Сначала по-русски")
    assert "Сначала по-русски" in client.get(russian.get_url()).text


def test_home__of_which_the_original_is_offline_has_no_address(client, site):
    assert client.get("/ru/").status_code == 200
    site.home.unpublish()
    assert client.get("/ru/").status_code == 404
    assert client.get("/en/").status_code == 404


def test_routing__takes_one_query_more_below_the_home_page_however_deep(site, russian, below):
    def queries(page) -> int:
        path = page.get_url().removeprefix("/ru/")
        with translation.override("ru"), CaptureQueriesContext(connection) as captured:
            assert Page.route_for_request(RequestFactory().get(f"/ru/{path}"), path).page == page
        return len(captured)

    home = queries(site.homes["ru"])
    assert queries(russian) == queries(below) == home + 1


@scene
def people(site):
    """A person, a place and a topic, each of which a live translation would stand in for."""
    made = []
    for factory, name in (
        (factories.PersonFactory, "Withdrawn person"),
        (factories.PlaceFactory, "Withdrawn place"),
        (factories.TopicFactory, "Withdrawn topic"),
    ):
        original = factory(name=name)
        translated = {"slug": original.slug} if hasattr(original, "slug") else {}
        factory(name=f"{name}, ru", locale="ru", translation_key=original.translation_key, **translated)
        made.append(original)
    return made


def test_pieces__of_which_the_original_is_offline_do_not_come_back(client, site, people):
    person, place, topic = people
    story = factories.NewsPageFactory(parent=site.news_index, places=[place], topics=[topic])
    factories.QuoteFactory(source=story, speaker=person)
    section = factories.SectionPageFactory(parent=site.home)
    resources = factories.ResourceIndexPageFactory(parent=section)
    resource = factories.ResourcePageFactory(parent=resources, topics=[topic])
    pages = [story, site.news_index, resources, resource]
    assert "Withdrawn person" in client.get(story.get_url()).text
    for page in pages:
        assert "Withdrawn" in client.get(page.get_url()).text

    for piece in people:
        piece.unpublish()

    for page in pages:
        assert "Withdrawn" not in client.get(page.get_url()).text
