"""Stories without a heading, a date or a plain dateline: nothing is refused, lost or invented."""

import pytest

from campaigns.models import Quote
from core.publishing.findings import PublishBlocked
from tests import factories
from tests.campaigns.foreign import DARI, FIRST, RUSSIAN, SECOND, TAJIK, TITLE, imported, text_of


@pytest.mark.parametrize(
    "lines",
    [
        [f"Almaty, 12 August 2024 - {FIRST}", SECOND],
        [FIRST, SECOND],
        [f"{FIRST} {SECOND} {FIRST}", SECOND],
    ],
)
def test_title__a_provisional_one_and_a_doubt(site, file, lines):
    page, out = imported(file(*lines))
    assert page.title.startswith("Forty-three young people lit lanterns")
    assert "is provisional" in out
    assert text_of(page).count(FIRST) >= 1
    assert SECOND in text_of(page)


@pytest.mark.parametrize("head", ["", "Almaty - ", "Almaty, 12 August – "])
def test_date__is_never_invented(site, file, head, django_capture_on_commit_callbacks):
    page, out = imported(file(TITLE, f"{head}{FIRST}", SECOND))
    assert (page.date, page.dateline_date, page.latest_revision.as_object().date) == (None, None, None)
    assert "No date found" in out
    with pytest.raises(PublishBlocked) as blocked:
        page.get_latest_revision().publish()
    assert "no_date" in {finding.code for finding in blocked.value.findings}


def test_date__draft_without_one_can_be_opened_saved_and_shown(site, file, client):
    page, _out = imported(file(TITLE, FIRST, SECOND))
    client.force_login(factories.UserFactory(is_superuser=True))
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert client.get(f"/admin/pages/{page.pk}/view_draft/").status_code == 200


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["* The name was changed."], "<p>* The name was changed.</p>"),
        (["* Names were changed.", "* The place, too."], "<p>* Names were changed.</p><p>* The place, too.</p>"),
        (["- The road was long."], "<p>— The road was long.</p>"),
    ],
)
def test_list_marker__is_removed_only_where_it_is_one(site, file, lines, text):
    page, _out = imported(file(TITLE, f"Almaty - Jawad* left home. {FIRST}", *lines))
    assert "Jawad* left home." in text_of(page)
    assert text_of(page).endswith(text)


@pytest.mark.parametrize(
    "lines",
    [
        ["* light the lamp", "* read the name"],
        ["- light the lamp", "- read the name"],
        ["• light the lamp", "· read the name"],
    ],
)
def test_list_marker__of_a_list(site, file, lines):
    page, _out = imported(file(TITLE, f"Almaty - {FIRST}", *lines))
    assert text_of(page).endswith("<ul><li>light the lamp</li><li>read the name</li></ul>")


def test_changed_name__keeps_its_mark_with_the_quote(site, file):
    said = "“We came to learn, and we go home with work to do,” said Jawad*, a participant of the camp."
    imported(file(TITLE, f"Almaty - {FIRST}", said, "* The name was changed."))
    assert Quote.objects.get().imported.name == "Jawad*"


@pytest.mark.parametrize(
    ("locale", "head", "text", "place"),
    [
        ("en", "IOM – Dushanbe, 12 August 2024 – ", FIRST, "Dushanbe"),
        ("en", "IOM: Khujand. ", FIRST, "Khujand"),
        ("en", "(IOM) Romit: ", FIRST, "Romit"),
        ("en", "Press release. Bokhtar, 12 August 2024 – ", FIRST, "Bokhtar"),
        ("en", "Dushanbe: ", FIRST, "Dushanbe"),
        ("en", "Dushanbe. ", FIRST, "Dushanbe"),
        ("ru", "Душанбе. ", RUSSIAN, "Душанбе"),
        ("ru", "Душанбе: ", RUSSIAN, "Душанбе"),
        ("ru", "МОМ, Душанбе – ", RUSSIAN, "Душанбе"),
        ("ru", "МОМ – Худжанд: ", RUSSIAN, "Худжанд"),
        ("ru", "НИАТ «Ховар». Бохтар – ", RUSSIAN, "Бохтар"),
        ("ru", "Душанбе, 3 мая 2024. /НИАТ «Ховар»/. ", RUSSIAN, "Душанбе"),
        ("ru", "Международная организация по миграции, Душанбе, 12 августа 2024 г. – ", RUSSIAN, "Душанбе"),
        ("tg", "ш. Хуҷанд. ", TAJIK, "Хуҷанд"),
        ("tg", "АМИТ «Ховар», Душанбе – ", TAJIK, "Душанбе"),
        ("fa-af", "کابل: ", DARI, "کابل"),
    ],
)
def test_place__beside_an_agency_a_colon_or_a_full_stop(site, file, locale, head, text, place):
    page, _out = imported(file("Almaty 2024", head + text, text), locale=locale)
    assert [tie.place.name for tie in page.places.all()] == [place]
    assert text_of(page).startswith(f"<p>{text}</p>")


def test_place__that_the_database_knows(site, file):
    factories.PlaceFactory(name="Mastchoh-i Kuhi")
    page, _out = imported(file(TITLE, f"Mastchoh-i Kuhi: {FIRST}"))
    assert [tie.place.name for tie in page.places.all()] == ["Mastchoh-i Kuhi"]


@pytest.mark.parametrize(
    "line",
    [
        f"Tomorrow: {FIRST}",
        f"A guide. {FIRST}",
        f"They met in Romit. {FIRST}",
        f"Фонари. {FIRST}",
    ],
)
def test_place__is_none_before_every_colon(site, file, line):
    page, _out = imported(file(TITLE, line, SECOND))
    assert not page.places.exists()
    assert line in text_of(page)
