import re

import pikepdf
import pytest
from PIL import Image

from home.demo import content

FILES = content.FOLDER / "files"
PIECES = [*content.snippets(), *content.pages()]


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: f"{piece.model.__name__}:{piece.key}")
def test_piece__has_as_many_lines_in_each_language(piece):
    for code in piece.languages:
        assert piece.phrases(code)


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: f"{piece.model.__name__}:{piece.key}")
def test_piece__lacks_a_language_wholly_or_not_at_all(piece):
    for code in {"ru", "tg", "fa-af"} - set(piece.languages):
        names = {name for name, value in piece.data.items() if content.is_text(value) and code in value}
        assert not names, f"{names} in {code}, but not the rest"


def test_texts__mix_no_latin_letters_into_cyrillic_words():
    every = [text for piece in PIECES for text in content.texts(piece.data)]
    every += [image["alt"] for image in content.images()]
    for text in every:
        for code in {"ru", "tg"} & set(text):
            assert not re.search(r"[A-Za-z][а-яёғӣқӯҳҷ]|[а-яёғӣқӯҳҷ][A-Za-z]", text[code], re.IGNORECASE)


def test_texts__tajik_has_none_of_the_russian_letters_that_it_lacks():
    for piece in PIECES:
        for text in content.texts(piece.data):
            assert not re.search("[щыьц]", text.get("tg", ""), re.IGNORECASE), text["tg"]


def test_texts__dari_is_written_in_its_own_letters_and_digits():
    """Not in Arabic's kaf and yeh, which look alike and no search finds, nor with digits of two kinds."""
    every = [text for piece in PIECES for text in content.texts(piece.data)]
    for text in [*every, *(image["alt"] for image in content.images())]:
        assert not re.search("[\u064a\u0643\u0660-\u0669A-Za-z0-9]", text.get("fa-af", "")), text["fa-af"]


def test_images__say_what_they_show_in_each_language():
    for image in content.images():
        assert set(image["alt"]) == {"en", "ru", "tg", "fa-af"}


def test_html__from_lines():
    html = content.to_html("## Ask\nFirst < second\n- one\n- two\nLast")
    assert re.sub(r' data-block-key="[0-9a-f]{5}"', "", html) == (
        "<h2>Ask</h2><p>First &lt; second</p><ul><li>one</li><li>two</li></ul><p>Last</p>"
    )


def test_files__are_those_that_the_content_names():
    named = {f"{image['slug']}.jpg" for image in content.images()}
    named |= {f"{piece.key.rpartition('/')[2]}-{code}.pdf" for piece in PIECES for code in piece.files}
    assert {path.name for path in FILES.iterdir()} == named


@pytest.mark.parametrize("path", sorted(FILES.glob("*.jpg")), ids=lambda path: path.stem)
def test_picture__is_wide_enough_and_carries_no_metadata(path):
    with Image.open(path) as picture:
        assert picture.width >= 1200
        assert not set(picture.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


@pytest.mark.parametrize("path", sorted(FILES.glob("*.pdf")), ids=lambda path: path.stem)
def test_pdf__has_its_language_and_title_and_no_other_metadata(path):
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == path.stem.rpartition("-")[2]
        assert set(pdf.docinfo) == {"/Title"}
        assert "/Metadata" not in pdf.Root
