"""What comes back: first shown, then applied as shown; nothing wiped, nothing live, nothing approved."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from lxml import etree
from translate.storage import pypo
from translate.storage.tmx import tmxfile
from translate.storage.xliff import Xliff1File
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from tests import factories
from tests.scenes import scene
from tests.translating import change_source
from tests.translation.exchanging import (
    IMPORT,
    TEXTS,
    add_strings,
    apply,
    bring_in,
    campaign_sent,
    file_of,
    live_with,
    po_of,
    upload,
    word,
    wordings,
    xliff_of,
    zipped,
)
from translation.desk.history import versions_of
from translation.models import PendingImport, Unit
from translation.units.difference import as_read
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db


@scene
def russian(newsroom, site) -> Translation:
    return campaign_sent(newsroom)


@pytest.fixture
def translator(newsroom) -> Client:
    return newsroom.as_(newsroom.translators["ru"])


def test_dry_run__shows_old_and_new_and_changes_nothing(translator, russian):
    word(russian, russian.source.stringsegment_set.get(context__path="short_name"), "Старое")

    shown = upload(translator, xliff_of(russian, short_name="Новое", title="Всемирный день"))

    html = shown.content.decode()
    assert "<del>Старое</del>" in html
    assert "<ins>Новое</ins>" in html
    assert "Всемирный день" in html
    assert wordings() == {"WD": "Старое"}


def test_import__stores_final_wordings_as_the_translators_own(newsroom, translator, russian):
    response = bring_in(translator, xliff_of(russian, title="Всемирный день", short_name="ВД"))

    stored = StringTranslation.objects.get(translation_of__data="World Day")
    assert wordings() == {"World Day": "Всемирный день", "WD": "ВД"}
    assert (stored.tool_name, stored.translation_type) == ("XLIFF: ru.xlf", "manual")
    assert stored.last_translated_by == newsroom.translators["ru"]
    assert not Unit.objects.unsure().exists()
    assert not PendingImport.objects.exists()
    assert "2 strings have changed." in " ".join(map(str, get_messages(response.wsgi_request)))
    assert Page.objects.get(pk=target_of(russian).pk).draft_title == "Всемирный день"


def test_what_was_exported__changes_nothing_when_it_comes_back(newsroom, translator, russian):
    live_with(newsroom, russian)
    change_source(russian.source.get_source_instance(), introduction="<p>Ask five questions.</p>")
    bring_in(translator, xliff_of(russian, approved="no", short_name="ВД"))
    before = wordings(), Unit.objects.stale().count(), Unit.objects.unsure().count()

    for format, name in (("xliff", "ru.xlf"), ("po", "ru.po"), ("tmx", "ru.tmx")):
        shown = upload(translator, file_of(russian, format), name)
        assert "The file contains no changes." in shown.content.decode()
    assert (wordings(), Unit.objects.stale().count(), Unit.objects.unsure().count()) == before


def test_empty_and_missing_strings__wipe_nothing(newsroom, translator, russian):
    newsroom.word(russian)
    before = wordings()
    root = etree.fromstring(xliff_of(russian, title="", short_name="   "))
    body = root.find(".//{*}body")
    body.remove(next(each for each in body if each.findtext("{*}source") == "Ask four questions."))

    shown = upload(translator, etree.tostring(root))

    assert "The file contains no changes." in shown.content.decode()
    assert wordings() == before


def test_import__approves_nothing_and_nothing_goes_live(newsroom, translator, russian, client):
    live_with(newsroom, russian)
    approved = set(Unit.objects.approved().values_list("approved_text", flat=True))

    bring_in(translator, xliff_of(russian, state="final", introduction="Совсем новые слова."))

    assert set(Unit.objects.approved().values_list("approved_text", flat=True)) == approved
    assert "Совсем новые слова" not in client.get("/ru/campaigns/wdatip/").content.decode()
    assert newsroom.submit(russian).status == "waiting"


def test_unknown_string__is_listed_and_its_text_kept(translator, russian):
    content = xliff_of(russian, title="День", short_name="ВД")
    change_source(russian.source.get_source_instance(), short_name="")

    shown = upload(translator, content)
    response = apply(translator, shown)

    assert "not found here" in shown.content.decode()
    assert "One string was not found here;" in " ".join(map(str, get_messages(response.wsgi_request)))
    assert wordings() == {"World Day": "День"}


def test_wording_with_errors__stays_out_and_the_rest_comes_in(translator, russian):
    shown = upload(translator, xliff_of(russian, title="День", short_name="Д" * 41))
    apply(translator, shown)

    assert "The text has 41 characters. Maximum: 40." in shown.content.decode()
    assert wordings() == {"World Day": "День"}


def test_zip__is_imported_whole(newsroom, site, translator, russian):
    quote = factories.QuoteFactory(text="A loaf.")
    [other] = newsroom.send(quote, "ru")
    po = po_of(other, lambda entry: setattr(entry, "msgstr", "Хлеб.") if entry.msgid == "A loaf." else None)

    bring_in(translator, zipped({"ru/a.xlf": xliff_of(russian, title="День"), "ru/b.po": po}), "all.zip")

    assert wordings() == {"World Day": "День", "A loaf.": "Хлеб."}


def test_same_string_with_two_wordings__is_taken_from_neither(translator, russian):
    both = {"a.xlf": xliff_of(russian, title="День"), "b.xlf": xliff_of(russian, title="Дата")}

    shown = upload(translator, zipped(both), "all.zip")

    assert "twice in the upload with different texts" in shown.content.decode()
    assert "The file contains no changes." in shown.content.decode()


@pytest.mark.parametrize("name", ["ru.xlf", "ru.po", "ru.tmx"])
def test_texts__come_in_true_as_translate_toolkit_writes_them(translator, russian, name):
    for segment in add_strings(russian, TEXTS):
        word(russian, segment, "слово")
    store = {
        "ru.xlf": lambda: Xliff1File.parsestring(file_of(russian, "xliff")),
        "ru.po": lambda: pypo.pofile.parsestring(file_of(russian, "po")),
        "ru.tmx": lambda: tmxfile.parsestring(file_of(russian, "tmx"), sourcelanguage="en", targetlanguage="ru"),
    }[name]()
    wanted = {text: text.replace("and", "и") + "\u00a0– 🍞" for text in TEXTS}
    read = str if name == "ru.po" else as_read
    texts = {read(source): read(text) for source, text in wanted.items()}
    for unit in store.units:
        if str(unit.source) in texts:
            unit.target = texts[str(unit.source)]

    bring_in(translator, bytes(store), name)

    assert wordings() == wanted


def test_what_is_applied__is_what_was_shown(newsroom, translator, russian):
    shown = upload(translator, xliff_of(russian, title="День"))
    newsroom.word_one(russian, "World Day", "Дата")

    response = apply(translator, shown)

    assert wordings() == {"World Day": "Дата"}
    assert "have changed in the meantime" in response.content.decode()
    apply(translator, response if response.redirect_chain else shown)
    assert wordings() == {"World Day": "День"}


def test_pending_import__is_nobody_elses(newsroom, translator, russian):
    shown = upload(translator, xliff_of(russian, title="День"))
    url = shown.redirect_chain[-1][0]
    other = newsroom.as_(factories.UserFactory(groups=["Translator ru"]))

    assert other.get(url).status_code == 404
    assert other.post(url, {"digest": shown.context["digest"]}).status_code == 404


def test_another_language__is_refused_to_its_not_translator(newsroom, translator, russian):
    content = xliff_of(russian, title="День")
    tajik = newsroom.as_(newsroom.translators["tg"])

    response = upload(tajik, content)

    assert "You do not have permission to translate into Русский." in response.content.decode()
    assert not PendingImport.objects.exists()


def test_right_taken_away__is_asked_again_when_applied(newsroom, translator, russian):
    shown = upload(translator, xliff_of(russian, title="День"))
    newsroom.translators["ru"].groups.set([factories.Group.objects.get(name="Translator tg")])

    apply(translator, shown)

    assert wordings() == {}


@pytest.mark.parametrize("group", ["Reviewer"])
def test_import__is_the_translators_work(newsroom, group):
    client = newsroom.as_(factories.UserFactory(groups=[group]))

    # Whoever may not is sent home with a message by Wagtail.
    assert client.get(reverse(IMPORT)).status_code in (302, 403)


def test_import__keeps_the_texts_that_it_replaces(newsroom, translator, russian):
    segment = russian.source.stringsegment_set.get(context__path="short_name")
    word(russian, segment, "Старое")

    bring_in(translator, xliff_of(russian, short_name="Новое", title="Всемирный день"))

    new, old = versions_of(russian, segment)
    assert (new.text, new.origin, new.author) == ("Новое", "file (XLIFF: ru.xlf)", newsroom.translators["ru"])
    assert (old.text, old.origin) == ("Старое", "")
    shown = translator.get(reverse("translation_desk:history", args=[russian.pk, segment.pk])).content.decode()
    assert "file (XLIFF: ru.xlf)" in shown


def test_import__of_200_strings_takes_few_queries(translator, russian, django_assert_max_num_queries):
    add_strings(russian, [f"Sentence number {number} of the story." for number in range(200)])
    content = po_of(russian, lambda e: setattr(e, "msgstr", e.msgid.replace("Sentence", "Предложение")))

    with django_assert_max_num_queries(40):
        shown = upload(translator, content, "ru.po")
    with django_assert_max_num_queries(40):
        response = translator.post(shown.redirect_chain[-1][0], {"digest": shown.context["digest"]})

    assert response.status_code == 302
    assert len(wordings()) == 203
