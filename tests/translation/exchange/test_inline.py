"""Tags within strings, as codes that translation programs protect."""

import pytest
from lxml import etree

from tests.translation.exchanging import TEXTS
from translation.exchange.inline import TMX, XLIFF, fill, string_of, strings_of

MORE = [
    "a &amp;lt; b",
    "x &lt;b&gt; y",
    "<b>open",
    "closed</i>",
    "&nbsp;x &quot;",
    "AT&amp;T",
    "<br/>",
    "",
    "x &lt;now&gt; &amp; &amp;lt; y",
]


def written(string: str, attributes: dict[str, str], source: str = "") -> etree._Element:
    element = etree.Element("source")
    fill(element, string, attributes, source)
    return etree.fromstring(etree.tostring(element))


@pytest.mark.parametrize("attributes", [XLIFF, TMX])
@pytest.mark.parametrize("string", [*TEXTS, *MORE])
def test_string__is_the_same_when_it_comes_back(string, attributes):
    element = written(string, attributes)

    assert strings_of(element, element) == (string, string)


def test_text__stands_outside_codes_as_it_is_read():
    element = written('See <a id="a1">A &amp; B</a><br/>now', XLIFF)

    assert [(each.tag, each.get("id"), each.get("ctype"), each.text) for each in element] == [
        ("bpt", "1", "link", '<a id="a1">'),
        ("ept", "1", None, "</a>"),
        ("ph", "2", "lb", "<br/>"),
    ]
    assert element[0].tail == "A & B"


@pytest.mark.parametrize("attributes", [XLIFF, TMX])
@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Write &amp; ask &lt;now&gt;", "Пишите &amp; спросите &lt;сейчас&gt;"),
        ("Write &amp; ask &lt;now&gt;", "Нависед &amp; &lt;ask now&gt;"),
        ("<b>Write</b> &amp; ask &lt;now&gt;", "Спросите &lt;сейчас&gt; &amp; <b>пишите</b>"),
    ],
)
def test_signs__are_written_alike_in_source_and_translation(attributes, source, target):
    both = written(source, attributes), written(target, attributes, source)

    shown = ["".join([each.text or "", *(code.tail or "" for code in each)]) for each in both]
    assert not [text for text in shown if "&amp;" in text or "&lt;" in text]
    assert strings_of(*both) == (source, target)


def test_tags_written_as_text__keep_their_entities_alone():
    source = "Write &lt;b&gt; &amp; ask &amp;lt;"

    assert written(source, XLIFF).text == "Write &lt;b&gt; & ask &amp;lt;"
    assert strings_of(written(source, XLIFF), None) == (source, "")


def test_codes__of_a_translation_have_the_numbers_of_the_source():
    element = written("<i>два</i> <b>один</b> <b>три</b>", TMX, "<b>one</b> <i>two</i>")

    assert [each.get("i") for each in element] == ["2", "2", "1", "1", "3", "3"]


@pytest.mark.parametrize(
    ("inside", "string"),
    [
        ("&lt;b&gt;Один&lt;/b&gt; &amp;amp; два", "<b>Один</b> &amp; два"),
        ("Один &amp; два &lt; три", "Один &amp; два &lt; три"),
        (
            '<bpt id="1">&lt;b&gt;</bpt>Один<ept id="1">&lt;/b&gt;</ept> & два'.replace(" & ", " &amp; "),
            "<b>Один</b> &amp; два",
        ),
    ],
)
def test_files__with_and_without_codes_are_read(inside, string):
    assert string_of(etree.fromstring(f"<target>{inside}</target>")) == string
