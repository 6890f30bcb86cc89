"""Stories without a heading, a date or a plain dateline: nothing is refused, lost or invented."""

import datetime

import pytest

from campaigns.models import Quote
from core.findings import PublishBlocked
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
    assert "was made from the first words" in out
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
        ("ru", "Радио Озоди, Душанбе. ", RUSSIAN, "Душанбе"),
        ("ru", "Радио Озоди: Исфара. ", RUSSIAN, "Исфара"),
        ("ru", "Телеканал «Сафина», Хорог: ", RUSSIAN, "Хорог"),
        ("ru", "Душанбе. (МОМ) ", RUSSIAN, "Душанбе"),
        ("ru", "Душанбе – (МОМ) ", RUSSIAN, "Душанбе"),
        ("ru", "ДУШАНБЕ – РИА Новости. ", RUSSIAN, "Душанбе"),
        ("tg", "Радиои Озодӣ, Хуҷанд. ", TAJIK, "Хуҷанд"),
        ("en", "Radio Liberty, Khujand. ", FIRST, "Khujand"),
        ("en", "Khujand: /IOM/ ", FIRST, "Khujand"),
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


MAY = datetime.date(2025, 5, 12)


@pytest.mark.parametrize(
    ("locale", "line", "place", "date", "text"),
    [
        ("en", "IOM Tajikistan: Gharm, 12 May 2025: The school got desks.", "Gharm", MAY, "The school got desks."),
        ("en", "UNICEF Tajikistan – Rasht. 12 May 2025. The road is open.", "Rasht", MAY, "The road is open."),
        ("en", "IOM. Panjakent. Families got coal.", "Panjakent", None, "Families got coal."),
        ("en", "Dushanbe: The school got a wall.", "Dushanbe", None, "The school got a wall."),
        ("en", "Khorog – Families got coal.", "Khorog", None, "Families got coal."),
        ("en", "IOM Tajikistan | Kulob: Farmers got seeds.", "Kulob", None, "Farmers got seeds."),
        ("en", "IOM | Kulob | Farmers got seeds.", "Kulob", None, "Farmers got seeds."),
        ("en", "(Khorog, 12 May 2025) Families got coal.", "Khorog", MAY, "Families got coal."),
        ("en", "(Khorog, 12 May 2025): Families got coal.", "Khorog", MAY, "Families got coal."),
        ("en", "Bokhtar: 12 May 2025 was warm for all.", "Bokhtar", MAY, "12 May 2025 was warm for all."),
        ("en", "IOM, 12 May 2025 – Families got coal.", None, MAY, "Families got coal."),
        (
            "ru",
            "МОМ Таджикистан, Куляб: 12 мая 2025 года семьи пришли.",
            "Куляб",
            MAY,
            "12 мая 2025 года семьи пришли.",
        ),
        (
            "ru",
            "Таджикистан, Душанбе (МОМ): 12 мая 2025 года мы пришли.",
            "Душанбе",
            MAY,
            "12 мая 2025 года мы пришли.",
        ),
        ("ru", "Пенджикент. 12 мая 2025 г. Сорок женщин пришли.", "Пенджикент", MAY, "Сорок женщин пришли."),
        ("ru", "г. Хорог. 12.05.2025 г. «Мы рады».", "Хорог", MAY, "«Мы рады»."),
        ("ru", "Хорог. 12 мая 2025 г. «Да», – пели они.", "Хорог", MAY, "«Да», – пели они."),
        (
            "ru",
            "Пенджикент. 12 мая 2025 г. мы пришли домой.",
            "Пенджикент",
            MAY,
            "12 мая 2025 г. мы пришли домой.",
        ),
        ("ru", "(Исфара, 12.05.2025) Семьи получили дрова.", "Исфара", MAY, "Семьи получили дрова."),
        ("ru", "(UNHCR) – Хорог. 12 мая 2025 года. Семьи рады.", "Хорог", MAY, "Семьи рады."),
        ("ru", "СМИ «Спутник», Истаравшан. Жители получили воду.", "Истаравшан", None, "Жители получили воду."),
        ("ru", "МОМ. Рашт. 40 семей получили воду.", "Рашт", None, "40 семей получили воду."),
        ("ru", "ТАДЖИКИСТАН. Хорог. 12 мая 2025 года. Семьи рады.", "Хорог", MAY, "Семьи рады."),
        ("ru", "Хорог. (12 мая 2025). Семьи рады.", "Хорог", MAY, "Семьи рады."),
        ("ru", "12 мая 2025, Душанбе. Семьи рады.", "Душанбе", MAY, "Семьи рады."),
        ("ru", "12.05.2025 г., Хорог: Семьи рады.", "Хорог", MAY, "Семьи рады."),
        ("en", "12 May 2025. Khorog. Families got coal.", "Khorog", MAY, "Families got coal."),
        ("ru", "ДУШАНБЕ, 12 мая 2025 – Sputnik. Семьи рады.", "Душанбе", MAY, "Семьи рады."),
        ("ru", "ДУШАНБЕ, 12 мая 2025 – Радио Озоди. Семьи рады.", "Душанбе", MAY, "Семьи рады."),
        ("en", "DUSHANBE, 12 May 2025 – AKIpress. Families got coal.", "Dushanbe", MAY, "Families got coal."),
        ("en", "Khorog, 12 May 2025 – The news. All got coal.", "Khorog", MAY, "The news. All got coal."),
        ("en", "Khorog, 12 May 2025 – (Here) All got coal.", "Khorog", MAY, "(Here) All got coal."),
        ("ru", "(МОМ, Хорог, 12 мая 2025 г.) Семьи рады.", "Хорог", MAY, "Семьи рады."),
        ("tg", "СММ Тоҷикистон: Хоруғ: Мардум об гирифтанд.", "Хоруғ", None, "Мардум об гирифтанд."),
    ],
)
def test_place_and_date__of_a_short_text(site, file, locale, line, place, date, text):
    page, out = imported(file("Almaty 2024", line), locale=locale)
    assert [tie.place.name for tie in page.places.all()] == ([place] if place else [])
    assert (page.dateline_date, text_of(page)) == (date, f"<p>{text}</p>")
    assert ("No date found" in out) is (date is None)


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        ("en", ["Dushanbe is the capital. The school got a wall."]),
        ("en", ["Khorog: a town of stones and rivers."]),
        ("en", ["IOM Tajikistan opened a school in Gharm: The children are glad."]),
        ("en", ["IOM. The office in Khorog was open. Families came."]),
        ("en", ["UNHCR Tajikistan: The office has a new head."]),
        ("en", ["Gharm, 12 May 2025 was the day of the desks."]),
        ("en", ["They left home in May.", "Dushanbe: The school got a wall."]),
        ("en", ["Easter: The children sang in the town."]),
        ("en", ["Khorog. Cold."]),
        ("en", ["(Photo of 12 May 2025) The school got a wall."]),
        ("en", ["“Dushanbe. We went home,” she said."]),
        ("ru", ["Душанбе: столица и дом для многих."]),
        ("ru", ["Хорог и мы. Так было всегда."]),
        ("ru", ["Восток. Там дети были рады."]),
        ("ru", ["В Хороге: Дети получили парты."]),
        ("ru", ["Зарина. Она приехала из Хорога."]),
    ],
)
def test_place__is_none_where_a_sentence_only_begins_with_a_name(site, file, locale, lines):
    page, _out = imported(file("Almaty 2024", *lines), locale=locale)
    assert not page.places.exists()
    assert page.dateline_date is None
    assert "".join(lines) in text_of(page).replace("</p><p>", "").replace("&quot;", '"')


