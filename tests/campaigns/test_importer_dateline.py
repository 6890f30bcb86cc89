import datetime

import pytest

from campaigns.importer.dateline import date_in_sentence, parse_dateline
from campaigns.importer.dates import find_date

TEXT = "Forty-three young people met in the mountains to speak of work abroad and its risks."
RUSSIAN = "Сорок три молодых человека встретились в горах, чтобы поговорить о работе за рубежом."
TAJIK = "Чилу се нафар ҷавонон дар кӯҳ ҷамъ омаданд, то дар бораи муҳоҷират сӯҳбат кунанд."
DAY = datetime.date(2024, 8, 12)
SIX = ["Osh", "Naryn", "Talas", "Batken", "Tokmok", "Balykchy"]


@pytest.mark.parametrize(
    ("head", "places", "date"),
    [
        ("Romit, Tajikistan, August 12, 2024 - ", [("Romit", "Tajikistan")], DAY),
        ("Bishkek/Astana, 12 August 2024 – ", [("Bishkek", ""), ("Astana", "")], DAY),
        ("Almaty - ", [("Almaty", "")], None),
        ("Geneva – ", [("Geneva", "")], None),
        ("Geneva ― ", [("Geneva", "")], None),
        ("Dushanbe, 12.08.2024. (Agency) – ", [("Dushanbe", "")], DAY),
        ("Dushanbe (12 August 2024) — ", [("Dushanbe", "")], DAY),
        ("DUSHANBE – ", [("Dushanbe", "")], None),
        ("NEW YORK, 12 Aug. 2024 – ", [("New York", "")], DAY),
        ("DUSHANBE, Tajikistan (Agency) — ", [("Dushanbe", "Tajikistan")], None),
        ("DUSHANBE—", [("Dushanbe", "")], None),
        ("Jalal-Abad, Kyrgyz Republic -", [("Jalal-Abad", "Kyrgyz Republic")], None),
        ("Khujand, 2024-08-12 -- ", [("Khujand", "")], DAY),
        ("Khujand, Monday, 12.08.2024: ", [("Khujand", "")], DAY),
        ("Khujand, 12th of August, 2024. ", [("Khujand", "")], DAY),
        ("Kulob, Tajikistan, 30 July – 12 August 2024 – ", [("Kulob", "Tajikistan")], DAY),
        ("Kulob, August 8–12, 2024 – ", [("Kulob", "")], DAY),
        ("Osh/Jalal-Abad, Kyrgyzstan – ", [("Osh", "Kyrgyzstan"), ("Jalal-Abad", "Kyrgyzstan")], None),
        ("Osh, Kyrgyzstan/Romit, Tajikistan – ", [("Osh", "Kyrgyzstan"), ("Romit", "Tajikistan")], None),
        ("Dushanbe and Khujand, 12 August 2024 – ", [("Dushanbe", ""), ("Khujand", "")], DAY),
        ("Sarajevo, Bosnia & Herzegovina – ", [("Sarajevo", "Bosnia & Herzegovina")], None),
        ("Sarajevo, Bosnia and Herzegovina – ", [("Sarajevo", "Bosnia and Herzegovina")], None),
        ("Tajikistan – ", [("Tajikistan", "")], None),
        ("Khorog (Tajikistan), 12 August 2024 – ", [("Khorog", "Tajikistan")], DAY),
        ("Khorog (Tajikistan) – ", [("Khorog", "Tajikistan")], None),
        ("Khorog /Agency/ – ", [("Khorog", "")], None),
        ("Washington, D.C., 12 August 2024 – ", [("Washington", "")], DAY),
        ("12 August 2024, Dushanbe – ", [("Dushanbe", "")], DAY),
        ("12 August 2024 – ", [], DAY),
        ("Dushanbe, Tajikistan – 12 August 2024 – ", [("Dushanbe", "Tajikistan")], DAY),
        ("Dushanbe - 12 August 2024: ", [("Dushanbe", "")], DAY),
        ("Bishkek/Osh/Naryn, 12 August 2024 – ", [("Bishkek", ""), ("Osh", ""), ("Naryn", "")], DAY),
        ("Bishkek / Osh / Naryn, 12 August 2024 – ", [("Bishkek", ""), ("Osh", ""), ("Naryn", "")], DAY),
        ("Bishkek/Osh/Naryn – ", [("Bishkek", ""), ("Osh", ""), ("Naryn", "")], None),
        ("12 August 2024, Bishkek/Osh/Naryn – ", [("Bishkek", ""), ("Osh", ""), ("Naryn", "")], DAY),
        ("Osh/Naryn/Talas/Batken/Tokmok/Balykchy, 12 August 2024 – ", [(name, "") for name in SIX], DAY),
        ("Osh/Naryn/Talas/Batken, Kyrgyzstan, 12 August 2024 - ", [(name, "Kyrgyzstan") for name in SIX[:4]], DAY),
        ("Khorog /Agency/, 12 August 2024 – ", [("Khorog", "")], DAY),
        ("Khorog /Tajikistan/ 12 August 2024 – ", [("Khorog", "Tajikistan")], DAY),
        ("Khorog, 12 August 2024 /Agency/ – ", [("Khorog", "")], DAY),
        ("[Dushanbe, 12 August 2024] – ", [("Dushanbe", "")], DAY),
        ("[Dushanbe, 12 August 2024] ", [("Dushanbe", "")], DAY),
        ("[12 August 2024, Dushanbe]. ", [("Dushanbe", "")], DAY),
        ("[Dushanbe] – ", [("Dushanbe", "")], None),
        ("Almaty- ", [("Almaty", "")], None),
        ("Bokhtar, Khatlon region, 12 August 2024 – ", [("Bokhtar", "")], DAY),
        ("Bokhtar, Khatlon Province, Tajikistan – ", [("Bokhtar", "Tajikistan")], None),
        ("Khorog, GBAO, Tajikistan, 12 August 2024. ", [("Khorog", "Tajikistan")], DAY),
        ("Romit, Tajikistan, August 12 2024-", [("Romit", "Tajikistan")], DAY),
    ],
)
def test_parse_dateline__english(head, places, date):
    dateline = parse_dateline(head + TEXT)
    assert [(place.name, place.country) for place in dateline.places] == places
    assert (dateline.date, dateline.text, dateline.doubt) == (date, TEXT, "")


