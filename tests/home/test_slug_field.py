"""Without a script nobody fills in the address: the server proposes it."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from tests import factories


def _index(site):
    return factories.ResourceIndexPageFactory(parent=factories.SectionPageFactory(parent=site.home))


PARENTS = {
    ("home", "sectionpage"): lambda site: site.home,
    ("home", "contentpage"): lambda site: factories.SectionPageFactory(parent=site.home),
    ("home", "resourceindexpage"): lambda site: factories.SectionPageFactory(parent=site.home),
    ("home", "resourcepage"): _index,
    ("campaigns", "projectpage"): lambda site: factories.SectionPageFactory(parent=site.home),
    ("campaigns", "campaignpage"): lambda site: site.campaign_index,
    ("campaigns", "newspage"): lambda site: site.news_index,
}
RELATIONS = [
    "comments", "files", "topic_ties", "partner_ties", "places", "campaign_ties", "project_ties", "sdg_ties",
]  # fmt: skip
FIELDS = {"kind": "report", "accent": "crimson", "date": "2024-08-16", "introduction": "null"}


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}])
@pytest.mark.parametrize("kind", PARENTS, ids="-".join)
def test_add_form__proposes_the_address(client, site, kind, action):
    client.force_login(factories.UserFactory(is_superuser=True))
    parent = PARENTS[kind](site)
    data = {
        **FIELDS,
        **{name: inline_formset([]) for name in RELATIONS},
        "title": "Ҷавонон ва муҳоҷират",
        "slug": "",
        "body": streamfield([]),
        **action,
    }
    if kind[1] == "newspage" and action:
        tie = {"ORDER": "1"}
        data["places"] = inline_formset([{"place": str(factories.PlaceFactory().pk), **tie}])
        data["topic_ties"] = inline_formset([{"topic": str(factories.TopicFactory().pk), **tie}])
        data["summary"] = "What happened."
    client.post(reverse("wagtailadmin_pages:add", args=[*kind, parent.pk]), nested_form_data(data))
    page = Page.objects.child_of(parent).get(draft_title=data["title"])
    assert (page.slug, page.live) == ("javonon-va-muhojirat", bool(action))


def test_add_form__asks_for_letters_that_it_cannot_propose(client, site):
    client.force_login(factories.UserFactory(is_superuser=True))
    url = reverse("wagtailadmin_pages:add", args=["home", "sectionpage", site.home.pk])
    data = {"title": "حقوق شما", "slug": "", "body": streamfield([]), "comments": inline_formset([])}
    response = client.post(url, nested_form_data({**data, "introduction": ""}))
    assert "Type the last part of the page&#x27;s address in Latin letters." in response.text


def test_add_form__lets_the_browser_send_it_without_an_address(client, site):
    client.force_login(factories.UserFactory(is_superuser=True))
    html = client.get(reverse("wagtailadmin_pages:add", args=["home", "sectionpage", site.home.pk])).text
    field = html[html.index('name="slug"') :]
    assert " required" not in field[: field.index(">")]
