import pytest

from tests.threads import in_threads
from translation.checks import findings
from translation.checks.checking import Basis
from translation.checks.number_words import numbers_in_words
from translation.checks.numbers import missing_and_added
from translation.glossary.index import Entry, Form, Index, target_stems


def said(source: str, target: str, language: str = "ru", max_length: int | None = None) -> list[tuple[str, bool]]:
    found = findings(source, target, language, max_length, Basis(Index(language, [])))
    return [(finding.message, finding.is_blocking) for finding in found]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("50,000 people", "50 000 человек"),
        ("50,000 people", "50\u202f000 человек"),
        ("50,000 people", "۵۰٬۰۰۰ نفر"),
        ("50,000 people", "50.000 одам"),
        ("3.5 %", "3,5 %"),
        ("3.5 %", "۳٫۵ ٪"),
        ("1,234,567.80", "1 234 567,8"),
        ("1 in 3, on 16 August 2024", "۱ از ۳، ۱۶ اوت ۲۰۲۴"),
        ("A/RES/68/192", "A/RES/68/192"),
        ("Call 1313 or +992 44 600 12 00", "Звоните 1313 или +992 44 600 12 00"),
        ("no figure", "без чисел"),
        ("50,000 people", "50 тыс. человек"),
        ("50,000 people", "50 ҳазор нафар"),
        ("1.5 million people", "۱٫۵ میلیون تن"),
        ("One in three", "Каждый третий"),
        ("Forty-three leaders", "۴۳ رهبر"),
        ("43 leaders", "چهل و سه رهبر"),
        ("the 21st century", "XXI век"),
        ("at 5 p.m.", "в 17:00"),
        ("16 August 2024", "16.08.2024"),
        ("30 July 2027", "۸ اسد ۱۴۰۶"),
        ("Call 1313", "به ۱۳۱۳ زنگ بزنید"),
    ],
)
def test_same_figures(source, target):
    assert missing_and_added(source, target) == ([], [])


@pytest.mark.parametrize(
    ("source", "target", "missing", "added"),
    [
        ("50,000 people", "5000 человек", ["50,000"], ["5000"]),
        ("50,000", "۵۰۰۰", ["50,000"], ["۵۰۰۰"]),
        ("1 in 3", "1 из 4", ["3"], ["4"]),
        ("16 August", "август", ["16"], []),
        ("some", "12", [], ["12"]),
        ("2 and 2", "2", ["2"], []),
        ("3.5", "35", ["3.5"], ["35"]),
        ("1,500", "1.5", ["1,500"], ["1.5"]),
    ],
)
def test_other_figures(source, target, missing, added):
    assert missing_and_added(source, target) == (missing, added)


@pytest.mark.parametrize(
    ("source", "target", "line"),
    [
        ("<b>Ask</b>", "<b>Спроси", "Invalid tags"),
        ("2 &lt; 3", "2 < 3", "Invalid tags"),
        ("Ask", "<script>x</script>", "tag is not allowed"),
        ("Ask", '<b class="x">Спроси</b>', "tags with attributes"),
        ("Ask", '<a href="https://x.example">Спроси</a>', "tags with attributes"),
        ('<a id="a1">Ask</a>', "Спроси", "The link 1 (Ask) of the source is missing."),
        ('<b>2</b><br/><a id="a1">3 <i>x</i></a>', "<b>2</b><br/>3 <i>x</i>", "The link 3 (3 x) of the source is"),
        ('<a id="a1">Ask</a>', '<a id="a2">Спроси</a>', "Unrecognised id"),
        ("Ask", "Спроси\x08", "control characters"),
    ],
)
def test_errors(source, target, line):
    found = said(source, target)

    assert any(line in text for text, _error in found)
    assert all(error for _text, error in found)


def test_lost_link__hides_no_other_finding():
    source = 'In <b>2024</b>, <a id="a1">50 people</a> asked.'

    assert [text for text, _error in said(source, "В 2024 г. спросили 5 человек", max_length=10)] == [
        "The link 2 (50 people) of the source is missing.",
        "The text has 28 characters. Maximum: 10.",
        "The tags differ from the source.",
        "Numbers missing: 50.",
        "Numbers not in the source: 5.",
        "The final punctuation mark differs from the source.",
    ]
    assert [text for text, _error in said('<a id="a1">Ask</a>', "Спроси")] == [
        "The link 1 (Ask) of the source is missing."
    ]


@pytest.mark.parametrize(
    ("source", "target", "line"),
    [
        ('See <a id="a1">the <b>map</b></a>.', 'См. <a id="a1"></a>карту.', "A link without words: 1 (the map)."),
        (
            'See <a id="a1">it</a>.',
            'См. <a id="a1"><b> &#8203;</b></a>.',
            "A link without words: 1 (it). A tag without words: b.",
        ),
        ('See <a id="a1">it</a>.', 'См. <a id="a1"/>её.', "A link without words: 1 (it)."),
        ('See <a id="a1">it</a>.', 'См. <a id="a1">её</a><a id="a1"></a>.', "A link without words: 1 (it)."),
        ("See <b>it</b>.", "См. <b></b>её.", "A tag without words: b."),
        ("See <b></b>it.", "См. <b></b>её.", ""),
        ('See <a id="a1">it</a>.', 'См. <a id="a1">→</a>.', ""),
    ],
)
def test_tag_without_words__is_an_error_if_the_source_has_some(source, target, line):
    found = [text for text, is_blocking in said(source, target) if is_blocking]

    assert " ".join(text.partition(" Write")[0] for text in found) == line


