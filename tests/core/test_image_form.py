"""An image's form: what readers would see at once needs the right to publish."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from home.rights import make_groups
from tests import factories
from tests.scenes import scene

pytestmark = pytest.mark.django_db

PAST = datetime.date(2024, 1, 1)


@scene
def image(site):
    make_groups()
    image = factories.SiteImageFactory(
        shows="minors", consent_reference="F-1", consent_scope="website", consent_until=None
    )
    section = factories.SectionPageFactory(parent=site.home)
    factories.ContentPageFactory(parent=section, title="About us", lead_image=image)
    return image


def send(client, image, group, **fields):
    client.force_login(factories.UserFactory(groups=[group]))
    image.refresh_from_db()
    names = ("title", "shows", "consent_reference", "consent_scope", "consent_until")
    values = {name: getattr(image, name) or "" for name in names}
    values |= {f"alt_{code}": text for code, text in image.alt_texts.items()}
    response = client.post(reverse("wagtailimages:edit", args=[image.pk]), {**values, **fields})
    return {} if response.status_code == 302 else response.context["form"].errors


def upload(image) -> SimpleUploadedFile:
    with image.file.open("rb") as file:
        return SimpleUploadedFile("other.png", file.read(), "image/png")


def ending(image):
    image.consent_until = PAST
    image.save()


def without_consent(image):
    image.consent_reference = ""
    image.save()


@pytest.mark.parametrize(
    ("before", "fields", "error"),
    [
        (ending, {"consent_until": ""}, "consent_until"),
        (ending, {"consent_until": "2999-01-01"}, "consent_until"),
        (None, {"shows": "nobody"}, "shows"),
        (None, {"shows": "adults"}, "shows"),
        (without_consent, {"consent_reference": "F-2"}, "consent_reference"),
    ],
)
def test_consent_of_a_live_image__only_a_publisher_loosens(client, image, before, fields, error):
    if before:
        before(image)

    errors = send(client, image, "Editor", **fields)

    assert list(errors) == [error]
    assert "“About us”" in errors[error][0]
    assert "Ask a publisher" in errors[error][0]
    assert send(client, image, "Publisher", **fields) == {}


def test_file_of_a_live_image__only_a_publisher_replaces(client, image):
    assert list(send(client, image, "Editor", file=upload(image))) == ["file"]
    answer = {"shows_in_new_file": "minors", "new_file_confirmed": "on"}
    assert send(client, image, "Publisher", file=upload(image), **answer) == {}


def test_live_image__everybody_may_withdraw(client, image):
    image.alt_texts = {}
    image.save()

    client.force_login(factories.UserFactory(groups=["Editor"]))
    url = reverse("consent:withdraw", args=["core", "siteimage", image.pk])
    client.post(url, {"reason": "Asked for"})
    image.refresh_from_db()
    assert image.consent_withdrawn == timezone.localdate()


@pytest.mark.parametrize("group", ["Editor", "Publisher"])
@pytest.mark.parametrize("sent", ["", "2999-01-01"])
def test_live_image__form_neither_sets_nor_takes_back_a_withdrawal(client, image, group, sent):
    assert send(client, image, group, consent_withdrawn="2024-01-01") == {}
    image.refresh_from_db()
    assert image.consent_withdrawn is None
    type(image).objects.update(consent_withdrawn=PAST)
    assert send(client, image, group, consent_withdrawn=sent) == {}
    image.refresh_from_db()
    assert image.consent_withdrawn == PAST


@pytest.mark.parametrize("group", ["Editor", "Publisher"])
@pytest.mark.parametrize("text", ["", "IMG_2041.jpg"])
def test_alternative_text_of_a_live_image__nobody_leaves_out(client, image, group, text):
    errors = send(client, image, group, alt_en=text, alt_ru=text, alt_tg=text)

    assert "About us" in errors["alt_en"][0]
    assert send(client, image, "Publisher", alt_en="A path between trees") == {}


def test_image_that_nothing_live_shows__may_be_changed(client, image):
    other = factories.SiteImageFactory(shows="minors", consent_withdrawn=PAST)

    errors = send(client, other, "Editor", file=upload(image), shows="nobody", alt_en="", alt_ru="")

    assert errors == {}
