"""A publisher states that nobody private is quoted in a text of a file that readers see."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.log_actions import registry as log_registry

from core.models import PassageStatement
from core.quotations.checks import passages_of
from core.quotations.statements import STATED
from tests import factories
from tests.live_files import log_in, make_file, send_form, stored
from tests.scenes import scene
from translation.alt_texts.drafts import check_text

SAID = ["“I sold my phone to pay the broker.”", "«Меня продали за долги.»", "«Маро фурӯхтанд.»", "«مرا فروختند.»"]
BOX = "Nobody private is quoted here"
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n{}\n"


def errors_of(response) -> dict[str, Any]:
    return {} if response.status_code == 302 else response.context["form"].errors


def key_in(response) -> str:
    return response.context["form"]["nobody_quoted"].field.widget.attrs["value"]


@scene
def image(section):
    return make_file("image", section)


@pytest.mark.parametrize("text", SAID)
@pytest.mark.parametrize("name", ["alt_en", "credit", "title"])
def test_text_of_a_live_image__is_kept_with_a_statement(client, image, name, text):
    user = log_in(client, "Publisher")
    refused = send_form(client, image, **{name: text})
    assert BOX in refused.text

    assert errors_of(send_form(client, image, **{name: text, "nobody_quoted": key_in(refused)})) == {}

    after = stored(image)
    assert text in (after.title, after.credit, after.alt_texts["en"])
    [page] = list(stored(image).get_usage())
    page = page[0].specific
    assert all(each.is_settled for each in passages_of(page))
    assert PassageStatement.objects.get().stated_by == user
    assert log_registry.get_logs_for_instance(page).filter(action=STATED, user=user).exists()
    page.save_revision().publish()


@pytest.mark.parametrize("text", SAID[:3])
def test_title_of_a_live_document__is_kept_with_a_statement(client, section, text):
    document = make_file("document", section)
    log_in(client, "Publisher")
    key = key_in(send_form(client, document, title=text))

    assert errors_of(send_form(client, document, title=text, nobody_quoted=key)) == {}
    assert stored(document).title == text


@pytest.mark.parametrize("spoken", ["I sold my phone to pay.", "Меня продали за долги.", "ما را فریب دادند."])
def test_captions_of_a_live_film__are_kept_with_a_statement(client, section, spoken):
    captions = factories.DocumentFactory(
        title="Captions", file=ContentFile(CAPTIONS.format("A road in the morning.").encode(), "film.vtt")
    )
    factories.ResourcePageFactory(parent=section, title="About us", documents={"en": captions})
    log_in(client, "Publisher")

    def upload(**data):
        file = SimpleUploadedFile("new.vtt", CAPTIONS.format(spoken).encode(), "text/vtt")
        return send_form(client, captions, file=file, **data)

    key = key_in(upload())
    assert errors_of(upload(nobody_quoted=key)) == {}
    assert spoken.encode() in stored(captions).file.open("rb").read()


@pytest.mark.parametrize("key", ["on", "true", "0" * 64])
def test_statement__on_other_words_is_none(client, image, key):
    log_in(client, "Publisher")
    assert "credit" in errors_of(send_form(client, image, credit=SAID[0], nobody_quoted=key))
    assert not PassageStatement.objects.exists()


def test_statement__is_asked_again_when_the_passage_changes(client, image):
    log_in(client, "Publisher")
    key = key_in(send_form(client, image, credit=SAID[0]))
    send_form(client, image, credit=SAID[0], nobody_quoted=key)

    assert errors_of(send_form(client, image, credit=SAID[0], rights="CC BY")) == {}
    refused = send_form(client, image, credit=SAID[1], nobody_quoted=key)
    assert "credit" in errors_of(refused)
    assert key_in(refused) != key


def test_statement__is_not_for_who_may_not_publish_what_shows_the_file(client, image):
    log_in(client, "Editor")
    refused = send_form(client, image, credit=SAID[0])
    assert "credit" in errors_of(refused)
    assert "nobody_quoted" not in refused.context["form"].fields


def test_statement__on_the_original_holds_for_its_translations(client, image):
    log_in(client, "Publisher")
    with pytest.raises(Exception, match="The text contains a quoted passage"):
        check_text(stored(image), "ru", SAID[1])
    key = key_in(send_form(client, image, alt_en=SAID[0]))
    send_form(client, image, alt_en=SAID[0], nobody_quoted=key)

    check_text(stored(image), "ru", SAID[1])
    with pytest.raises(Exception, match="The text contains a quoted passage"):
        check_text(stored(image), "ru", f"{SAID[1]} И вот ещё: «Отец продал меня за долги.»")
