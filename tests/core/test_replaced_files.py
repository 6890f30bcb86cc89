"""The file or the texts of a live image or document are changed: readers see it at once, so the form asks what
publishing asks."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.log_actions import registry as log_registry
from wagtail.models import APIToken

from core.publishing.replaced import CONFIRMED_ACTION
from core.quotations.checks import url_of_passages
from home.rights import make_groups
from tests import factories
from tests.core.quoting import found_in
from tests.live_files import form_data, log_in, make_file, new_file, send_form, stored
from tests.scenes import scene

pytestmark = pytest.mark.django_db

SAID = [
    "“They sold me for a phone and a coat,” says Malika Saidova, 16.",
    "«Меня продали за долги отца», — говорит Малика.",
    "-Маро фурӯхтанд, - гуфт Малика.",
    "«مرا فروختند»، ملیکه گفت.",
]
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n"


@scene
def section(site):
    make_groups()
    return factories.SectionPageFactory(parent=site.home)


@scene
def image(section):
    return make_file("image", section)


def errors_of(response) -> dict[str, Any]:
    return {} if response.status_code == 302 else response.context["form"].errors


def replace(client, image, **answers) -> dict[str, Any]:
    return errors_of(send_form(client, image, file=new_file("image"), **{"shows_in_new_file": "", **answers}))


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({}, "shows_in_new_file"),
        ({"new_file_confirmed": "on"}, "shows_in_new_file"),
        ({"shows_in_new_file": "minors"}, "new_file_confirmed"),
        ({"shows_in_new_file": "adults"}, "new_file_confirmed"),
        ({"shows_in_new_file": "survivors"}, "new_file_confirmed"),
        ({"shows": "minors"}, "new_file_confirmed"),
    ],
)
def test_new_picture__is_not_stored_until_somebody_says_who_is_shown(client, image, answers, error):
    log_in(client, "Publisher")

    assert error in replace(client, image, **answers)
    assert stored(image).file.name == image.file.name


@pytest.mark.parametrize("shown", ["adults", "minors", "survivors"])
def test_new_picture__of_people_is_confirmed_and_needs_consent(client, image, shown):
    user = log_in(client, "Publisher")
    page = client.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    assert "become public at once" in page
    assert "“About us”" in page

    assert replace(client, image, shows_in_new_file=shown, new_file_confirmed="on") == {}

    after = stored(image)
    assert after.shows == shown
    assert after.file.name != image.file.name
    # Without a consent form it is shown nowhere.
    assert not after.consent_holds()
    assert log_registry.get_logs_for_instance(after).filter(action=CONFIRMED_ACTION, user=user).exists()


def test_new_picture__of_nobody_is_stored(client, image):
    log_in(client, "Publisher")

    assert replace(client, image, shows_in_new_file="nobody") == {}
    assert stored(image).consent_holds()


def test_new_picture__that_no_page_shows_is_of_nobody_knows_whom(client, section):
    image = make_file("image", section, "draft")
    log_in(client, "Editor")

    assert replace(client, image) == {}
    assert stored(image).shows == ""


@pytest.mark.parametrize("text", SAID)
@pytest.mark.parametrize("name", ["alt_en", "credit", "title"])
def test_text_of_a_live_image__holds_no_passage(client, image, name, text):
    log_in(client, "Publisher")
    before = stored(image)

    errors = errors_of(send_form(client, image, **{name: text}))

    assert "The text contains a quoted passage." in str(errors[name])
    after = stored(image)
    assert (after.title, after.credit, after.alt_texts) == (before.title, before.credit, before.alt_texts)


@pytest.mark.parametrize("text", SAID[:3])
@pytest.mark.parametrize("kind", ["image", "document"])
def test_title__holds_no_passage_on_any_path(client, section, settings, kind, text):
    file = make_file(kind, section)
    user = log_in(client, "Publisher")
    prefix, space = ("image", "wagtailimages") if kind == "image" else ("doc", "wagtaildocs")

    assert "title" in errors_of(send_form(client, file, title=text))
    data = {f"{prefix}-{file.pk}-{name}": value for name, value in (form_data(file) | {"title": text}).items()}
    url = reverse(f"{space}:edit_multiple", args=[file.pk])
    assert not client.post(url, data, headers={"x-requested-with": "XMLHttpRequest"}).json()["success"]
    settings.ROOT_URLCONF = "tests.urls_with_api"
    _token, key = APIToken.create_token(user=user, name="test")
    response = client.patch(
        f"/api/v3/{kind}s/{file.pk}/",
        {"title": text},
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert response.status_code == 422
    assert stored(file).title == file.title


@pytest.mark.parametrize("spoken", ["I sold my phone to pay.", "Меня продали за долги.", "ما را فریب دادند."])
def test_captions_of_a_live_film__hold_no_passage(client, section, spoken):
    captions = factories.DocumentFactory(
        title="Captions", file=ContentFile(CAPTIONS.format("A road in the morning.").encode(), "film.vtt")
    )
    factories.ResourcePageFactory(parent=section, title="About us", documents={"en": captions})
    log_in(client, "Publisher")
    new = SimpleUploadedFile("new.vtt", CAPTIONS.format(spoken).encode(), "text/vtt")

    errors = errors_of(send_form(client, captions, file=new))

    assert "The text contains a quoted passage." in str(errors["file"])
    assert stored(captions).file.name == captions.file.name


@pytest.mark.parametrize("text", SAID)
def test_title_of_a_document__is_read_where_it_is_shown(site, text):
    document = factories.DocumentFactory(title=text)
    page = factories.NewsPageFactory(parent=site.news_index, live=False)
    page.body = [("rich_text", f'<p>See <a linktype="document" id="{document.pk}">this</a>.</p>')]
    page.save_revision()

    [finding] = found_in(page)
    assert finding.field == "body"


def test_text_that_was_stated__may_stand_on_the_image(client, section):
    """It was stated when the page went live with it."""
    image = factories.SiteImageFactory(title="Lantern", alt_texts={"en": SAID[0]})
    page = factories.ContentPageFactory(parent=section, title="About us", live=False, lead_image=image)
    page.save_revision()
    log_in(client, "Publisher")
    [finding] = found_in(page)
    client.post(url_of_passages(page), {"passage": finding.passage, "action": "state"})
    page.get_latest_revision().publish()

    assert errors_of(send_form(client, stored(image), alt_en=SAID[0], credit="Somebody")) == {}
    assert stored(image).credit == "Somebody"