@pytest.mark.parametrize(
    ("head", "places", "date"),
    [
        ("Душанбе, 12 августа 2024 г. – ", [("Душанбе", "")], DAY),
        ("г. Душанбе, 12 августа 2024 года – ", [("Душанбе", "")], DAY),
        ("Ромит, Таджикистан, 12.08.2024 г. — ", [("Ромит", "Таджикистан")], DAY),
        ("ДУШАНБЕ – ", [("Душанбе", "")], None),
        ("Душанбе. 12 августа 2024. АГЕНТСТВО – ", [("Душанбе", "")], DAY),
        ("Душанбе, 12 августа 2024 г. /Агентство/ – ", [("Душанбе", "")], DAY),
        ("Бишкек/Астана, понедельник, 12 августа 2024 г. – ", [("Бишкек", ""), ("Астана", "")], DAY),
        ("Бишкек/Ош/Нарын, 12 августа 2024 г. –", [("Бишкек", ""), ("Ош", ""), ("Нарын", "")], DAY),
        ("Худжанд и Куляб, 12 августа 2024 – ", [("Худжанд", ""), ("Куляб", "")], DAY),
        ("Бохтар, Хатлонская область, 12 августа 2024 г. – ", [("Бохтар", "")], DAY),
        ("г. Бохтар, Хатлонская область, 12 августа 2024 г. – ", [("Бохтар", "")], DAY),
        ("г. Бохтар, Хатлонская обл., 12.08.2024 – ", [("Бохтар", "")], DAY),
        ("Хатлонская область, Бохтар, 12.08.2024 – ", [("Бохтар", "")], DAY),
        ("с. Ромит, район Рудаки, Таджикистан, 12.08.2024 – ", [("Ромит", "Таджикистан")], DAY),
        ("Хорог, Горно-Бадахшанская автономная область – ", [("Хорог", "")], None),
        ("Хорог, ГБАО, 12.08.2024 – ", [("Хорог", "")], DAY),
        ("Исфара, Согдийская область. ", [("Исфара", "")], None),
        ("Хатлонская область, 12.08.2024 – ", [("Хатлонская область", "")], DAY),
    ],
)
def test_parse_dateline__russian(head, places, date):
    dateline = parse_dateline(head + RUSSIAN)
    assert [(place.name, place.country) for place in dateline.places] == places
    assert (dateline.date, dateline.text) == (date, RUSSIAN)


@pytest.mark.parametrize(
    ("head", "places", "date"),
    [
        ("Душанбе, 12 августи соли 2024 – ", [("Душанбе", "")], DAY),
        ("ш. Душанбе, 12-уми августи соли 2024 – ", [("Душанбе", "")], DAY),
        ("Ромит, Тоҷикистон, 12 августи 2024 – ", [("Ромит", "Тоҷикистон")], DAY),
        ("Хуҷанд – ", [("Хуҷанд", "")], None),
        ("ш. Бохтар, вилояти Хатлон, 12 августи соли 2024 – ", [("Бохтар", "")], DAY),
        ("Хоруғ, ВМКБ, 12 августи 2024 – ", [("Хоруғ", "")], DAY),
        ("Ромит, ноҳияи Рӯдакӣ. ", [("Ромит", "")], None),
    ],
)
def test_parse_dateline__tajik(head, places, date):
    dateline = parse_dateline(head + TAJIK)
    assert [(place.name, place.country) for place in dateline.places] == places
    assert (dateline.date, dateline.text) == (date, TAJIK)


