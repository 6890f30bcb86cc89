import pytest
from bs4 import BeautifulSoup, Tag
from django.urls import reverse

from home.rights import make_groups
from tests import factories
from tests.going_live import edit_url, page_data
from tests.saving import SCRIPT
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def draft(site):
    section = factories.SectionPageFactory(parent=site.home)
    image = factories.SiteImageFactory(alt_texts={}, title="Lantern")
    return factories.ContentPageFactory(parent=section, live=False, lead_image=image)


def panel_of(html: str) -> Tag | None:
    return BeautifulSoup(html, "html.parser").find(id="before-publishing")


def test_panel__names_each_finding_with_ways_to_it(client, publisher, draft):
    panel = panel_of(client.get(edit_url(draft)).content.decode())

    assert "The image “Lantern” has no alternative text in English." in panel.text
    here, there = panel.find_all("a")
    assert here.text == "Lead image"
    assert "[data-contentpath='lead_image']" in here["data-w-focus-target-value"]
    assert there["href"] == reverse("wagtailimages:edit", args=[draft.lead_image_id])


def test_panel__says_so_where_nothing_stands_against_it(client, publisher, site):
    page = factories.SectionPageFactory(parent=site.home, live=False)

    assert "Ready to publish." in panel_of(client.get(edit_url(page)).content.decode()).text


def test_panel__stands_on_a_new_page_too(client, publisher, site):
    url = reverse("wagtailadmin_pages:add", args=["campaigns", "newspage", site.news_index.pk])

    panel = panel_of(client.get(url).content.decode())

    assert "The story has no place." in panel.text
    assert "#id_places-FORMS" in str(panel)


def test_panel__follows_an_autosave(client, publisher, draft):
    data = page_data(draft, lead_image="")
    url = panel_of(client.get(edit_url(draft)).content.decode())["data-checks"]

    answer = client.post(edit_url(draft), data, headers=SCRIPT)

    assert "before-publishing" not in answer.json()["html"]
    assert "Ready to publish." in client.get(url).content.decode()


def test_panel__of_a_page_that_an_autosave_has_made(client, publisher, draft):
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", draft.get_parent().pk])
    assert panel_of(client.get(url).content.decode())["data-checks"] == ""

    made = client.post(url, page_data(title="New"), headers=SCRIPT).json()

    (part,) = BeautifulSoup(client.get(made["hydrate_url"]).content, "html.parser").find_all(
        "template", {"data-w-teleport-target-value": "#before-publishing"}
    )
    assert client.get(part.div["data-checks"]).status_code == 200


def test_panel__of_a_snippet_names_what_goes_live_with_it(client, publisher, site):
    speaker = factories.PersonFactory(live=False, name="Young speaker")
    quote = factories.QuoteFactory(live=False, speaker=speaker, who_speaks="")

    panel = panel_of(
        client.get(reverse(quote.snippet_viewset.get_url_name("edit"), args=[quote.pk])).content.decode()
    )

    assert "The quote has no kind of speaker." in panel.text
    assert "These drafts go live with it:" in panel.text
    assert "Person: Young speaker" in panel.text


def test_panel__of_a_new_snippet_is_drawn(client, publisher, site):
    url = reverse(factories.QuoteFactory._meta.model.snippet_viewset.get_url_name("add"))

    assert "The quote has no text." in panel_of(client.get(url).content.decode()).text


def test_panel__tells_who_may_not_publish_what_goes_along_and_no_more(client, site):
    client.force_login(factories.UserFactory(groups=["Editor"]))
    make_groups()
    story = factories.NewsPageFactory(parent=site.news_index, live=False)
    quote = factories.QuoteFactory(live=False, source=story)

    panel = panel_of(client.get(edit_url(story)).content.decode())

    assert "Ready to publish." in panel.text
    assert str(quote) in panel.text


def test_panel__of_a_new_page_promises_nothing(client, publisher, section):
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", section.pk])

    panel = panel_of(client.get(url).content.decode())

    assert "Save a draft to run the checks" in panel.text
