"""Numbers and addresses in text that runs from right to left: which are isolated, and where."""

import time

import pytest
from django.utils import translation

from core.languages.bidi import FIRST_ISOLATE, POP_ISOLATE, direction_of, embedded, isolated, isolated_html, runs
from core.seo.text import Text, from_left
from core.seo.text import runs as drawn_runs


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in runs(text)]


@pytest.mark.parametrize(
    "run",
    [
        "44-600-12-34",
        "+992 44 600 12 34",
        "+992 (44) 600-12-34",
        "00992 44 600 12 34",
        "۰۰۹۹۲ ۴۴ ۶۰۰ ۱۲ ۳۴",
        "*123#",
        "*۱۲۳*۱#",
        "(44) 600 12 34",
        "(+992 37) 221-00-00",
        "8 800 555-35-35",
        "8 (800) 555-35-35",
        "8(800)555-35-35",
        "(8 800) 555-35-35",
        "992 (44) 600-12-34",
        "(992) (44) 600-12-34",
        "00 992 (44) 600 12 34",
        "0 (799) 123 456",
        "۰ (۷۹۹) ۱۲۳ ۴۵۶",
        "93 (0) 799 123 456",
        "+992.44.600.12.34",
        "+992 37 221 03 02/03",
        "44-600-12-34/35",
        "221-03-02/03",
        "99244 600-12-34",
        "44600 1234",
        "9 - 17",
        "9 – 17:30",
        "۹ – ۱۷:۳۰",
        "8:30 - 17",
        "+ 992 44 600 12 34",
        "8 a.m.-8 p.m.",
        "1 000-2 000",
        "1 200,5-1 300,5",
        "0799 123 456",
        "۴۴-۶۰۰-۱۲-۳۴",
        "8:00-20:00",
        "8:00–20:00",
        "8:00 – 20:00",
        "۸:۰۰-۲۰:۰۰",
        "24/7",
        "2024-08-16",
        "16.08.2024 - 20.08.2024",
        "-5%",
        "−5 ٪",
        "۶۵٪",
        "1 200 000,5",
        "$5.50",
        "25°C",
        "18+",
        "A/RES/68/192",
        "123/45-6",
        "help-24@example.org",
        "https://example.org/fa-af/1313/?a=1&b=2",
        "www.example.org/help/",
        "https://example.org/برگه?x=1",
        "https://example.org/fa/کمک-فوری/1-2/",
        "https://example.org/۱۳۱۳/کمک#بخش-2",
        "https://مثال.example/x",
        "www.example.org/برگه",
        "example.org/برگه",
        "#EndHumanTrafficking",
    ],
)
@pytest.mark.parametrize(
    "around", ["شماره {} است", "{}", "({})، سپس", "«{}».", "آدرس: {}؛ و", '"{}"', "تلفون:{}."]
)
def test_run__is_found_whole_whatever_stands_beside_it(run, around):
    assert found(around.format(run)) == [run]


@pytest.mark.parametrize(
    "text",
    [
        "۱۲ تن",
        "1,200.5",
        "۱٬۲۰۰٫۵",
        "2023 310 نفر",
        "2021 2022 2023",
        "2023 (310 نفر)",
        "2023 - 310 نفر",
        "30000 2024",
        "بند 3 (2) قانون",
        "۲۰۲۳، ۳۱۰",
        "IOM 2024",
        "روز – شب",
        "",
        "—",
    ],
)
def test_run__is_none_where_every_program_has_the_order_right(text):
    assert found(text) == []


def test_runs__of_two_numbers_are_two():
    assert found("44-600-12-34, 44-600-12-35") == ["44-600-12-34", "44-600-12-35"]
    assert found("8:00-12:00 و 13:00-17:00") == ["8:00-12:00", "13:00-17:00"]


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 50_000,
        "+1" * 50_000,
        "(" * 50_000 + "1",
        "1-" * 50_000 + "ا",
        "a(" * 50_000,
        "a." * 50_000,
        "1 (1) " * 20_000,
        "www." * 50_000,
    ],
)
def test_runs__of_hostile_text_take_no_time(text):
    began = time.perf_counter()
    found(text)
    assert time.perf_counter() - began < 3