@pytest.mark.parametrize(
    "line",
    [
        "Safe migration - a guide for those who leave and for those who stay behind at home.",
        "Душанбе – столица Таджикистана, и сюда приезжают учиться со всей страны каждый год.",
        "Well-being – The word stands in every plan, and nobody had asked the young people of it.",
        "On 12 August 2024 – a Monday – the camp opened its doors for forty-three young people.",
        "The camp, 12 August 2024 onwards, was open to everybody who wanted to learn something.",
        "Dushanbe, 12 August 2024 was the day on which the camp began, and it rained all day.",
        "Tajikistan – Youth Camp Opens in Romit",
        "Data and Resources",
        "[Photo] – The camp opened its doors for forty-three young people on a Monday in August.",
        "Jalal-Abad welcomed forty-three young people who had come to speak of work and its risks.",
        "The Region – The word stands in every plan, and nobody had asked the young people of it.",
        "- Take Action",
        "–",
        "",
    ],
)
def test_parse_dateline__is_none(line):
    words = frozenset(["well", "being", "well-being", "the", "camp", "on", "safe", "migration"])
    assert parse_dateline(line, words) is None


def test_parse_dateline__words_that_the_story_writes_small_are_no_place():
    line = f"Safe Migration – {TEXT}"
    assert parse_dateline(line).places
    assert parse_dateline(line, frozenset({"safe", "migration"})) is None
    assert parse_dateline(f"New York – {TEXT}", frozenset({"new"})).places[0].name == "New York"


@pytest.mark.parametrize("written", ["12 August", "31.02.2024", "12 авг"])
def test_parse_dateline__incomplete_date_is_told(written):
    dateline = parse_dateline(f"Dushanbe, {written} – {TEXT}")
    assert dateline.places[0].name == "Dushanbe"
    assert dateline.date is None
    assert written in dateline.doubt


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("08/05/2024", datetime.date(2024, 5, 8)),
        ("8-5-2024", datetime.date(2024, 5, 8)),
        ("16 August 1024", datetime.date(1024, 8, 16)),
        ("16 August 1989", datetime.date(1989, 8, 16)),
        ("16 August 2204", datetime.date(2204, 8, 16)),
    ],
)
def test_parse_dateline__doubtful_date_is_kept_and_told(written, date):
    dateline = parse_dateline(f"Dushanbe, {written} – {TEXT}")
    assert dateline.date == date
    assert written in dateline.doubt


@pytest.mark.parametrize("written", ["08.05.2024", "05/05/2024", "13/05/2024", "2024-05-08", "1 January 1990"])
def test_parse_dateline__what_can_be_read_one_way_is_not_doubted(written):
    assert parse_dateline(f"Dushanbe, {written} – {TEXT}").doubt == ""


def test_parse_dateline__up_to_a_year_ahead_is_not_doubted():
    today = datetime.date.today()
    for days, doubted in ((365, False), (370, True)):
        day = today + datetime.timedelta(days=days)
        assert bool(parse_dateline(f"Dushanbe, {day.isoformat()} – {TEXT}").doubt) is doubted


def test_parse_dateline__on_a_line_of_its_own():
    dateline = parse_dateline("Dushanbe, 12 August 2024")
    assert (dateline.places[0].name, dateline.date, dateline.text) == ("Dushanbe", DAY, "")
    assert parse_dateline("Youth Day, 12 August 2024", frozenset({"youth", "day"})) is None


RUSSIAN_MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
TAJIK_MONTHS = "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри"


@pytest.mark.parametrize(
    ("number", "russian", "tajik"),
    list(zip(range(1, 13), RUSSIAN_MONTHS.split(), TAJIK_MONTHS.split(), strict=True)),
)
def test_find_date__every_month_in_three_languages(number, russian, tajik):
    english = datetime.date(2023, number, 1).strftime("%B")
    for text in (
        f"3 {english} 2023",
        f"{english} 3, 2023",
        f"3 {english[:3]} 2023",
        f"3 {russian} 2023 года",
        f"3 {tajik} соли 2023",
        f"03.{number:02}.2023",
        f"2023-{number:02}-03",
    ):
        assert find_date(text).date == datetime.date(2023, number, 3), text


@pytest.mark.parametrize(
    "text", ["43 participants", "march 20 km", "version 1.2.2024.5", "A/RES/68/192", "2014-2024"]
)
def test_find_date__none(text):
    found = find_date(text)
    assert found is None or found.date is None


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("The workshop ended yesterday, 14 June 2023, in the capital.", datetime.date(2023, 6, 14)),
        ("Мастерская завершилась вчера, 14 июня 2023 года.", datetime.date(2023, 6, 14)),
        ("The office opened on 14 June 2023 after a year of work.", datetime.date(2023, 6, 14)),
        ("The Convention of 28 July 1951 protects those who flee.", None),
        ("It was a warm day.", None),
    ],
)
def test_date_in_sentence__only_the_day_that_is_spoken_of(sentence, date):
    found = date_in_sentence(sentence)
    assert (found.date if found else None) == date
