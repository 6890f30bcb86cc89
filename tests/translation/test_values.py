"""What the screens of wagtail-localize are sent, and must not keep or publish."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from tests import factories
from tests.scenes import scene
from tests.translation.exchanging import apply

pytestmark = pytest.mark.django_db


@scene
def translation(site) -> Translation:
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")
    translate_object(page, [site.locales["ru"]])
    return Translation.objects.get()


@pytest.fixture
def publisher(client) -> Client:
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def segment(translation: Translation, path: str, data) -> OverridableSegment:
    context = TranslationContext.objects.create(object=translation.source.object, path=path)
    return OverridableSegment.objects.create(
        source=translation.source, context=context, order=99, data_json=json.dumps(data)
    )


def override(client: Client, translation: Translation, segment: OverridableSegment, sent: str):
    url = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    return client.put(url, sent, content_type="application/x-www-form-urlencoded")


def translate_title(translation: Translation) -> None:
    title = translation.source.stringsegment_set.get(context__path="title")
    StringTranslation.objects.create(
        translation_of=title.string, context=title.context, locale=translation.target_locale, data="День"
    )


def publish(client: Client, page: Page):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)


def test_po_upload__without_its_header_is_asked_about(publisher, translation):
    source = translation.source.stringsegment_set.get(context__path="title").string.data
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    file = SimpleUploadedFile("ru.po", f'msgctxt "title"\nmsgid "{source}"\nmsgstr "День"\n'.encode())

    response = publisher.post(url, {"file": file}, follow=True)

    assert response.status_code == 200
    assert "Is it?" in response.content.decode()
    assert not StringTranslation.objects.exists()


def test_po_upload__without_a_file_is_refused(publisher, translation):
    response = publisher.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), follow=True)

    assert "Choose a PO file first." in response.content.decode()


def test_po_upload__of_what_was_downloaded_is_taken(publisher, translation):
    po = translation.export_po()
    next(entry for entry in po if entry.msgctxt == "title").msgstr = "День"
    file = SimpleUploadedFile("ru.po", str(po).encode())

    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    apply(publisher, publisher.post(url, {"file": file}, follow=True))

    assert StringTranslation.objects.get().data == "День"


@pytest.mark.parametrize(
    "sent",
    [
        "value=javascript:alert(1)",
        "value=java%09script:alert(1)",
        "value=data:text/html,x",
        "value=//elsewhere.example/",
        "value=nowhere",
        "value=",
        "other=x",
    ],
)
def test_override__with_a_bad_address_is_refused(publisher, translation, sent):
    link = segment(translation, "body.'https://one.example/'", "https://one.example/")

    assert override(publisher, translation, link, sent).status_code == 400
    assert not SegmentOverride.objects.exists()


@pytest.mark.parametrize("value", ["https://two.example/", "mailto:a@one.example", "tel:1313", "/ru/help/"])
def test_override__with_a_good_address_is_kept(publisher, translation, value):
    link = segment(translation, "body.'https://one.example/'", "https://one.example/")

    assert override(publisher, translation, link, f"value={value}").status_code == 201
    assert SegmentOverride.objects.get().data == value


@pytest.mark.parametrize("value", ["javascript:alert(1)", "987654"])
def test_override__with_an_image_that_is_not_there_is_refused(publisher, translation, value):
    image = segment(translation, "lead_image", factories.SiteImageFactory().pk)

    assert override(publisher, translation, image, f"value={value}").status_code == 400
    assert override(publisher, translation, image, f"value={image.data}").status_code == 201


def test_publishing__with_a_bad_value_from_before_says_so(publisher, translation):
    translate_title(translation)
    image = segment(translation, "lead_image", factories.SiteImageFactory().pk)
    SegmentOverride.objects.create(locale=translation.target_locale, context=image.context, data_json='"987654"')

    response = publish(publisher, translation.get_target_instance())

    assert "The chosen item does not exist" in response.content.decode()
    assert not translation.get_target_instance().live


@pytest.mark.parametrize("translated", [False, True])
def test_publishing__what_nobody_has_reviewed_is_refused(publisher, translation, translated):
    if translated:
        translate_title(translation)

    response = publish(publisher, translation.get_target_instance())

    assert "has not been reviewed" in response.content.decode()
    assert not translation.get_target_instance().live


def test_sync_with_publishing__of_what_nobody_has_translated_is_refused(
    publisher, translation, django_capture_on_commit_callbacks
):
    url = reverse("wagtail_localize:update_translations", args=[TranslationSource.objects.get().pk])

    with django_capture_on_commit_callbacks(execute=True):
        publisher.post(url, {"publish_translations": "on"})

    assert not translation.get_target_instance().live
