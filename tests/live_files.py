"""What the tests of images and documents that readers see share."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from tests import factories
from tests.small_files import LEAFLET

KINDS = ["image", "document"]
MAY = [("Editor", "live", False), ("Editor", "draft", True), ("Publisher", "live", True)]


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


def form_data(file) -> dict[str, Any]:
    data = {"title": file.title, "collection": file.collection_id, "tags": ""}
    if hasattr(file, "alt_texts"):
        data |= {name: getattr(file, name) or "" for name in ("credit", "rights", "shows")}
        data |= {f"alt_{code}": text for code, text in file.alt_texts.items()}
        data["shows_in_new_file"] = "nobody"
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


def bulk_url(file, action: str) -> str:
    names = (file._meta.app_label, file._meta.model_name, action)
    return f"{reverse('wagtail_bulk_action', args=names)}?id={file.pk}"
