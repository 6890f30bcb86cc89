"""Images and documents that readers see: through the API, by translators, their tags, and all their uses."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import APIToken, Collection

from home.rights import make_groups
from tests import factories
from tests.live_files import (
    KINDS,
    MAY,
    bulk_url,
    log_in,
    make_file,
    namespace,
    send_form,
    stored,
)
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def section(site):
    make_groups()
    Collection.get_first_root_node().add_child(name="Other")
    return factories.SectionPageFactory(parent=site.home)


def with_token(user) -> dict[str, Any]:
    _token, key = APIToken.create_token(user=user, name="test")
    return {"Authorization": f"Bearer {key}"}


def api_url(file) -> str:
    name = "images" if namespace(file) == "wagtailimages" else "documents"
    return f"/api/v3/{name}/{file.pk}/"


@pytest.mark.parametrize(("group", "state", "may"), MAY)
@pytest.mark.parametrize("kind", KINDS)
def test_api__deletes(client, section, settings, kind, group, state, may):
    settings.ROOT_URLCONF = "tests.urls_with_api"
    file = make_file(kind, section, state)
    user = factories.UserFactory(groups=[group])

    response = client.delete(api_url(file), headers=with_token(user))

    assert (stored(file) is None) == may
    assert response.status_code == (204 if may else 403)


@pytest.mark.parametrize(("group", "state", "may"), MAY)
@pytest.mark.parametrize("kind", KINDS)
def test_api__changes_title_and_collection(client, section, settings, kind, group, state, may):
    settings.ROOT_URLCONF = "tests.urls_with_api"
    file = make_file(kind, section, state)
    texts = dict(getattr(file, "alt_texts", {}))
    user = factories.UserFactory(groups=[group])

    response = client.patch(
        api_url(file), {"title": "Another"}, content_type="application/json", headers=with_token(user)
    )

    after = stored(file)
    assert (after.title == "Another") == may
    assert getattr(after, "alt_texts", {}) == texts
    assert may or (response.status_code == 422 and "Ask a publisher" in response.content.decode())


@pytest.mark.parametrize("kind", KINDS)
def test_translator__neither_changes_nor_deletes(client, section, kind):
    file = make_file(kind, section, "draft")
    log_in(client, "Translator ru")

    send_form(client, file, title="Another")
    client.post(reverse(f"{namespace(file)}:delete", args=[file.pk]))
    client.post(bulk_url(file, "delete"))

    assert stored(file).title == file.title


def test_tags__are_for_editors(client, section):
    file = make_file("image", section)
    log_in(client, "Editor")

    client.post(bulk_url(file, "add_tags"), {"tags": "winter"})

    assert list(stored(file).tags.names()) == ["winter"]


def test_uses__name_drafts_and_languages(client, section):
    image = factories.SiteImageFactory()
    log_in(client, "Publisher")
    factories.ContentPageFactory(parent=section, title="Readers see this", lead_image=image)
    draft = factories.ContentPageFactory(parent=section, title="Changed since")
    draft.lead_image = image
    draft.save_revision()
    factories.PersonFactory(name="Zarina", photo=image, live=False, locale="ru")

    shown = client.get(reverse("wagtailimages:delete", args=[image.pk])).content.decode()

    assert "<img" in shown.split("<main")[1]
    for text in ("Readers see this", "Changed since", "Zarina", "Русский", "draft", "live"):
        assert text in shown
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in shown