def test_too_long__counts_what_is_read():
    assert said("Ask", "<b>Спро&amp;</b>", max_length=5) == [("The tags differ from the source.", False)]
    assert said("Ask", "Спросить", max_length=5) == [("The text has 8 characters. Maximum: 5.", True)]


@pytest.mark.parametrize(
    ("source", "target", "line"),
    [
        ("<b>Ask</b> now", "Спроси сейчас", "The tags differ from the source."),
        ("Ask 4 questions", "Задай вопросы", "Numbers missing: 4."),
        ("Five thousand people", "Пятьсот человек", "Numbers missing: Five thousand."),
        ("Five women and 12 men", "Семь женщин и 12 мужчин", "Numbers missing: Five."),
        ("Outside: -5", "Снаружи: 5", "Numbers missing: -5."),
        ("In July, many came", "В июне многие пришли", "A month differs from the source: July."),
        ("See https://a.example/x", "Смотри https://b.example/x", "A web address"),
        ("Go to iom.int/help", "Зайдите на iom.int/hepl", "A web address"),
        ("Go to iom.int.", "Зайдите.", "A web address"),
        ("See www.iom.int/a", "Смотри www.iom.int/A", "A web address"),
        ("Write to a@b.example", "Пиши c@b.example", "An email address"),
        ("Of %(name)s", "От имени", "%(name)s is missing"),
        ("Of {name}", "От имени", "{name} is missing"),
        ("World Day", "World Day", "The text is the same as the source."),
        ("Ask.", "Спроси", "The final punctuation mark"),
        ("Ask now", "Спроси сейчас сейчас", "A word is repeated."),
        ("Ask", "Спроси ", "Spaces at the beginning or end"),
    ],
)
def test_warnings(source, target, line):
    found = said(source, target)

    assert any(line in text for text, _error in found)
    assert not any(error for _text, error in found)


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Ask four questions.", "Задайте четыре вопроса.", "ru"),
        ('See <a id="a1">the contract</a><br/>now', 'Смотри <a id="a1">договор</a><br/>сейчас', "ru"),
        ("Is it true?", "آیا درست است؟", "fa-af"),
        ("See tajikistan.iom.int/en/help.", "Смотри https://tajikistan.IOM.int/ru/help.", "ru"),
        ("See iom.int", "iom.int-ро бинед", "tg"),
        ("Write to team.org@iom.int", "Пишите на team.org@iom.int", "ru"),
        ("iom.int", "iom.int", "ru"),
        ("“Ask”, she says.", "«Спроси», – говорит она.", "tg"),
        ("R&amp;D", "НИОКР &amp;", "ru"),
    ],
)
def test_good_wordings__raise_nothing(source, target, language):
    assert said(source, target, language) == []


@pytest.mark.parametrize(
    ("source", "target", "line"),
    [
        ("50,000 people", "5000 человек", "Numbers missing: 50,000."),
        ("Ask 4 questions", "Задай 5 вопросов", "Numbers not in the source: 5."),
        ("Call +992 44 600 12 00", "Звоните +992 44 600 12 01", "Telephone numbers missing: +992 44 600 12 00."),
        ("On 30 July", "30 июня", "A month differs from the source: July."),
        ("A text", "Тeкст", "A word has letters of two scripts: Тeкст."),
    ],
)
def test_what_blocks_and_can_be_waived(source, target, line):
    assert (line, True) in said(source, target)
    found = findings(source, target, "ru", None, Basis(Index("ru", [])))
    assert all(finding.may_be_waived for finding in found)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Five thousand people", [5000]),
        ("двести тысяч триста двадцать пять и сто", [200325, 100]),
        ("between one thousand and two thousand", [1000, 2000]),
        ("ten five", [10, 5]),
        ("двух миллионов пятисот тысяч", [2_500_000]),
        ("از دو صد و سه صد", [200, 300]),
    ],
)
def test_numbers_in_words(text, numbers):
    assert [each.number for each in numbers_in_words(text)] == numbers


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Go to iom.int for help.", "Зайдите на iom.int за помощью."),
        ("Go to tajikistan.iom.int/help", "Зайдите на tajikistan.iom.int/help"),
        ("Write to @IOM_Tajikistan", "Пишите @IOM_Tajikistan"),
        ("With #IOM", "С #IOM"),
    ],
)
def test_name_in_an_address__is_not_asked_for(source, target):
    form = Form("МОМ", "preferred", "", (target_stems("МОМ", "ru"),))
    glossary = Index("ru", [(["IOM"], Entry("IOM", (form,)))])

    assert findings(source, target, "ru", None, Basis(glossary)) == []
    assert [each.message for each in findings("IOM helps", "Помогают", "ru", None, Basis(glossary))]


def test_dari__needs_its_own_marks():
    assert said("Is it true?", "آیا درست است?", "fa-af") == [("Use the marks ، ؛ ؟ in place of , ; ?", False)]


def test_warnings__in_several_threads_at_once():
    pairs = [
        ("See https://a.example", "Смотри https://b.example", True),
        ("Write to a@b.example", "Пиши a@b.example", False),
        ("Hello %(name)s", "Привет", True),
        ("Hello {name}", "Привет, {name}", False),
    ]

    def is_warned(number: int) -> bool:
        source, target, _warned = pairs[number % len(pairs)]
        return bool(said(source, target))

    alone = [warned for _source, _target, warned in pairs]
    assert in_threads(is_warned, range(len(pairs) * 100)) == alone * 100
