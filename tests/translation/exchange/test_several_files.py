"""Several files, or a ZIP of them, of several objects and languages in one import."""

import zipfile

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from tests import factories
from tests.scenes import scene
from tests.translation.exchanging import IMPORT, apply, file_of, po_of, zipped
from tests.typed import Response
from translation.exchange import archive
from translation.models import PendingImport

pytestmark = pytest.mark.django_db


@scene
def quote(site):
    return factories.QuoteFactory(text="A loaf.")


@scene
def takeaway(site):
    return factories.TakeawayFactory(statement="Ask first.", detail="")


@scene
def translations(newsroom, quote, takeaway) -> dict[str, Translation]:
    """A quote in two languages and a takeaway in one."""
    russian, tajik = newsroom.send(quote, "ru", "tg")
    return {"quote.ru": russian, "quote.tg": tajik, "takeaway.ru": newsroom.send(takeaway, "ru")[0]}


@pytest.fixture
def coordinator(newsroom) -> Client:
    return newsroom.as_(newsroom.editor)


def po(translation: Translation, **texts: str) -> bytes:
    """A PO file with one text for each string that begins with the name of the argument."""

    def fill(entry) -> None:
        for word, text in texts.items():
            if entry.msgid.startswith(word):
                entry.msgstr = text

    return po_of(translation, fill)


def files_for(translations: dict[str, Translation]) -> dict[str, bytes]:
    return {
        "quote.ru.po": po(translations["quote.ru"], A="Хлеб."),
        "quote.tg.po": po(translations["quote.tg"], A="Нон."),
        "takeaway.ru.po": po(translations["takeaway.ru"], Ask="Сначала спросите."),
    }


def upload_all(client: Client, files: dict[str, bytes], **sent: str) -> Response:
    uploads = [SimpleUploadedFile(name, content) for name, content in files.items()]
    url = f"{reverse(IMPORT)}?next={sent['next']}" if sent else reverse(IMPORT)
    return client.post(url, {"file": uploads}, follow=True)


def rows(shown: Response) -> list[list[str]]:
    soup = BeautifulSoup(shown.content, "html.parser")
    return [
        [cell.get_text() for cell in row.select(".translation-files__name, bdi, td")]
        for row in soup.select(".translation-files tbody tr")
    ]


def errors(response: Response) -> list[str]:
    return response.context["form"].errors["file"]


def names(response: Response) -> list[str]:
    """The names of the refused files."""
    return [message.split(":")[0] for message in errors(response)]


def texts() -> set[str]:
    return set(StringTranslation.objects.exclude(data="").values_list("data", flat=True))


def test_files__are_shown_one_by_one_and_confirmed_once(coordinator, translations):
    xliff = file_of(translations["takeaway.ru"], "xliff")
    files = files_for(translations)
    del files["takeaway.ru.po"]

    shown = upload_all(coordinator, {**files, "takeaway.xlf": xliff}, next="/admin/translation/board/")

    assert rows(shown) == [
        ["quote.ru.po", "A loaf.", "Русский", "1", "0", "0", "1", "0", "0", "0"],
        ["quote.tg.po", "A loaf.", "Тоҷикӣ", "1", "0", "0", "1", "0", "0", "0"],
        ["takeaway.xlf", "Ask first.", "Русский", "0", "0", "0", "1", "0", "0", "0"],
    ]
    assert not texts()
    done = apply(coordinator, shown)
    assert texts() == {"Хлеб.", "Нон."}
    assert "2 strings have changed." in done.content.decode()
    assert done.redirect_chain[-1][0] == "/admin/translation/board/"


def test_zip__with_objects_and_languages_mixed(coordinator, translations):
    shown = upload_all(coordinator, {"back.zip": zipped(files_for(translations))})

    assert [row[:3] for row in rows(shown)] == [
        ["quote.ru.po", "A loaf.", "Русский"],
        ["quote.tg.po", "A loaf.", "Тоҷикӣ"],
        ["takeaway.ru.po", "Ask first.", "Русский"],
    ]
    apply(coordinator, shown)
    assert texts() == {"Хлеб.", "Нон.", "Сначала спросите."}


def test_refused_strings_and_findings__are_counted(coordinator, translations):
    files = files_for(translations)
    files["quote.ru.po"] = po(translations["quote.ru"], A="A <b>Хлеб")

    shown = upload_all(coordinator, files)

    [row] = [row for row in rows(shown) if row[0] == "quote.ru.po"]
    assert (row[3], row[7]) == ("0", "1")
    assert int(row[9]) > 0