def test_isolated__text_has_each_run_isolated_once():
    once = isolated("ساعت 8:00-20:00")
    assert once == f"ساعت {FIRST_ISOLATE}8:00-20:00{POP_ISOLATE}"
    assert isolated(once) == once


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<p>ساعت 8:00-20:00</p>", '<p>ساعت <bdi dir="ltr">8:00-20:00</bdi></p>'),
        ("<p>a&amp;b.org/?x=1&amp;y</p>", '<p><bdi dir="ltr">a&amp;b.org/?x=1&amp;y</bdi></p>'),
        ('<a href="/8:00-20:00/">&lt;1-2&gt;</a>', '<a href="/8:00-20:00/">&lt;<bdi dir="ltr">1-2</bdi>&gt;</a>'),
        ("<bdi>1-2</bdi><script>1-2</script>", "<bdi>1-2</bdi><script>1-2</script>"),
        ("<option>1-2</option>", f"<option>{FIRST_ISOLATE}1-2{POP_ISOLATE}</option>"),
        ("<svg><text>1-2</text></svg>", f"<svg><text>{FIRST_ISOLATE}1-2{POP_ISOLATE}</text></svg>"),
        ("<b>1-2</b> ده <i></i>", '<b><bdi dir="ltr">1-2</bdi></b> ده <i></i>'),
        ("<mark>1</mark>-<mark>2</mark>", f"<mark>{FIRST_ISOLATE}1</mark>-<mark>2{POP_ISOLATE}</mark>"),
        ("ده <b>8:00</b>-20:00 ده", f"ده <b>{FIRST_ISOLATE}8:00</b>-20:00{POP_ISOLATE} ده"),
        ("<body>1-2</body>", '<body><bdi dir="ltr">1-2</bdi></body>'),
        ("<!-- 1-2 --><p>ده</p>", "<!-- 1-2 --><p>ده</p>"),
    ],
)
def test_isolated__markup_keeps_its_elements(html, made):
    assert isolated_html(html, "rtl") == made


def test_isolated__markup_from_left_to_right_is_left_alone_but_for_what_runs_the_other_way():
    html = '<p>8:00-20:00</p><div dir="rtl"><div>1-2</div>اب</div><p>5-6</p>'
    assert isolated_html("<p>8:00-20:00</p>", "ltr") == "<p>8:00-20:00</p>"
    assert isolated_html(html, "ltr") == (
        '<p>8:00-20:00</p><div dir="rtl"><div><bdi dir="ltr">1-2</bdi></div>اب</div><p>5-6</p>'
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("تلفون 44-600-12-34 است", "44-600-12-34"),
        ("تلفون +992 44 600 12 34", "+992 44 600 12 34"),
        ("ساعت 8:00-20:00", "8:00-20:00"),
        ("8:00-20:00 ساعت", "8:00-20:00"),
        ("نامه به info@example.org/ بنویسید", "info@example.org/"),
        ("۶۵٪ و -5%", "-5%"),
    ],
)
def test_share_picture__draws_a_number_in_its_order(text, shown):
    drawn = "".join(
        run.text if run.level % 2 == 0 else run.text[::-1]
        for run in from_left(drawn_runs(Text.of(text, "fa-af", "rtl")))
    )
    assert shown in drawn


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("#YouthDay", "ltr"),
        ("<b>#YouthDay</b> 2026", "ltr"),
        ("روز جوانان #YouthDay", "rtl"),
        ("<b>روز</b>", "rtl"),
        ("1313", "rtl"),
        ("", "rtl"),
    ],
)
def test_direction__is_that_of_the_language_but_for_latin_letters_alone(text, direction):
    assert direction_of(text, "rtl") == direction
    assert direction_of(text, "ltr") == "ltr"


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "Bread Day (2026).", "Bread Day (2026)."),
        ("en", "سوال است (IOM, 2026).", "\u2068سوال است (IOM, 2026).\u2069"),
        ("fa-af", "reviewer", "\u2068reviewer\u2069"),
        ("fa-af", "۳۰ نومبر", "\u2068۳۰ نومبر\u2069"),
    ],
)
def test_embedded__is_isolated_where_directions_meet(code: str, text: str, expected: str):
    with translation.override(code):
        assert embedded(text) == expected
