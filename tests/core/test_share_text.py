"""Titles as glyphs: the right ones, in the right order, in every script."""

import io

import pytest
from PIL import Image

from core.design.colours import ACCENTS, channels
from core.seo import drawing
from core.seo.drawing import draw
from core.seo.text import FILES, Text, from_left, letters, runs, shape, shorten, wrap

LONG = "A title that goes on and on " * 20
TITLES = [
    ("en", "ltr", "World Day Against Trafficking in Persons"),
    ("ru", "ltr", "Международный день молодёжи: «Ёлка»"),
    ("tg", "ltr", "Рӯзи ҷаҳонии мубориза бо хариду фурӯши одамон: ғамхорӣ, қувват"),
    ("fa-af", "rtl", "روز جهانی مبارزه با قاچاق انسان"),
    ("en", "ltr", LONG),
    ("fa-af", "rtl", "عودت‌کننده " * 60),
    ("en", "ltr", "Unbreakable" * 20),
    ("en", "ltr", ""),
    ("en", "ltr", "移民 🦋"),
]


def drawn(title: str, code: str = "en", direction: str = "ltr") -> Image.Image:
    return Image.open(io.BytesIO(draw(title, "Site", code, direction, "iris", "seed"))).convert("RGB")


def in_order(text: str, direction: str = "rtl") -> list[str]:
    return [run.text for run in from_left(runs(Text.of(text, "fa-af", direction)))]


@pytest.mark.parametrize(("code", "direction", "title"), TITLES)
def test_picture__has_its_size_and_is_light(code: str, direction: str, title: str):
    data = draw(title, "Migration in Tajikistan", code, direction, "crimson", "wdatip")

    assert Image.open(io.BytesIO(data)).size == (1200, 630)
    assert len(data) < 120_000


@pytest.mark.parametrize("accent", ACCENTS)
def test_picture__wears_the_colour(accent: str):
    picture = Image.open(io.BytesIO(draw("", "", "en", "ltr", accent, "seed"))).convert("RGB")

    assert picture.getpixel((5, 5)) == channels(ACCENTS[accent].light)
    assert len(set(picture.crop((1200 - drawing.CLOTH, 0, 1200, 630)).get_flattened_data())) > 2


def test_picture__of_a_title_from_right_to_left_is_turned_round():
    ground = channels(ACCENTS["iris"].light)

    assert drawn("Title").getpixel((5, 5)) == drawn("عنوان", "fa-af", "rtl").getpixel((1195, 5)) == ground


def test_picture__is_the_same_for_the_same_and_another_for_another_title():
    first = draw("One", "Site", "en", "ltr", "iris", "seed")
    draw.cache_clear()

    assert draw("One", "Site", "en", "ltr", "iris", "seed") == first
    assert draw("Two", "Site", "en", "ltr", "iris", "seed") != first


@pytest.mark.parametrize("text", ["ғӣқӯҳҷ ҒӢҚӮҲҶ", "ёЁъэы", "Ää “quoted” – №", "پچژگکی ءئؤ ۰۱۲۳۴۵۶۷۸۹، ؟؛"])
def test_fonts__have_every_letter_of_the_sites_languages(text: str):
    known = frozenset.union(*(letters(font) for font in range(len(FILES))))

    assert [character for character in text if ord(character) not in known] == []


@pytest.mark.parametrize(("_code", "direction", "title"), [title for title in TITLES if "移" not in title[2]])
def test_shape__draws_no_empty_box(_code: str, direction: str, title: str):
    assert all(glyph.code for glyph in shape(Text.of(title, _code, direction)).glyphs)


def test_shape__leaves_out_what_no_font_has():
    assert shape(Text.of("🦋移", "en", "ltr")).glyphs == ()


def test_shape__joins_arabic_letters():
    """The same letter is drawn as another glyph at the beginning, amid and at the end of a word."""
    glyphs = [glyph.code for glyph in shape(Text.of("ععع", "fa-af", "rtl")).glyphs]
    alone = shape(Text.of("ع", "fa-af", "rtl")).glyphs[0].code

    assert len({*glyphs, alone}) == 4


def test_shape__keeps_apart_what_a_joiner_keeps_apart():
    joined = shape(Text.of("عودتکننده", "fa-af", "rtl"))
    apart = shape(Text.of("عودت‌کننده", "fa-af", "rtl"))

    assert [glyph.code for glyph in joined.glyphs] != [glyph.code for glyph in apart.glyphs]


def test_order__latin_and_numbers_run_on_from_left_to_right_in_arabic_text():
    assert in_order("روز IOM Dushanbe") == ["IOM Dushanbe", "روز "]
    assert in_order("۳۰ جولای ۲۰۲۶") == ["۲۰۲۶", " جولای ", "۳۰"]


def test_order__both_brackets_of_a_pair_go_the_way_of_the_text():
    levels = dict(zip("و(IOM)ب", Text.of("و(IOM)ب", "fa-af", "rtl").levels, strict=True))

    assert levels["("] == levels[")"] == 1
    assert levels["I"] == 2
    assert Text.of("و A(B)", "fa-af", "rtl").levels[3] == 2


def test_wrap__keeps_each_line_within_its_width_and_loses_no_word():
    text = Text.of(LONG.strip(), "en", "ltr")
    lines = wrap(text, 12)

    assert " ".join(line.characters for line in lines) == text.characters
    assert all(shape(line).width <= 12 for line in lines)


def test_shorten__ends_with_an_ellipsis():
    short = shorten(Text.of("Unbreakable" * 20, "en", "ltr"), 8)

    assert short.characters.endswith("…")
    assert shape(short).width <= 8
    assert shorten(Text.of("Short", "en", "ltr"), 8).characters == "Short"
