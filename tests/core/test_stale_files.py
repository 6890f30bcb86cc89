"""An image or a document that somebody else has saved meanwhile is not overwritten."""

import datetime
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.core import telling_pictures
from tests.small_files import LEAFLET

pytestmark = pytest.mark.django_db
PAST = timezone.localdate() - datetime.timedelta(days=3)
MADE = {
    "image": lambda: factories.SiteImageFactory(people=True, title="Before"),
    "document": lambda: factories.DocumentFactory(title="Before"),
}


def address(file) -> str:
    name = "wagtailimages:edit" if file._meta.model_name == "siteimage" else "wagtaildocs:edit"
    return reverse(name, args=[file.pk])


def opened(client, file) -> dict[str, Any]:
    """Return what the form sends where nothing is changed in it."""
    response = client.get(address(file))
    assert 'name="loaded"' in response.text
    form = response.context["form"]
    fields = {bound.html_name: bound.value() for bound in form if bound.name != "file"}
    fields = {name: "" if value is None else value for name, value in fields.items() if value is not False}
    return {**fields, "tags": ""}


@pytest.fixture
def editors(site):
    users = [factories.UserFactory(is_superuser=True, username=name) for name in ("first", "second")]
    clients = [Client(), Client()]
    for each, user in zip(clients, users, strict=True):
        each.force_login(user)
    return clients


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("image", {"title": "By the first"}),
        ("image", {"consent_until": PAST.isoformat()}),
        ("image", {"credit": "Somebody"}),
        ("image", {"alt_en": "Another road"}),
        ("image", {"tags": "road"}),
        ("document", {"title": "By the first"}),
        ("document", {"tags": "leaflet"}),
    ],
)
def test_file__that_somebody_else_has_saved_is_not_overwritten(editors, kind, changed):
    first, second = editors
    file = MADE[kind]()
    mine, theirs = opened(first, file), opened(second, file)
    assert set(changed) <= set(mine)
    assert first.post(address(file), {**mine, **changed}).status_code == 302
    stored = type(file).objects.values().get(pk=file.pk)

    refused = second.post(address(file), {**theirs, "title": "By the second"})

    assert refused.status_code == 200
    assert "first saved a newer version" in refused.text
    assert type(file).objects.values().get(pk=file.pk) == stored
    assert second.post(address(file), {**opened(second, file), "title": "By the second"}).status_code == 302
    file.refresh_from_db()
    assert file.title == "By the second"
    if "consent_until" in changed:
        assert file.consent_until == PAST


@pytest.mark.parametrize("kind", ["image", "document"])
def test_file__in_another_window_or_not_changed_at_all(editors, kind):
    first, second = editors
    file = MADE[kind]()
    mine, theirs = opened(first, file), opened(second, file)
    assert first.post(address(file), mine).status_code == 302
    assert second.post(address(file), {**theirs, "title": "Changed"}).status_code == 302
    assert "another window" not in second.get(address(file)).text
    assert "you saved a newer version" in second.post(address(file), {**theirs, "title": "Again"}).text


@pytest.mark.parametrize("kind", ["image", "document"])
def test_file__of_a_client_that_does_not_say_what_it_loaded_is_saved(editors, kind):
    first, _second = editors
    file = MADE[kind]()
    fields = opened(first, file)
    del fields["loaded"]
    type(file).objects.filter(pk=file.pk).update(title="Meanwhile")
    assert first.post(address(file), {**fields, "title": "Saved"}).status_code == 302


@pytest.mark.parametrize(("kind", "app"), [("image", "wagtailimages"), ("doc", "wagtaildocs")])
def test_files__of_one_upload_are_described_and_described_again(editors, kind, app):
    first, second = editors
    content = telling_pictures.everything()["IMG_20240816_Malika.jpg"] if kind == "image" else LEAFLET
    name = "road.jpg" if kind == "image" else "leaflet.pdf"
    data = {"title": name, "files[]": SimpleUploadedFile(name, content)}
    answer = first.post(reverse(f"{app}:add_multiple"), data, headers={"X-Requested-With": "XMLHttpRequest"})
    shown = answer.json()
    pk = shown[f"{kind}_id"]
    fields = dict(re.findall(r'name="([^"]+)"[^>]* value="([^"]*)"', shown["form"]))
    assert fields[f"{kind}-{pk}-loaded"]
    fields |= {f"{kind}-{pk}-title": "By the first", f"{kind}-{pk}-tags": ""}
    if kind == "image":
        fields[f"{kind}-{pk}-shows"] = "nobody"
    address = reverse(f"{app}:edit_multiple", args=[pk])
    xhr = {"X-Requested-With": "XMLHttpRequest"}
    assert first.post(address, fields, headers=xhr).json()["success"]
    again = second.post(address, {**fields, f"{kind}-{pk}-title": "By the second"}, headers=xhr).json()
    assert not again["success"]
    assert "saved a newer version" in again["form"]
