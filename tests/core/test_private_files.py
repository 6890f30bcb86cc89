"""Files behind a password or log-in, those that editors see, and the addresses of documents."""

import json

import pytest
from django.core.cache import caches
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests import factories
from tests.showing import PASSWORD, answer, restrict, story


@pytest.fixture(autouse=True)
def _forgotten_renditions():
    # Wagtail remembers renditions by the number of their image, which SQLite gives out again.
    caches["default"].clear()


def test_files__of_a_private_page_are_for_whoever_has_passed_its_door(site):
    shown = story(site)
    restrict(shown.page, restriction_type="password", password=PASSWORD)
    draft = story(site, live=False)
    restriction = PageViewRestriction.objects.get()
    reader = Client()
    assert reader.get(shown.addresses["lead image"]).status_code == 404
    reader.post(
        f"/en/_util/authenticate_with_password/{restriction.pk}/{shown.page.pk}/",
        {"password": PASSWORD, "return_url": "/en/"},
    )
    for name in ("lead image", "poster", "film", "captions"):
        response = reader.get(shown.addresses[name])
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store"), name
        assert reader.get(draft.addresses[name]).status_code == 404, name


def test_files__in_a_private_collection_are_in_no_public_answer(site):
    shown = story(site)
    closed = Collection.get_first_root_node().add_child(name="Closed")
    beneath = closed.add_child(name="Beneath")
    for file in (shown.image, shown.document):
        file.collection = beneath
        file.save()
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    assert Client().get(shown.addresses["lead image"]).status_code == 404
    assert shown.addresses["lead image"] not in Client().get(shown.page.get_url()).text
    assert Client().get(shown.addresses["image of the API"]).status_code == 404
    assert Client().get(shown.addresses["document of the API"]).status_code == 404
    door = Client().get(shown.addresses["file of the toolkit"])
    assert door.status_code == 302
    wrong_name = f"/documents/{shown.document.pk}/other.pdf"
    assert answer(Client(), wrong_name) == answer(Client(), "/documents/999999/leaflet.pdf")


@pytest.mark.parametrize("group", ["Editor", "Publisher", "Reviewer"])
def test_files__of_drafts_are_seen_by_who_works_in_the_admin(site, group):
    shown = story(site, live=False)
    client = Client()
    client.force_login(factories.UserFactory(groups=[group]))
    for name in ("lead image", "image in the body", "poster", "film", "captions"):
        response = client.get(shown.addresses[name])
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store"), name
        assert "ETag" not in response


@pytest.mark.parametrize(
    "address",
    [
        "/documents/",
        "/documents/{pk}/",
        "/documents/{pk}/other.pdf",
        "/documents/{pk}/%00",
        "/documents/{pk}/{name}%00",
        "/documents/{pk}/{name}/",
        "/documents/{pk}/%0A",
        "/documents/{pk}/../{pk}/{name}",
        "/documents/99999999999999999999999/{name}",
        "/documents/0/{name}",
        "/documents/-1/{name}",
        "/documents/x/{name}",
        "/documents/{pk}/" + "a" * 5000,
        "/documents/" + "9" * 5000 + "/{name}",
    ],
)
def test_document__has_one_address_and_no_other(site, address):
    document = story(site).document
    name = document.filename
    found = answer(Client(), address.format(pk=document.pk, name=name))

    assert found == answer(Client(), f"/documents/999999/{name}")
    assert found[0] == 404


@pytest.mark.parametrize(
    "address", ["/share/1/%00.png", "/share/%00/a.png", "/adras/%00/a.svg", "/adras/teal/%00.svg"]
)
def test_address__with_a_nul_is_not_there(site, address):
    assert Client().get(address).status_code == 404


def test_document__is_sent_with_one_query(site, django_assert_num_queries):
    shown = story(site)
    draft = story(site, live=False)
    with django_assert_num_queries(1):
        response = Client().get(shown.addresses["file of the toolkit"])
    assert b"".join(response) == shown.document.file.open("rb").read()
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    with django_assert_num_queries(1):
        assert Client().get(draft.addresses["lead image"]).status_code == 404


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("A leaflet: what to ask", "A leaflet what to ask.pdf"),
        ("leaflet.pdf", "leaflet.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("Варақа", "%D0%92%D0%B0%D1%80%D0%B0%D2%9B%D0%B0.pdf"),
    ],
)
def test_document__is_saved_under_its_title(client, site, title, named):
    document = factories.DocumentFactory(title=title)
    body = json.dumps(
        [
            {
                "type": "toolkit",
                "value": {"files": [{"title": "Leaflet", "document": document.pk, "language": "en"}]},
            }
        ]
    )
    factories.CampaignPageFactory(parent=site.campaign_index, body=body)
    response = client.get(document.url)
    assert response.status_code == 200
    assert named in response.headers["Content-Disposition"]
