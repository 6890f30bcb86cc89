"""Images and documents that readers see: whoever may not publish all that shows them changes and deletes nothing
of what readers see, on any path."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse
from wagtail.models import APIToken, Collection, CollectionViewRestriction, GroupCollectionPermission

from home.rights import make_groups
from tests import factories
from tests.going_live import messages_of
from tests.small_files import LEAFLET

pytestmark = pytest.mark.django_db

KINDS = ["image", "document"]
MAY = [("Editor", "live", False), ("Editor", "draft", True), ("Publisher", "live", True)]


@pytest.fixture
def section(site):
    make_groups()
    Collection.get_first_root_node().add_child(name="Other")
    return factories.SectionPageFactory(parent=site.home)


def make_file(kind: str, section, state: str = "live") -> models.Model:
    """Shown by a page that is live or a draft."""
    if kind == "image":
        file = factories.SiteImageFactory(title="Lantern")
        factories.ContentPageFactory(parent=section, title="About us", live=state == "live", lead_image=file)
    else:
        file = factories.DocumentFactory(title="Flyer")
        factories.ResourcePageFactory(
            parent=section, title="About us", live=state == "live", documents={"en": file}
        )
    return file


def namespace(file) -> str:
    return "wagtailimages" if file._meta.model_name == "siteimage" else "wagtaildocs"


def form_data(file) -> dict:
    data = {"title": file.title, "collection": file.collection_id, "tags": ""}
    if hasattr(file, "alt_texts"):
        data |= {name: getattr(file, name) or "" for name in ("credit", "rights", "shows")}
        data |= {f"alt_{code}": text for code, text in file.alt_texts.items()}
    return data


def other_collection(restricted: bool = False) -> Collection:
    found = Collection.objects.get(name="Other")
    if restricted:
        CollectionViewRestriction.objects.create(collection=found, restriction_type="login")
    return found


def log_in(client, group: str):
    user = factories.UserFactory(groups=[group])
    client.force_login(user)
    return user


def new_file(kind: str) -> SimpleUploadedFile:
    if kind == "document":
        return SimpleUploadedFile("new.pdf", LEAFLET + b"\n", "application/pdf")
    other = factories.SiteImageFactory(file__color="red")
    return SimpleUploadedFile("new.png", other.file.open("rb").read(), "image/png")


def send_form(client, shown, **changes):
    url = reverse(f"{namespace(shown)}:edit", args=[shown.pk])
    return client.post(url, form_data(shown) | changes)


def stored(file):
    return type(file)._base_manager.filter(pk=file.pk).first()


@pytest.mark.parametrize(("group", "state", "may"), MAY)
@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("image", "title", "Another"),
        ("image", "credit", "Somebody"),
        ("image", "rights", "CC BY"),
        ("image", "alt_en", "A lantern hangs beside a door"),
        ("image", "focal_point_x", "3"),
        ("image", "file", None),
        ("document", "title", "Another"),
        ("document", "file", None),
    ],
)
def test_form__changes_what_readers_see(client, section, kind, field, value, group, state, may):
    file = make_file(kind, section, state)
    changes = {field: new_file(kind) if field == "file" else value}
    if field == "focal_point_x":
        changes |= {f"focal_point_{name}": "4" for name in ("y", "width", "height")}
    log_in(client, group)

    response = send_form(client, file, **changes)

    if may:
        assert response.status_code == 302
        return
    errors = response.context["form"].errors
    assert field in errors
    assert "“About us”" in str(errors[field])
    assert "Ask a publisher" in str(errors[field])
    before, after = file, stored(file)
    assert (before.title, before.file.name) == (after.title, after.file.name)


@pytest.mark.parametrize(("group", "state", "may"), MAY)
@pytest.mark.parametrize("kind", KINDS)
def test_single_deletion(client, section, kind, group, state, may):
    file = make_file(kind, section, state)
    log_in(client, group)
    url = reverse(f"{namespace(file)}:delete", args=[file.pk])

    shown = client.get(url)
    client.post(url)

    assert (stored(file) is None) == may
    assert "About us" in (shown.content.decode() if may else messages_of(shown))


@pytest.mark.parametrize(("group", "state", "may"), MAY)
@pytest.mark.parametrize("kind", KINDS)
def test_deletion_among_several_uploads(client, section, kind, group, state, may):
    file = make_file(kind, section, state)
    log_in(client, group)

    url = reverse(f"{namespace(file)}:delete_multiple", args=[file.pk])
    response = client.post(url, headers={"x-requested-with": "XMLHttpRequest"})

    assert (stored(file) is None) == may
    assert response.status_code == (200 if may else 403)


def bulk_url(file, action: str) -> str:
    names = (file._meta.app_label, file._meta.model_name, action)
    return f"{reverse('wagtail_bulk_action', args=names)}?id={file.pk}"


@pytest.mark.parametrize(("group", "state", "may"), MAY)
@pytest.mark.parametrize("kind", KINDS)
def test_bulk_deletion(client, section, kind, group, state, may):
    file = make_file(kind, section, state)
    log_in(client, group)

    page = client.get(bulk_url(file, "delete"))
    response = client.post(bulk_url(file, "delete"))

    assert (stored(file) is None) == may
    assert "About us" in page.content.decode()
    assert may or "Ask a publisher" in messages_of(response)


@pytest.mark.parametrize(("group", "state", "may"), MAY)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", ["form", "bulk"])
def test_moving_out_of_a_private_collection(client, section, kind, path, group, state, may):
    file = make_file(kind, section, state)
    file.collection = other_collection(restricted=True)
    file.save()
    root = Collection.get_first_root_node()
    log_in(client, group)

    if path == "form":
        response = send_form(client, file, collection=root.pk)
        said = "" if may else str(response.context["form"].errors["collection"])
    else:
        response = client.post(bulk_url(file, "add_to_collection"), {"collection": root.pk})
        said = messages_of(response)

    assert (stored(file).collection_id == root.pk) == may
    assert may or "Ask a publisher" in said


@pytest.mark.parametrize("kind", KINDS)
def test_moving_between_open_collections__changes_nothing_for_readers(client, section, kind):
    file = make_file(kind, section)
    log_in(client, "Editor")

    send_form(client, file, collection=other_collection().pk)

    assert stored(file).collection.name == "Other"


def may_manage_collections(group: str) -> None:
    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(content_type__model="collection"):
        GroupCollectionPermission.objects.create(
            group=Group.objects.get(name=group), collection=root, permission=permission
        )


@pytest.mark.parametrize(("group", "state", "may"), MAY)
@pytest.mark.parametrize("kind", KINDS)
def test_privacy_of_a_collection(client, section, kind, group, state, may):
    file = make_file(kind, section, state)
    file.collection = other_collection(restricted=True)
    file.save()
    may_manage_collections(group)
    log_in(client, group)

    url = reverse("wagtailadmin_collections:set_privacy", args=[file.collection_id])
    client.post(url, {"restriction_type": "none"})

    assert CollectionViewRestriction.objects.exists() != may


@pytest.mark.parametrize(("group", "state", "may"), MAY)
def test_moving_a_collection_out_of_a_private_one(client, section, group, state, may):
    file = make_file("document", section, state)
    inner = other_collection(restricted=True).add_child(name="Inner")
    file.collection = inner
    file.save()
    may_manage_collections(group)
    log_in(client, group)

    root = Collection.get_first_root_node()
    url = reverse("wagtailadmin_collections:edit", args=[inner.pk])
    client.post(url, {"name": "Inner", "parent": root.pk})

    inner = Collection.objects.get(pk=inner.pk)
    assert (inner.get_parent() == root) == may


def with_token(user) -> dict:
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
