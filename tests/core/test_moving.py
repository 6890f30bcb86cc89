"""A page is not moved to where its address is another page's in some language."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests import factories
from tests.going_live import messages_of
from tests.scenes import scene


@scene
def rights(site):
    section = factories.SectionPageFactory(parent=site.home)
    return factories.ContentPageFactory(parent=section, slug="rights", title="Your rights")


@scene
def destination(site):
    """A section in whose Russian translation the address is taken."""
    section = factories.SectionPageFactory(parent=site.home)
    russian = factories.SectionPageFactory(parent=site.homes["ru"], translation_key=section.translation_key)
    factories.ContentPageFactory(parent=russian, slug="rights", title="Права")
    return section


@pytest.fixture
def editor(client, site):
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def stays(rights) -> bool:
    parent = rights.get_parent()
    rights.refresh_from_db()
    return rights.get_parent(update=True).pk == parent.pk


@pytest.mark.parametrize("method", ["get", "post"])
def test_move_view__says_whose_address_it_is(editor, rights, destination, method):
    url = reverse("wagtailadmin_pages:move_confirm", args=[rights.pk, destination.pk])
    response = getattr(editor, method)(url)
    assert response.status_code == 302
    assert "“Your rights” was not moved. “rights” is the address of “Права” in Русский" in messages_of(response)
    assert stays(rights)


def test_bulk_move__says_whose_address_it_is(editor, rights, destination):
    url = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'move'])}?id={rights.pk}"
    response = editor.post(url, {"chooser": destination.pk})
    assert "is already used there by “Права”" in messages_of(response)
    assert stays(rights)


def test_move_api__says_whose_address_it_is(editor, rights, destination):
    response = editor.post(
        reverse("wagtailadmin_api:pages:action", args=[rights.pk, "move"]),
        {"destination_page_id": destination.pk, "position": "last-child"},
    )
    assert response.status_code == 400
    assert "“rights” is the address of “Права”" in response.json()["slug"][0]
    assert stays(rights)


def test_move__in_code_is_refused(rights, destination):
    with pytest.raises(ValidationError):
        rights.move(destination, pos="last-child")
    assert stays(rights)


def test_move__to_a_free_place_and_within_one_is_done(editor, site, rights):
    free = factories.SectionPageFactory(parent=site.home)
    other = factories.ContentPageFactory(parent=free)
    editor.post(reverse("wagtailadmin_pages:move_confirm", args=[rights.pk, free.pk]))
    rights.refresh_from_db()
    assert rights.get_parent(update=True).pk == free.pk
    rights.move(other, pos="left")
    assert [child.pk for child in free.get_children()] == [rights.pk, other.pk]


def test_move__of_an_edition_to_where_its_year_is_taken_is_refused(site):
    first, second = (factories.CampaignPageFactory(parent=site.campaign_index) for _n in range(2))
    edition = factories.EditionPageFactory(parent=first, year=2024)
    factories.EditionPageFactory(parent=second, year=2024)
    with pytest.raises(ValidationError, match="already has an edition of 2024"):
        edition.move(second, pos="last-child")