@pytest.mark.parametrize(
    ("locale", "lines", "title", "text"),
    [
        ("ru", ["Вода в селе", "Рашт. Жители села получили воду.", "Они рады."], "Вода в селе", "Жители"),
        ("ru", ["Вода в селе", "Холодно. Но вода есть.", "Они рады."], "Вода в селе", "Холодно. Но"),
        ("en", ["Water", "It came at last.", "They are glad."], "Water", "It came"),
        ("en", ["It came at last.", "They are glad."], "It came at last", "It came"),
        ("en", ["It came at last."], "It came at last", "It came"),
        ("fa-af", ["آب", "مردم آب گرفتند.", "آنها خوش هستند؟"], "آب", "مردم"),
    ],
)
def test_short_lines__become_a_draft_with_doubts(site, file, locale, lines, title, text):
    page, out = imported(file(*lines), locale=locale)
    assert page.title == title
    assert text_of(page).startswith(f"<p>{text}")
    assert "Check" in out
    assert "No date found" in out


@pytest.mark.parametrize(
    ("locale", "head", "place", "date"),
    [
        ("en", ["Khujand, Tajikistan", "12 May 2025"], "Khujand", MAY),
        ("en", ["12 May 2025", "Khujand"], "Khujand", MAY),
        ("en", ["Khujand, Tajikistan, 12 May 2025"], "Khujand", MAY),
        ("en", ["Khujand, Tajikistan"], "Khujand", None),
        ("ru", ["г. Бохтар, Хатлонская область", "12.05.2025"], "Бохтар", MAY),
        ("tg", ["Хуҷанд, Тоҷикистон", "12 майи соли 2025"], "Хуҷанд", MAY),
    ],
)
def test_dateline__of_the_first_lines_is_no_title(site, file, locale, head, place, date):
    text = {"en": FIRST, "ru": RUSSIAN, "tg": TAJIK}[locale]
    page, out = imported(file(*head, text), locale=locale)
    assert [tie.place.name for tie in page.places.all()] == [place]
    assert (page.dateline_date, text_of(page)) == (date, f"<p>{text}</p>")
    assert page.title[:20] == text[:20]
    assert "was made from the first words" in out


def test_dateline__of_the_first_lines_above_a_title(site, file):
    page, out = imported(file("Khujand, Tajikistan", "12 May 2025", TITLE, FIRST))
    assert (page.title, page.dateline_date, text_of(page)) == (TITLE, MAY, f"<p>{FIRST}</p>")
    assert "was made from the first words" not in out


@pytest.mark.parametrize(
    ("lines", "title", "text"),
    [
        (
            ["- The children came home", "- The school is open"],
            "The children came home",
            "<ul><li>The children came home</li><li>The school is open</li></ul>",
        ),
        (
            ["we came home late", "the children were glad"],
            "we came home late",
            "<p>we came home late</p><p>the children were glad</p>",
        ),
        (["The school is open"] * 2, "The school is open", "<p>The school is open</p>" * 2),
        (["The school is open."] * 3, "The school is open", "<p>The school is open.</p>" * 3),
    ],
)
def test_lines_of_one_kind__become_a_draft_with_a_provisional_title(site, file, lines, title, text):
    page, out = imported(file(*lines))
    assert (page.title, text_of(page)) == (title, text)
    assert "was made from the first words" in out