def test_refused_files__are_all_named_and_nothing_is_stored(coordinator, translations):
    files = files_for(translations)
    strange = {"readme.txt": b"Thank you", "notes.docx": b"x"}

    in_zip = errors(upload_all(coordinator, {"back.zip": zipped({**files, **strange})}))
    alone = names(upload_all(coordinator, {**files, **strange, "empty.po": b"  ", "cut.xlf": b"<xliff"}))

    assert [message.split("”")[0] for message in in_zip] == ["“readme.txt", "“notes.docx"]
    assert alone == ["readme.txt", "notes.docx", "empty.po"]
    assert names(upload_all(coordinator, {**files, "cut.xlf": b"<xliff", "bad.po": b"nothing"})) == [
        "cut.xlf",
        "bad.po",
    ]
    assert not PendingImport.objects.exists()
    assert not texts()


def test_files__of_another_site_of_nothing_here_and_in_another_language_are_named(coordinator, translations):
    files = files_for(translations)
    xliff = file_of(translations["quote.ru"], "xliff")
    own = xliff.split(b'original="')[1].split(b"/")[0]
    elsewhere = xliff.replace(own, b"00000000-0000-4000-8000-000000000000")
    tajik = xliff.replace(b'target-language="ru"', b'target-language="tg"')
    translations["takeaway.ru"].enabled = False
    translations["takeaway.ru"].save()

    assert names(upload_all(coordinator, {**files, "e.xlf": elsewhere})) == ["e.xlf"]
    assert names(upload_all(coordinator, files)) == ["takeaway.ru.po"]
    del files["takeaway.ru.po"]
    assert names(upload_all(coordinator, {**files, "t.xlf": tajik})) == ["t.xlf"]


def test_rights__are_asked_for_each_file(newsroom, translations):
    client = newsroom.as_(newsroom.translators["ru"])

    refused = errors(upload_all(client, files_for(translations)))

    assert refused == ["quote.tg.po: You do not have permission to translate into Тоҷикӣ."]


def test_two_files_of_one_object__are_named_and_asked_about(coordinator, translations):
    files = files_for(translations)
    files["old.po"] = po(translations["quote.ru"], A="Буханка.")

    shown = upload_all(coordinator, files)

    assert "“quote.ru.po”, “old.po” are all of “A loaf.” (Русский)." in shown.content.decode()
    apply(coordinator, shown)
    assert not texts()
    url = shown.redirect_chain[-1][0]
    coordinator.post(url, {"digest": shown.context["digest"], "answered": "yes"})
    assert texts() == {"Нон.", "Сначала спросите."}


def test_file_without_header__is_matched_and_asked_about_by_name(coordinator, translations):
    files = files_for(translations)
    header, _blank, entries = files["quote.ru.po"].partition(b"\n\n")
    assert header
    files["quote.ru.po"] = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n' + entries

    shown = upload_all(coordinator, files)

    assert "“quote.ru.po” does not say which translation it belongs to" in shown.content.decode()


def test_bomb__is_named_before_anything_is_kept(coordinator, translations, monkeypatch):
    bomb = zipped({"good.po": files_for(translations)["quote.ru.po"], "bomb.po": b" " * (2 * archive.MEGABYTE)})

    [message] = errors(upload_all(coordinator, {"back.zip": bomb}))
    assert message == "bomb.po: The ZIP file is too large when unpacked."

    monkeypatch.setattr(archive, "LARGEST_SUM", 3_000)
    stored = {f"{number}.zip": zipped({f"{number}.po": b"x" * 2_000}, zipfile.ZIP_STORED) for number in range(2)}
    [message] = errors(upload_all(coordinator, stored))
    assert message.startswith("1.zip: 1.po: The ZIP file is too large")


def test_more_files_than_allowed__are_refused_in_words(coordinator):
    files = {f"{number}.po": b"x" for number in range(archive.MOST_UPLOADS + 1)}

    response = upload_all(coordinator, files)

    assert "More than 100 files. Upload them as a ZIP file." in response.content.decode()


def test_no_file__is_asked_for(coordinator, site):
    assert coordinator.post(reverse(IMPORT)).context["form"].errors["file"] == ["This field is required."]


def test_queries__do_not_grow_with_the_files(coordinator, newsroom, translations, django_assert_max_num_queries):
    files = files_for(translations)
    for number in range(5):
        [each] = newsroom.send(factories.QuoteFactory(text=f"Another {number}."), "ru")
        files[f"{number}.po"] = po(each, Another=f"Ещё {number}.")

    with django_assert_max_num_queries(60):
        shown = upload_all(coordinator, files)
    assert len(rows(shown)) == 8
