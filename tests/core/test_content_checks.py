"""Wagtail's panel “Checks” beside the editor runs in the preview, and readers are sent nothing of it."""

import pytest
from django.urls import reverse

from tests import factories

CHECKER = ("wagtail-userbar", "axe", "wagtailadmin")


def preview_of(client, subject) -> str:
    """Return it as the editor's preview has it."""
    response = subject.make_preview_request(client.get("/en/").wsgi_request, None, {"in_preview_panel": True})
    return response.content.decode()


@pytest.mark.parametrize("code", ["en", "ru", "tg", "fa-af"])
def test_preview__has_what_the_panel_runs(client, site, publisher, code):
    page = factories.ContentPageFactory(parent=factories.SectionPageFactory(parent=site.homes[code]))
    page.save_revision()

    assert '<template id="wagtail-userbar-template">' in preview_of(client, page)


def test_preview__of_a_snippet_has_what_the_panel_runs(client, site, publisher):
    assert '<template id="wagtail-userbar-template">' in preview_of(client, factories.QuoteFactory())


@pytest.mark.parametrize("query", [{}, {"in_preview_panel": "true"}])
@pytest.mark.parametrize("logged_in", [True, False])
def test_reader__is_sent_nothing_of_it(client, site, query, logged_in):
    if logged_in:
        client.force_login(factories.UserFactory(is_superuser=True))
    page = factories.ContentPageFactory(parent=factories.SectionPageFactory(parent=site.home))

    for address in (page.get_url(), "/en/", "/en/nowhere/", "/en/search/"):
        response = client.get(address, query)
        assert not [word for word in CHECKER if word in response.text], address
        assert not response.cookies
        assert "cookie" not in response.headers.get("Vary", "").lower()


def test_panel__shows_no_number_before_anything_was_checked(client, site, publisher):
    url = reverse("wagtailadmin_pages:add", args=["home", "sectionpage", site.home.pk])

    assert "data-content-checker-count></span>" in client.get(url).text
