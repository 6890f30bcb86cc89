"""Images and documents that readers see: whoever may not publish all that shows them changes and deletes nothing
of what readers see, on any path."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission

from home.rights import make_groups
from tests import factories
from tests.going_live import messages_of
from tests.live_files import (
    KINDS,
    MAY,
    bulk_url,
    form_data,
    log_in,
    make_file,
    namespace,
    new_file,
    other_collection,
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
def test_form_after_several_uploads(client, section, kind, group, state, may):
    file = make_file(kind, section, state)
    log_in(client, group)
    prefix = f"{'image' if kind == 'image' else 'doc'}-{file.pk}"
    data = {f"{prefix}-{name}": value for name, value in (form_data(file) | {"title": "Another"}).items()}

    url = reverse(f"{namespace(file)}:edit_multiple", args=[file.pk])
    response = client.post(url, data, headers={"x-requested-with": "XMLHttpRequest"})

    assert response.json()["success"] == may
    assert (stored(file).title == "Another") == may


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
