import datetime

import pytest

from campaigns.importer.draft import DraftPlace
from campaigns.importer.reader import read_story
from campaigns.importer.text import StoryProblem, read_source
from tests.campaigns.importing import REAL_STORY, needs_real_story

MENU = """-
Who We Are
WHO WE AREThe organisation has worked in the country for many years, with offices in four towns.
About
About
-
Our Work
Our WorkFrom the valleys to the capital, the teams bring together help of today and work for tomorrow.
Everywhere (Global)
Everywhere (Global)
- Data and Resources
- Take Action
"""
RUSSIAN_MENU = """-
Кто мы
КТО МЫОрганизация работает в стране много лет, у неё есть отделения в четырёх городах.
О нас
О нас
- Данные и ресурсы
- Примите участие
"""
TITLE = "Lanterns over the River"
FIRST = "Forty-three young people lit lanterns for those who had left home and were not heard of again."
SECOND = "They had folded them in the afternoon, each with a name and a village written on the paper."
THIRD = "In the evening they sang, and the oldest of the drivers told of the road to the north."


def story(*lines, menu=""):
    return menu + "\n".join(lines)


@needs_real_story
def test_read_story__a_page_of_the_old_site():
    draft = read_story(read_source(REAL_STORY).text)
    assert draft.title.startswith("Empowering Tajikistan’s Youth Leaders")
    assert draft.title.endswith("Trafficking in Persons")
    assert draft.places == (DraftPlace("Romit", "Tajikistan"),)
    assert draft.date == datetime.date(2024, 8, 16)
    assert len(draft.paragraphs) == 4
    assert draft.paragraphs[0].startswith("Under the USAID-supported")
    assert len(draft.menu) == 15
    [quote] = draft.quotes
    assert quote.text.startswith("Tajikistan’s commitment")
    assert quote.text.endswith("in the fight against trafficking.")
    assert quote.speaker.role == "Chief of the IOM Mission in Tajikistan"
    assert (quote.speaker.honorific, len(quote.speaker.name.split()), quote.paragraph) == ("Mr.", 2, 3)
    assert draft.themes == ["Leave No Child Behind in the Fight Against Human Trafficking"]
    assert (draft.doubts, draft.left_out) == ([], [])


@pytest.mark.parametrize("menu", ["", MENU, RUSSIAN_MENU], ids=["no menu", "menu", "Russian menu"])
@pytest.mark.parametrize("head", ["Romit, Tajikistan, August 16, 2024 - ", "Almaty - ", ""])
def test_read_story__title_and_paragraphs_with_and_without_menu(menu, head):
    draft = read_story(story(TITLE, head + FIRST, SECOND, THIRD, menu=menu))
    assert draft.title == TITLE
    assert draft.paragraphs == [FIRST, SECOND, THIRD]
    assert draft.summary == f"{FIRST} {SECOND} {THIRD}"[: len(FIRST)]
    assert draft.menu == menu.splitlines()


def test_read_story__russian_story():
    text = "Собравшиеся говорили о работе за рубежом и о том, как вернуться домой."
    draft = read_story(story("Фонари над рекой", f"Душанбе, 12 августа 2024 г. – {text}", menu=RUSSIAN_MENU))
    assert (draft.title, draft.paragraphs) == ("Фонари над рекой", [text])
    assert (draft.places, draft.date) == ((DraftPlace("Душанбе"),), datetime.date(2024, 8, 12))


def test_read_story__tajik_story():
    text = "Чилу се нафар ҷавонон дар бораи муҳоҷират сӯҳбат карданд ва чароғ афрӯхтанд."
    draft = read_story(story("Чароғҳо бар болои дарё", f"Хуҷанд, 12 августи соли 2024 – {text}"))
    assert (draft.title, draft.paragraphs, draft.date) == (
        "Чароғҳо бар болои дарё",
        [text],
        datetime.date(2024, 8, 12),
    )


