"""Files that do not say any more which translation they are of."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation

from tests import factories
from tests.scenes import scene
from tests.translation.exchanging import apply, file_of, po_of, upload, wordings, xliff_of

pytestmark = pytest.mark.django_db
QUESTION = "By its strings it is “World Day”"


@scene
def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name="WD", introduction="<p>Ask.</p>"
    )


@scene
def russian(newsroom, campaign) -> Translation:
    return newsroom.send(campaign, "ru")[0]


@pytest.fixture
def translator(newsroom) -> Client:
    return newsroom.as_(newsroom.translators["ru"])


def headless(translation: Translation, format: str) -> bytes:
    """As a program leaves it that writes its own header, and its own numbers of units."""
    if format == "po":
        content = po_of(translation, lambda entry: setattr(entry, "msgstr", "ВД" if entry.msgid == "WD" else ""))
        return re.sub(rb'"X-[^\n]*\n', b"", content)
    content = re.sub(rb'original="[^"]*"', b'original="story.html"', xliff_of(translation, short_name="ВД"))
    numbers = iter(range(100))
    return re.sub(rb'(<trans-unit [^>]*?\bid=)"[^"]*"', lambda found: found[1] + b'"%d"' % next(numbers), content)


@pytest.mark.parametrize(("format", "name"), [("po", "ru.po"), ("xliff", "ru.xlf")])
def test_translation__is_found_by_its_strings_and_asked_about(translator, russian, format, name):
    shown = upload(translator, headless(russian, format), name)
    unanswered = apply(translator, shown)

    assert QUESTION in shown.content.decode()
    assert QUESTION in unanswered.content.decode()
    assert wordings() == {}

    address = shown.redirect_chain[-1][0]
    translator.post(address, {"digest": shown.context["digest"], "answered": "yes"})
    assert wordings() == {"WD": "ВД"}


def test_language__comes_from_the_name_if_the_file_names_none(translator, russian):
    content = headless(russian, "po").replace(b'"Language: ru\\n"\n', b"")

    assert QUESTION in upload(translator, content, "world-day.ru.po").content.decode()
    assert "does not say which translation" in upload(translator, content, "world-day.po").content.decode()


def test_strings__of_several_objects_decide_nothing(newsroom, translator, site, russian):
    twin = factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="twin", short_name="WD", introduction="<p>Ask.</p>"
    )
    newsroom.send(twin, "ru")

    shown = upload(translator, headless(russian, "xliff"))

    assert "its strings are in several" in shown.content.decode()


def test_strings__of_nothing_here_are_refused(translator, russian):
    content = headless(russian, "po").replace(b"msgctxt ", b'msgctxt "x"\n')

    assert "does not say which translation it belongs to" in upload(translator, content, "ru.po").content.decode()


def test_editor__takes_it_for_its_own_and_asks(translator, russian):
    url = reverse("wagtail_localize:upload_pofile", args=[russian.pk])

    shown = translator.post(url, {"file": SimpleUploadedFile("a.po", headless(russian, "po"))}, follow=True)

    assert "Is it?" in shown.content.decode()
    assert wordings() == {}


def test_editor__shows_the_same_plan_as_every_import(translator, russian):
    url = reverse("wagtail_localize:upload_pofile", args=[russian.pk])
    content = po_of(russian, lambda entry: setattr(entry, "msgstr", "ВД" if entry.msgid == "WD" else ""))

    shown = translator.post(url, {"file": SimpleUploadedFile("a.po", content)}, follow=True)
    assert shown.redirect_chain[-1][0].startswith("/admin/translation/exchange/import/")
    assert wordings() == {}

    apply(translator, shown)
    assert wordings() == {"WD": "ВД"}


def test_header__of_another_translation_is_refused_in_the_editor(newsroom, translator, russian, site):
    other = newsroom.send(factories.QuoteFactory(text="A loaf."), "ru")[0]
    url = reverse("wagtail_localize:upload_pofile", args=[russian.pk])

    shown = translator.post(url, {"file": SimpleUploadedFile("a.po", file_of(other, "po"))}, follow=True)

    assert "belongs to another translation" in shown.content.decode()
