"""Forms that are sent to where readers read."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from core.http.csp import PUBLIC
from tests import factories


@pytest.fixture
def sender() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/", "/en/", "/ru/search/", "/favicon.ico", "/healthz", "/documents/1/a.pdf"])
def test_public_address__takes_no_form(sender, site, method, path):
    response = getattr(sender, method)(path)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert not response.cookies
    assert "style" not in response.text


def test_public_address__that_is_not_there_is_not_found(sender, site):
    assert sender.post("/ru/nowhere.php").status_code == 404


def test_private_page__answers_a_form_without_its_token_in_the_pages_language(sender, site):
    page = factories.SectionPageFactory(parent=site.homes["ru"])
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="word"
    )
    path = f"/ru/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    response = sender.post(path, {"password": "word"})
    assert response.status_code == 403
    assert '<html lang="ru"' in response.text
    assert "style=" not in response.text
    assert "<style" not in response.text
    assert response["Content-Security-Policy"].count("'self'") >= len(PUBLIC) - 4
    assert not response.cookies


def test_private_page__still_takes_its_password(client, site):
    page = factories.SectionPageFactory(parent=site.homes["ru"])
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="word"
    )
    path = f"/ru/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    response = client.post(path, {"password": "word", "return_url": page.get_url()})
    assert (response.status_code, response["Location"]) == (302, page.get_url())


def test_admin__still_takes_its_forms(sender, site):
    response = sender.post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403  # for want of a token, not of a way


@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_document__names_no_encoding(client, site, accepted):
    document = factories.DocumentFactory()
    index = factories.ResourceIndexPageFactory(parent=factories.SectionPageFactory(parent=site.home))
    factories.ResourcePageFactory(parent=index, documents={"en": document})
    response = client.get(document.url, headers={"accept-encoding": accepted})
    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers
    assert b"".join(response.streaming_content).startswith(b"%PDF")