def test_read_story__date_in_the_first_sentence():
    draft = read_story(
        story(TITLE, "Kyiv – The river was lit by lanterns yesterday, 14 June 2023, for an hour. " + SECOND)
    )
    assert (draft.places, draft.date) == ((DraftPlace("Kyiv"),), datetime.date(2023, 6, 14))
    assert "first sentence" in draft.doubts[0]


def test_read_story__no_dateline_is_a_doubt():
    draft = read_story(story(TITLE, FIRST))
    assert (draft.places, draft.date) == ((), None)
    assert draft.doubts == ["No place found", "No date found"]


def test_read_story__hyphen_in_the_first_sentence_is_no_dateline():
    text = "Safe migration - a guide for those who leave and for those who stay behind at home."
    draft = read_story(story(TITLE, text, SECOND))
    assert (draft.title, draft.paragraphs, draft.places) == (TITLE, [text, SECOND], ())


def test_read_story__dateline_alone_on_its_line():
    draft = read_story(story(TITLE, "Romit, Tajikistan, 16 August 2024", FIRST, SECOND))
    assert (draft.title, draft.paragraphs) == (TITLE, [FIRST, SECOND])
    assert draft.date == datetime.date(2024, 8, 16)


def test_read_story__date_and_buttons_between_title_and_dateline():
    draft = read_story(
        story(
            TITLE, "16 August 2024", "Share", "Photo: a volunteer", "By the web team", f"Almaty - {FIRST}", SECOND
        )
    )
    assert (draft.title, draft.date) == (TITLE, datetime.date(2024, 8, 16))
    assert draft.left_out == ["16 August 2024", "Share", "Photo: a volunteer", "By the web team"]
    assert "16 August 2024" in draft.doubts[0]


def test_read_story__title_printed_twice():
    for head in ("", "Almaty - "):
        draft = read_story(story(TITLE, TITLE, head + FIRST, SECOND, menu=MENU))
        assert (draft.title, draft.paragraphs) == (TITLE, [FIRST, SECOND])


def test_read_story__title_that_looks_like_a_dateline():
    draft = read_story(story("Tajikistan – Youth Light Lanterns", f"Almaty - {FIRST}", menu=MENU))
    assert (draft.title, draft.places) == ("Tajikistan – Youth Light Lanterns", (DraftPlace("Almaty"),))


def test_read_story__title_with_a_question_mark():
    assert read_story(story("Who Lights the Lanterns?", FIRST, menu=MENU)).title == "Who Lights the Lanterns?"


def test_read_story__what_stands_after_the_story_is_left_out():
    after = ["###", "For more information, please contact the office.", "Related news", "Another Story"]
    draft = read_story(story(TITLE, f"Almaty - {FIRST}", SECOND, "...", "Facebook Twitter", *after))
    assert draft.paragraphs == [FIRST, SECOND]
    assert draft.left_out == ["Facebook Twitter", *after[1:]]


@pytest.mark.parametrize(
    "line",
    [
        "For more information please contact: office@example.org",
        "Media contact: +000 00",
        "Для получения дополнительной информации обращайтесь в отделение.",
        "Читайте также",
        "Барои маълумоти бештар ба дафтар муроҷиат кунед.",
    ],
)
def test_read_story__contacts_end_the_story(line):
    draft = read_story(story(TITLE, f"Almaty - {FIRST}", line, SECOND))
    assert (draft.paragraphs, draft.left_out) == ([FIRST], [line, SECOND])


def test_read_story__list_in_the_body_stays_a_list():
    draft = read_story(story(TITLE, FIRST, "• light the lantern", "* read the name", SECOND, THIRD))
    assert draft.paragraphs == [FIRST, "- light the lantern", "- read the name", SECOND, THIRD]
    assert draft.title == TITLE


def test_read_story__lines_broken_at_a_fixed_width_are_joined():
    draft = read_story(
        "Lanterns over the River, Songs in the Evening, and the Road\nto the North\n\n"
        "Almaty - Forty-three young people lit lanterns for those who had\n"
        "left home and were not heard of again.\n\n"
        "They had folded them in the afternoon, each with a name and a\nvillage on it.\n"
    )
    assert draft.title == "Lanterns over the River, Songs in the Evening, and the Road to the North"
    assert draft.paragraphs[0] == FIRST
    assert draft.paragraphs[1].endswith("each with a name and a village on it.")


