"""The glossary: terms found in texts, names that come by themselves, proposals, files."""

import csv
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from translate.storage.tbx import tbxfile
from wagtail.models import Locale

from tests import factories
from translation.checks import Code, findings
from translation.glossary import terms_in
from translation.glossary.files import COLUMNS, as_csv, as_tbx, bring_in, read, records
from translation.models import Term, TermStatus, TermTranslation

pytestmark = pytest.mark.django_db

INDEX = "translation_glossary:index"
DEMO = "home/demo/content/terms.csv"


def add(
    text: str, code: str, translation: str, status: str = TermStatus.PREFERRED, **values: str
) -> TermTranslation:
    term = Term.objects.filter(text=text).first() or Term.objects.create(text=text, **values)
    return TermTranslation.objects.create(
        term=term, locale=Locale.objects.get(language_code=code), text=translation, status=status
    )


def codes(source: str, text: str, language: str) -> list[str]:
    return [finding.code for finding in findings(source, text, language)]


def test_terms__are_found_with_their_places_in_any_form(site):
    add("trafficking in persons", "ru", "торговля людьми", other_forms="human trafficking")
    add("victim", "ru", "пострадавший")
    source = '<b>Victims</b> of human trafficking &amp; others; <a id="a1">trafficking in persons</a>'

    found = terms_in(source, "ru")

    assert [source[match.start : match.end] for match in found] == [
        "Victims",
        "human trafficking",
        "trafficking in persons",
    ]
    assert [match.translations[0].text for match in found] == [
        "пострадавший",
        "торговля людьми",
        "торговля людьми",
    ]
    assert terms_in("A trafficker asks", "ru") == []
    assert terms_in(source, "tg") == []


@pytest.mark.parametrize(
    ("code", "term", "text"),
    [
        ("ru", "торговля людьми", "Против торговли людьми"),
        ("tg", "муҳоҷири баргашта", "Ба муҳоҷирони баргашта"),
        ("fa-af", "عودت‌کننده", "برای عودت‌کنندگان"),
    ],
)
def test_translation__is_taken_in_any_form(site, code, term, text):
    add("term", code, term)

    assert Code.TERM not in codes("A term", text, code)
    assert Code.TERM in codes("A term", "XX", code)


def test_forbidden_translation__is_found_unless_it_is_part_of_a_right_one(site):
    add("human trafficking", "fa-af", "قاچاق انسان")
    add("human trafficking", "fa-af", "قاچاق", TermStatus.FORBIDDEN)

    assert Code.FORBIDDEN not in codes("Human trafficking", "قاچاق انسان", "fa-af")
    assert Code.FORBIDDEN in codes("Human trafficking", "قاچاق", "fa-af")


def test_unverified_translation__is_taken_and_not_demanded(site):
    add("shelter", "tg", "паноҳгоҳ", TermStatus.UNVERIFIED)

    assert not {Code.TERM, Code.FORBIDDEN} & set(codes("The shelter", "Ҷой", "tg"))


def test_changed_term__counts_at_once(site):
    translation = add("shelter", "ru", "приют")
    assert Code.TERM in codes("The shelter", "Убежище", "ru")

    translation.text = "убежище"
    translation.save()

    assert Code.TERM not in codes("The shelter", "Убежище", "ru")


def test_names__come_in_by_themselves_once_they_are_live(site):
    place = factories.PlaceFactory(name="Romit")
    russian = factories.PlaceFactory(name="Ромит", locale="ru", translation_key=place.translation_key)

    assert Code.NAME in codes("In Romit", "В Рамите", "ru")
    assert Code.NAME not in codes("In Romit", "В Ромите", "ru")
    russian.unpublish()
    assert Code.NAME not in codes("In Romit", "В Рамите", "ru")


def test_600_terms__are_looked_up_fast(site):
    locale = Locale.objects.get(language_code="ru")
    Term.objects.bulk_create(Term(text=f"term{number} of the field") for number in range(600))
    TermTranslation.objects.bulk_create(
        TermTranslation(term=term, locale=locale, text="термин", status="preferred") for term in Term.objects.all()
    )

    assert [match.term for match in terms_in("A term77 of the field", "ru")] == ["term77 of the field"]


def test_translator__proposes_and_does_not_decide(newsroom):
    client = newsroom.as_(newsroom.translators["tg"])
    tajik, russian = (Locale.objects.get(language_code=code) for code in ("tg", "ru"))
    sent = {"term": "Shelter", "language": tajik.pk, "text": "паноҳгоҳ", "note": "IOM"}

    client.post(reverse("translation_glossary:propose"), {**sent, "language": russian.pk})
    assert not Term.objects.exists()
    assert client.post(reverse("translation_glossary:propose"), sent).url == reverse(INDEX)
    again = client.post(reverse("translation_glossary:propose"), sent)

    assert "It is in the glossary: unverified." in again.content.decode()
    proposed = TermTranslation.objects.get()
    assert (proposed.term.text, proposed.status, proposed.proposed_by) == (
        "Shelter",
        TermStatus.UNVERIFIED,
        newsroom.translators["tg"],
    )
    assert "паноҳгоҳ" in client.get(reverse(INDEX)).content.decode()
    assert client.get(reverse("translation_glossary:edit", args=[proposed.term_id])).status_code in (302, 403)
    assert client.post(reverse("translation_glossary:files"), {}).status_code in (302, 403)


