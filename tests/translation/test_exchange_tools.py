"""Files as translators' programs leave them."""

import codecs
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import etree
from wagtail.models import GroupPagePermission
from wagtail_localize.models import StringTranslation, Translation

from core.languages.tags import is_same, may_be_same
from tests import factories
from tests.scenes import scene
from tests.translation.exchanging import (
    IMPORT,
    add_strings,
    apply,
    bring_in,
    file_of,
    po_of,
    upload,
    wordings,
    xliff_of,
)
from translation.models import Unit

pytestmark = pytest.mark.django_db


@scene
def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="World Day",
        slug="wdatip",
        short_name="WD",
        introduction="<p>Ask four questions.</p>",
    )


@scene
def russian(newsroom, campaign) -> Translation:
    return newsroom.send(campaign, "ru")[0]


@pytest.fixture
def translator(newsroom) -> Client:
    return newsroom.as_(newsroom.translators["ru"])


def translator_of(newsroom, code: str) -> Client:
    return newsroom.as_(factories.UserFactory(groups=[f"Translator {code}"]))


@pytest.mark.parametrize("state", ["translated", "final", "signed-off"])
@pytest.mark.parametrize("approved", ["no", None, "yes"])
def test_state__counts_as_translated(translator, russian, state, approved):
    bring_in(translator, xliff_of(russian, approved=approved, state=state, short_name="ВД"))

    assert wordings() == {"WD": "ВД"}
    assert not Unit.objects.unsure().exists()


@pytest.mark.parametrize("state", ["new", "needs-translation", "needs-review-translation", "needs-adaptation"])
def test_state__that_asks_for_work_does_not(translator, russian, state):
    bring_in(translator, xliff_of(russian, approved=None, state=state, short_name="ВД"))

    assert Unit.objects.unsure().count() == 1


def test_approved__is_said_only_of_what_somebody_decided(newsroom, russian):
    newsroom.word_one(russian, "WD", "ВД")
    root = etree.fromstring(file_of(russian, "xliff"))

    assert {unit.get("approved") for unit in root.iter("{*}trans-unit")} == {None}


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<mrk mtype="seg" mid="0">Задайте вопросы.</mrk>', "Задайте вопросы."),
        ('<mrk mtype="seg" mid="0">Один.</mrk> <mrk mtype="seg" mid="1">Два.</mrk>', "Один. Два."),
        ('Начало <mrk mtype="seg" mid="0">и <mrk mtype="seg" mid="1">конец</mrk></mrk>.', "Начало и конец."),
        ('<mrk mtype="seg" mid="0">&lt;b&gt;Один&lt;/b&gt;</mrk>', "<b>Один</b>"),
    ],
)
def test_segments__are_joined_without_loss(translator, russian, inside, text):
    content = xliff_of(russian, state="translated", introduction="HERE").decode()

    bring_in(translator, content.replace(">HERE<", f">{inside}<").encode())

    assert wordings() == {"Ask four questions.": text}


@pytest.mark.parametrize("inside", ['<g id="1">Один</g>', 'Один<x id="1"/>', '<mrk mtype="x-deleted">Один</mrk>'])
def test_other_marks__are_not_taken_for_text(translator, russian, inside):
    content = xliff_of(russian, state="translated", introduction="HERE").decode()

    shown = upload(translator, content.replace(">HERE<", f">{inside}<").encode())

    assert "markup added by the translation program" in shown.content.decode()
    assert "The file contains no changes." in shown.content.decode()


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="1" ctype="bold">Кто</g> и <g id="2" ctype="link">карта</g><x id="3"/>Да',
        '<bpt id="1"/>Кто<ept id="1"/> и <bpt id="2">{2}</bpt>карта<ept id="2">{2}</ept><ph id="3"/>Да',
        '<bx id="1"/>Кто<ex id="1"/> и <g id="2">карта</g><ph id="3">[br]</ph>Да',
    ],
)
def test_codes__are_known_by_their_numbers(translator, russian, inside):
    source, text = (
        '<b>Who</b> and <a id="a1">map</a><br/>Yes',
        '<b>Кто</b> и <a id="a1">карта</a><br/>Да',
    )
    add_strings(russian, [source])
    root = etree.fromstring(file_of(russian, "xliff"))
    [unit] = [each for each in root.iter("{*}trans-unit") if each.find("{*}source/*") is not None]
    namespace = etree.QName(unit).namespace
    unit.append(etree.fromstring(f'<target xmlns="{namespace}" state="translated">{inside}</target>'))

    bring_in(translator, etree.tostring(root))

    assert wordings() == {source: text}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("prs", "fa-af"),
        ("prs-AF", "fa-af"),
        ("prs_Arab_AF", "fa-af"),
        ("fa-AF", "fa-af"),
        ("fa_AF", "fa-af"),
        ("fa-Arab-AF", "fa-af"),
        ("fas-AF", "fa-af"),
        ("FA-af", "fa-af"),
        ("tg", "tg"),
        ("tgk", "tg"),
        ("tg-Cyrl-TJ", "tg"),
        ("tgk_TJ", "tg"),
        ("tg@cyrillic", "tg"),
        ("ru_RU", "ru"),
        ("ru-RU", "ru"),
        ("rus", "ru"),
        ("ru_RU.UTF-8", "ru"),
        ("en-GB", "en"),
    ],
)
def test_language__by_whatever_name(said, wanted):
    assert is_same(said, wanted)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("ru", "tg"), ("tgk", "ru"), ("prs", "tg"), ("ar", "fa-af"), ("rum", "ru"), ("ru tg", "ru")],
)
def test_language__of_another_name(said, wanted):
    assert not is_same(said, wanted)
    assert not may_be_same(said, wanted)