def test_read_story__summary_is_of_whole_sentences():
    sentences = [
        f"Mr. Number {n} lit a lantern by the river at 6 p.m. and went home with his family." for n in range(9)
    ]
    summary = read_story(story(TITLE, "Almaty - " + " ".join(sentences))).summary
    assert summary == " ".join(sentences[:3])
    assert len(summary) <= 300


def test_read_story__summary_of_one_endless_sentence():
    summary = read_story(story(TITLE, "Almaty - They lit lanterns" + ", and sang of the river" * 30 + ".")).summary
    assert len(summary) <= 300
    assert summary.endswith("and sang of the river…")


def test_read_story__damaged_letters_are_a_doubt():
    assert "damaged" in read_story(story(TITLE, FIRST.replace("young", "y\ufffdung"))).doubts[-1]


@pytest.mark.parametrize(
    "text",
    [
        MENU,
        "Just a label",
        "-\n-\n...",
    ],
)
def test_read_story__no_title_and_no_paragraph(text):
    with pytest.raises(StoryProblem, match="no title"):
        read_story(text)


@pytest.mark.parametrize(
    ("text", "places", "paragraphs"),
    [
        (f"Almaty - {FIRST}\n{SECOND}", ["Almaty"], [FIRST, SECOND]),
        (f"{FIRST}\n{SECOND}", [], [FIRST, SECOND]),
        (f"- Menu\nAlmaty - {FIRST}", ["Almaty"], [FIRST]),
        (f"{SECOND}\nAlmaty - {FIRST}", [], [SECOND, f"Almaty - {FIRST}"]),
        (f"{MENU}{FIRST}\n{SECOND}", [], [FIRST, SECOND]),
    ],
)
def test_read_story__without_a_title_all_of_the_text_is_kept_under_a_provisional_one(text, places, paragraphs):
    draft = read_story(text)
    assert (draft.paragraphs, [place.name for place in draft.places]) == (paragraphs, places)
    assert paragraphs[0].startswith(draft.title[:20])
    assert len(draft.title) <= 100
    assert f"No title found: “{draft.title}” was made from the first words" in draft.doubts[0]


def test_read_story__nothing_under_the_title():
    with pytest.raises(StoryProblem, match="no story"):
        read_story(f"{TITLE}\nAlmaty, 16 August 2024 –\n###\n...")


@pytest.mark.parametrize(
    "line",
    [
        "word " * 40_000,
        "a" * 200_000,
        "." * 200_000,
        "“" * 200_000,
        '"a ' * 60_000,
        "- " * 100_000,
        "said " * 40_000 + ": “Come home.”",
        "«Да, — сказал, " * 13_000,
        "Mr. " * 50_000,
        "12 August " * 20_000,
        "A, " * 66_000 + "– Text",
        "# " * 100_000,
        "“Come home, all of you now,” " + "x" * 200_000 + " said",
    ],
    ids=lambda line: line[:12],
)
def test_read_story__huge_line_is_read_in_linear_time(line):
    draft = read_story(f"{TITLE}\nAlmaty - {FIRST}\n{SECOND}\n{line}\n{SECOND} {line}")
    assert (draft.title, draft.paragraphs[0]) == (TITLE, FIRST)
    assert read_story(f"{line}\n{TITLE}\nAlmaty, 1 May 2024 - {FIRST}").title == TITLE


def test_read_story__a_heap_of_lines_is_no_story():
    with pytest.raises(StoryProblem, match="not one story"):
        read_story(f"{TITLE}\n" + f"{FIRST}\n" * 2_001)


def test_read_story__a_heap_of_quotations_is_cut():
    assert len(read_story(f"{TITLE}\n{FIRST}\n" + "“We came to learn,” said Anna Berg. " * 60_000).quotes) == 50
