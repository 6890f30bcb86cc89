"""What is found in texts alone; what the publishing gate makes of it is tested in test_quoted_passages."""

import time
from typing import Any

import pytest

from core.quotations.passages import find_passages
from core.quotations.texts import paragraphs_of_html
from tests.core.quoted_texts import PASSAGES
from tests.core.texts_left_alone import LEFT_ALONE

LANGUAGES = ["en", "ru", "tg", "fa-af"]


def cases(texts: dict[str, list[str]]) -> list[Any]:
    return [pytest.param(text, id=f"{code}-{n}") for code in LANGUAGES for n, text in enumerate(texts[code])]


def lines_of(html: str) -> list[str]:
    return [text for _number, text in paragraphs_of_html(html)]


@pytest.mark.parametrize("texts", [PASSAGES, LEFT_ALONE], ids=["found", "left alone"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_texts__are_twenty_of_each_language(texts, code):
    assert len(set(texts[code])) >= 20


@pytest.mark.parametrize("text", cases(PASSAGES))
def test_find_passages__finds(text):
    assert find_passages([text])


@pytest.mark.parametrize("text", cases(LEFT_ALONE))
def test_find_passages__leaves_alone(text):
    assert find_passages([text]) == []


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        "“”",
        "‘’",
        '""',
        "''",
        "«»",
        "‹›",
        "„“",
        "„”",
        "‚‘",
        "‚’",
        "»«",
        "””",
        ("''", "''"),
        ("<<", ">>"),
        "＂＂",
        ("``", "''"),
        ("((", "))"),
        "﴾﴿",
        "﴿﴾",
        "❮❯",
        "❝❞",
        "「」",
        "『』",
        "ˮˮ",
        "˝˝",
        "″″",
        "‶‶",
        "‵′",
        "¨¨",
        "״״",
        "｢｣",
        "⟨⟩",
        "⟪⟫",
        "🙶🙷",
        "🙸🙷",
        "﹁﹂",
        "**",
    ],
)
@pytest.mark.parametrize("words", ["I sold my phone to pay the broker", "Меня продали за долги отца"])
def test_find_passages__takes_all_pairs(opening, closing, words):
    [passage] = find_passages([f"{opening}{words}{closing}, Malika said."])

    assert passage.text == words


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>“I</b> sold <i>my phone</i> to pay.<b>”</b></p>",
        "<p>&ldquo;I sold my phone to pay.&rdquo;</p>",
        "<p>&amp;laquo;I sold my phone to pay.&amp;raquo;</p>",
        "<p>Then <q>I sold my phone to pay</q> was all.</p>",
        "<blockquote>I sold my phone to pay.</blockquote>",
        "<blockquote><p>I sold my phone to pay.</p></blockquote>",
        "<p>“I sold\u200b my phone to pay.\u2060”</p>",
        "<p>\u2066“\u200dI sold my phone to pay.”\u2069</p>",
        "<p>“I sold my phone</p><p>to pay.”</p>",
        "<p>“I sold<br/>my phone to pay.”</p>",
        "<p>They remember:</p><ul><li>“I sold my phone to pay.”</li></ul>",
    ],
)
def test_find_passages__reads_rich_text(html):
    [passage] = find_passages(lines_of(html))

    assert passage.words == "i sold my phone to pay"


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["“I sold my phone.", "“My father never asked.”"],
        ["“I sold my phone.", "My father never asked.”"],
        ["«I sold my phone.", "«My father never asked.»"],
        ["She said: “I sold my phone.", "“My father never asked.”"],
    ],
)
def test_find_passages__joins_paragraphs(paragraphs):
    [passage] = find_passages([*paragraphs, "The bus left."])

    assert passage.words == "i sold my phone my father never asked"


@pytest.mark.parametrize(
    "text",
    [
        '"' * 300_000,
        "“«" * 100_000,
        "“a” " * 60_000,
        "a» " * 60_000,
        "— , " * 60_000,
        "'a " * 60_000,
        "“" + "said " * 60_000,
    ],
)
def test_find_passages__is_linear_in_hostile_texts(text):
    started = time.process_time()
    find_passages([text])
    short = time.process_time() - started
    started = time.process_time()
    find_passages([text * 2])

    assert time.process_time() - started < 3 * short + 1


def test_find_passages__of_a_long_page_takes_no_time():
    sentence = "Every teacher could name a pupil who had stopped coming, and the bus left at four. "
    paragraphs = [sentence * 10 + "“I sold my phone,” said Malika."] * 115
    find_passages(paragraphs[:1])
    started = time.process_time()

    assert len(find_passages(paragraphs)) == 115
    assert time.process_time() - started < 0.5


def test_words__are_the_same_whatever_the_marks():
    [one] = find_passages(["“I sold my phone to pay!”"])
    [other] = find_passages(["«i sold, my phone to pay.»"])

    assert one.words == other.words