@pytest.mark.parametrize(
    ("code", "said"), [("ru", "ru_RU"), ("ru", "rus"), ("tg", "tgk"), ("tg", "tg-Cyrl-TJ"), ("fa-af", "prs-AF")]
)
def test_language__in_an_uploaded_file(newsroom, campaign, code, said):
    [translation] = newsroom.send(campaign, code)
    client = translator_of(newsroom, code)
    content = xliff_of(translation, short_name="abc").replace(
        f'target-language="{code}"'.encode(), f'target-language="{said}"'.encode()
    )

    bring_in(client, content)

    assert wordings() == {"WD": "abc"}


def dari_po(translation: Translation, language: str) -> bytes:
    content = po_of(translation, lambda entry: setattr(entry, "msgstr", "روز" if entry.msgid == "WD" else ""))
    return content.replace(b"Language: fa_af", f"Language: {language}".encode())


@pytest.mark.parametrize("language", ["fa", "fas", "fa_IR"])
def test_persian__is_taken_for_dari_with_a_question(newsroom, campaign, language):
    [dari] = newsroom.send(campaign, "fa-af")
    client = translator_of(newsroom, "fa-af")

    shown = upload(client, dari_po(dari, language), "fa.po")
    unanswered = apply(client, shown)
    assert "Is it in دری?" in shown.content.decode()
    assert "Is it in دری?" in unanswered.content.decode()
    assert wordings() == {}

    address = shown.redirect_chain[-1][0]
    client.post(address, {"digest": shown.context["digest"], "answered": "yes"})
    assert wordings() == {"WD": "روز"}


def test_persian__is_asked_about_at_the_buttons_of_the_editor_too(newsroom, campaign):
    [dari] = newsroom.send(campaign, "fa-af")
    client = translator_of(newsroom, "fa-af")
    url = reverse("wagtail_localize:upload_pofile", args=[dari.pk])

    shown = client.post(url, {"file": SimpleUploadedFile("fa.po", dari_po(dari, "fa"))}, follow=True)

    assert "Is it in دری?" in shown.content.decode()
    assert wordings() == {}


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize("format", ["xliff", "po", "tmx"])
@pytest.mark.parametrize("says_so", [True, False])
def test_utf_16__with_a_byte_order_mark_is_read(newsroom, translator, russian, format, mark, says_so):
    newsroom.word_one(russian, "WD", "Старое")
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    text = file_of(russian, format).decode().replace("Старое", "ВД")
    if says_so:
        text = text.replace("charset=UTF-8", "charset=UTF-16").replace("encoding='utf-8'", "encoding='UTF-16'")
        text = re.sub('encoding="utf-8"', 'encoding="UTF-16"', text, flags=re.IGNORECASE)

    bring_in(translator, mark + text.encode(encoding), f"ru.{'xlf' if format == 'xliff' else format}")

    assert wordings() == {"WD": "ВД"}


def test_tmx__whose_program_writes_regions(newsroom, translator, russian):
    newsroom.word_one(russian, "WD", "Старое")
    text = file_of(russian, "tmx").decode().replace("Старое", "ВД")
    text = text.replace('xml:lang="en"', 'xml:lang="EN-US"').replace('xml:lang="ru"', 'xml:lang="ru-RU"')

    bring_in(translator, text.encode(), "ru.tmx")

    assert wordings() == {"WD": "ВД"}


@pytest.mark.parametrize("group", ["Editor", "Publisher"])
def test_coordinator__imports_into_the_campaign(newsroom, russian, group):
    client = newsroom.as_(factories.UserFactory(groups=[group]))

    assert client.get(reverse(IMPORT)).status_code == 200
    bring_in(client, xliff_of(russian, state="translated", short_name="ВД"))

    assert wordings() == {"WD": "ВД"}
    assert StringTranslation.objects.get().last_translated_by.groups.filter(name=group).exists()


def test_coordinator__of_other_pages_does_not(newsroom, russian, site):
    group = factories.Group.objects.create(name="Coordinators of the news")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "submit_translation"]))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=site.news_index, permission=change)
    client = newsroom.as_(factories.UserFactory(groups=[group.name]))

    response = upload(client, xliff_of(russian, state="translated", short_name="ВД"))

    assert "You do not have permission to translate into Русский." in response.content.decode()
    assert wordings() == {}