def test_search_of_the_list__has_a_name_beside_that_of_the_sidebar(newsroom):
    shown = newsroom.as_(newsroom.publisher).get(reverse(INDEX)).content.decode()

    assert shown.count('role="search"') == shown.count('role="search" aria-label="Glossary"') == 1


def test_coordinator__adds_a_term_with_translations(newsroom):
    client = newsroom.as_(newsroom.editor)
    sent = {
        "text": "shelter",
        "part_of_speech": "noun",
        "other_forms": "",
        "note": "",
        "translations-TOTAL_FORMS": "1",
        "translations-INITIAL_FORMS": "0",
        "translations-MIN_NUM_FORMS": "0",
        "translations-MAX_NUM_FORMS": "1000",
        "translations-0-locale": Locale.objects.get(language_code="ru").pk,
        "translations-0-text": "убежище",
        "translations-0-status": "preferred",
        "translations-0-part_of_speech": "",
        "translations-0-other_forms": "",
        "translations-0-note": "",
        "translations-0-id": "",
    }

    client.post(reverse("translation_glossary:add"), sent)

    assert TermTranslation.objects.get().term.text == "shelter"
    assert "убежище" in client.get(reverse(INDEX), {"q": "убеж"}).content.decode()


def fill() -> None:
    add("shelter", "ru", "убежище", part_of_speech="noun", other_forms="shelters, refuge", note="A place")
    add("shelter", "ru", "приют", TermStatus.ALLOWED)
    add("shelter", "tg", "паноҳгоҳ", TermStatus.UNVERIFIED)
    add("victim", "ru", "жертва", TermStatus.FORBIDDEN)
    Term.objects.create(text="alone")


@pytest.mark.parametrize(("name", "write"), [("g.csv", as_csv), ("g.tbx", as_tbx)])
def test_file__comes_back_as_it_went(site, name, write):
    fill()
    before = list(records())
    content = write(before)
    Term.objects.all().delete()

    done = bring_in(read(name, content))

    assert list(records()) == before
    assert (done.added, done.changed) == (7, 0)
    done = bring_in(read(name, content))
    assert (done.added, done.changed) == (0, 0)


def test_tbx__is_read_by_translate_toolkit(site):
    fill()

    units = tbxfile.parsefile(BytesIO(as_tbx(records()))).units

    assert {"alone", "shelter", "victim"} <= {unit.source for unit in units}


def test_newer_tbx__is_read(site):
    langs = (
        '<langSec xml:lang="en"><termSec><term>border</term></termSec></langSec>'
        '<langSec xml:lang="prs"><termSec><term>سرحد</term>'
        '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>'
    )
    content = (
        '<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic"><text><body>'
        f"<conceptEntry>{langs}</conceptEntry></body></text></tbx>"
    )

    bring_in(read("g.tbx", content.encode()))

    found = TermTranslation.objects.get()
    assert (found.term.text, found.text, found.locale.language_code, found.status) == (
        "border",
        "سرحد",
        "fa-af",
        TermStatus.PREFERRED,
    )


def load(client: Client, name: str, content: bytes) -> str:
    return client.post(
        reverse("translation_glossary:files"), {"file": SimpleUploadedFile(name, content)}, follow=True
    ).content.decode()


def test_files__through_the_admin(newsroom):
    fill()
    client = newsroom.as_(newsroom.editor)
    exported = client.get(reverse("translation_glossary:export", args=["csv"]))
    Term.objects.all().delete()

    assert "Added: 7." in load(client, "glossary.csv", exported.content)
    assert Term.objects.get(text="shelter").other_forms == "shelters, refuge"
    assert "Added: 2." in load(client, "g.csv", "term;language;translation\r\nborder;ru;граница\r\n".encode())
    assert "no column" in load(client, "glossary.csv", b"a,b\n1,2\n")
    assert "not valid XML" in load(client, "glossary.tbx", b"<martif")
    assert "not valid XML" in load(client, "g.tbx", b'<!DOCTYPE a [<!ENTITY b "c">]><martif>&b;</martif>')
    assert "CSV or TBX" in load(client, "glossary.xls", b"x")
    written = StringIO()
    csv.DictWriter(written, COLUMNS).writerows(
        [dict.fromkeys(COLUMNS, "") | {"term": "x", "language": "uz", "translation": "y"}]
    )
    assert "uz" in load(client, "g.csv", (",".join(COLUMNS) + "\n" + written.getvalue()).encode())


def test_demo__has_the_terms_of_the_field(site):
    call_command("import_glossary", DEMO)

    assert Term.objects.count() >= 60
    assert Term.objects.filter(translations__locale__language_code="ru").distinct().count() >= 60
    assert [match.term for match in terms_in("Victims of trafficking and returnees", "tg")] == [
        "victim of trafficking",
        "returnee",
    ]
