import pytest

from campaigns.importer.parts import split_at_quotes
from campaigns.importer.quotes import find_quotes
from core.quotations.marks import quotations

WORDS = "We came to learn, and we go home with work to do"
RUSSIAN = "Мы приехали учиться и возвращаемся домой с делом"
TAJIK = "Мо барои омӯхтан омадем ва бо кор ба хона меравем"


def only_quote(*paragraphs):
    quotes, _ = find_quotes(paragraphs)
    assert len(quotes) == 1, quotes
    return quotes[0]


def spoken(paragraph):
    quote = only_quote(paragraph)
    return quote.text, quote.speaker.name, quote.speaker.role


@pytest.mark.parametrize(
    ("paragraph", "name", "role"),
    [
        (f"“{WORDS},” said Karim Nazarov, director of the camp.", "Karim Nazarov", "director of the camp"),
        (
            f"“{WORDS},” said the Head of the Office in Khujand, Mr. Karim Nazarov, who visited the camp.",
            "Karim Nazarov",
            "Head of the Office in Khujand",
        ),
        (f"“{WORDS},” Dr. Anna Berg, Project Coordinator, said.", "Anna Berg", "Project Coordinator"),
        (f'"{WORDS}," said Project Coordinator Anna Berg.', "Anna Berg", "Project Coordinator"),
        (f"„{WORDS}“, says Anna Berg.", "Anna Berg", ""),
        (f"„{WORDS}”, noted Ms. Anna Berg, a lawyer, during the opening.", "Anna Berg", "lawyer"),
        (f"«{WORDS},» explained camp participant Mehrona.", "Mehrona", "camp participant"),
        (f"“{WORDS},” said a camp participant.", "", "camp participant"),
        (f"“{WORDS},” said one of the participants from Romit.", "", "one of the participants from Romit"),
        (f"“{WORDS},” said 17-year-old Mehrona, a participant.", "Mehrona", "participant"),
        (f"“{WORDS},” said Mehrona, 17, from Vahdat.", "Mehrona", "from Vahdat"),
        (
            f"“{WORDS}!” said Deputy Minister of Labour Karim Nazarov.",
            "Karim Nazarov",
            "Deputy Minister of Labour",
        ),
        (
            f"“{WORDS},” said the Minister of Labour, Migration and Employment, Karim Nazarov.",
            "Karim Nazarov",
            "Minister of Labour, Migration and Employment",
        ),
        (f"Anna Berg, Project Coordinator, said: “{WORDS}.”", "Anna Berg", "Project Coordinator"),
        (
            f"At the opening, Anna Berg, Project Coordinator, told the guests: “{WORDS}.”",
            "Anna Berg",
            "Project Coordinator",
        ),
        (
            f"The lamps were lit. Project Coordinator Anna Berg said, “{WORDS}.”",
            "Anna Berg",
            "Project Coordinator",
        ),
        (f"Anna Berg: “{WORDS}.”", "Anna Berg", ""),
        (f"According to Anna Berg, “{WORDS}.”", "Anna Berg", ""),
        (f"As Anna Berg said, “{WORDS}.”", "Anna Berg", ""),
    ],
)
def test_find_quotes__english(paragraph, name, role):
    text, found_name, found_role = spoken(paragraph)
    assert (text.rstrip(".!"), found_name, found_role) == (WORDS, name, role)
    assert text[-1] in ".!" or paragraph.startswith("„")


@pytest.mark.parametrize(
    ("paragraph", "name", "role"),
    [
        (
            f"«{RUSSIAN}», — сказал глава миссии в Таджикистане Карим Назаров.",
            "Карим Назаров",
            "глава миссии в Таджикистане",
        ),
        (f"«{RUSSIAN}», – отметила координатор проекта Анна Берг.", "Анна Берг", "координатор проекта"),
        (f"«{RUSSIAN}», - рассказала участница лагеря Мехрона.", "Мехрона", "участница лагеря"),
        (f"«{RUSSIAN}», — говорит Мехрона, участница лагеря.", "Мехрона", "участница лагеря"),
        (
            f"«{RUSSIAN}», — подчеркнул министр труда Республики Таджикистан г-н Карим Назаров.",
            "Карим Назаров",
            "министр труда Республики Таджикистан",
        ),
        (
            f"«{RUSSIAN}», — отметил руководитель центра в г. Бохтар Карим Назаров.",
            "Карим Назаров",
            "руководитель центра в г. Бохтар",
        ),
        (f"«{RUSSIAN}», — рассказала одна из участниц лагеря.", "", "одна из участниц лагеря"),
        (f"Координатор проекта Анна Берг отметила: «{RUSSIAN}».", "Анна Берг", "Координатор проекта"),
        (f"„{RUSSIAN}“, — добавил Карим Назаров, директор лагеря.", "Карим Назаров", "директор лагеря"),
    ],
)
def test_find_quotes__russian(paragraph, name, role):
    assert spoken(paragraph) == (RUSSIAN, name, role)


@pytest.mark.parametrize(
    ("paragraph", "name", "role"),
    [
        (
            f"«{TAJIK}», – гуфт роҳбари намояндагӣ дар Тоҷикистон Карим Назаров.",
            "Карим Назаров",
            "роҳбари намояндагӣ дар Тоҷикистон",
        ),
        (f"«{TAJIK}», – мегӯяд Меҳрона, иштирокчии лагер.", "Меҳрона", "иштирокчии лагер"),
        (f"«{TAJIK}», – қайд кард Анна Берг.", "Анна Берг", ""),
        (f"Анна Берг, ҳамоҳангсози лоиҳа, изҳор дошт: «{TAJIK}».", "Анна Берг", "ҳамоҳангсози лоиҳа"),
    ],
)
def test_find_quotes__tajik(paragraph, name, role):
    assert spoken(paragraph) == (TAJIK, name, role)


def test_find_quotes__resumed_after_its_attribution_is_one_quote():
    quote = only_quote(f"“{WORDS},” Anna Berg, a lawyer, said. “That is what a camp is for.”")
    assert quote.text == f"{WORDS}. That is what a camp is for."
    quote = only_quote("“We came to learn,” said Anna Berg, “and we go home with work to do.”")
    assert quote.text == f"{WORDS}."
    quote = only_quote("“We came to learn,” said Anna Berg. “We stayed,” she added. “We go home.”")
    assert quote.text == "We came to learn. We stayed. We go home."


def test_find_quotes__attribution_inside_the_marks():
    quote = only_quote(f"«{RUSSIAN}, — сказала Анна Берг, юрист. — Для этого и нужен лагерь».")
    assert quote.text == f"{RUSSIAN}. Для этого и нужен лагерь"
    assert (quote.speaker.name, quote.speaker.role) == ("Анна Берг", "юрист")


def test_find_quotes__two_speakers_in_one_paragraph():
    quotes, _ = find_quotes([f"“{WORDS},” said Anna Berg. “And so do we,” said Karim Nazarov."])
    assert [(quote.speaker.name, quote.text) for quote in quotes] == [
        ("Anna Berg", f"{WORDS}."),
        ("Karim Nazarov", "And so do we."),
    ]


def test_find_quotes__pronoun_is_the_speaker_before():
    quotes, _ = find_quotes([f"“{WORDS},” said Anna Berg, a lawyer.", f"“Now {WORDS.lower()},” she added."])
    assert [quote.speaker.name for quote in quotes] == ["Anna Berg", "Anna Berg"]
    assert [quote.paragraph for quote in quotes] == [0, 1]


def test_find_quotes__pronoun_with_nobody_before_is_nobody():
    quote = only_quote(f"“{WORDS},” she said.")
    assert not quote.speaker.known


def test_find_quotes__over_several_paragraphs():
    quote = only_quote("“We came to learn.", "“We go home with work to do,” said Anna Berg.")
    assert (quote.text, quote.speaker.name) == ("We came to learn. We go home with work to do.", "Anna Berg")


def test_find_quotes__under_its_introduction_or_over_its_signature():
    assert only_quote("Anna Berg, a lawyer, said:", f"“{WORDS}.”").speaker.role == "lawyer"
    assert only_quote(f"“{WORDS}.”", "— Anna Berg, lawyer").speaker.name == "Anna Berg"
    assert only_quote(f"“{WORDS}.”", "Anna Berg, lawyer").speaker.role == "lawyer"


def test_find_quotes__without_a_speaker_is_kept_as_such():
    quote = only_quote(f"“{WORDS}.”", "The evening ended with songs, and the lanterns went out one by one.")
    assert (quote.text, quote.speaker.known) == (f"{WORDS}.", False)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The so-called “travel agents” promise work and take the passports.",
        'He fixed a 6" pipe and a 7" pipe in the camp\'s kitchen, the director said.',
        "The training, entitled “How to Come Home,” was led by the teachers.",
        "The book “How to Come Home Again Safely” was read aloud.",
        "They spoke of “safe” roads, “good” jobs and the “easy” money that nobody had seen.",
        "Участники обсудили «лёгкие деньги» и «хорошую работу» за рубежом.",
        "It's the drivers' road, and the drivers know it.",
    ],
)
def test_find_quotes__scare_quotes_and_titles_are_none(paragraph):
    assert find_quotes([paragraph]) == ([], [])


@pytest.mark.parametrize(
    "paragraph",
    [
        "It was held under the campaign’s overarching theme: “Nobody Walks Home Alone.”",
        "This year’s theme is “Nobody Walks Home Alone”.",
        "The slogan of the campaign, “Nobody Walks Home Alone”, was on every wall.",
        "Встреча прошла под девизом «Nobody Walks Home Alone».",
        "Чорабинӣ таҳти шиори «Nobody Walks Home Alone» баргузор шуд.",
    ],
)
def test_find_quotes__theme(paragraph):
    assert find_quotes([paragraph]) == ([], ["Nobody Walks Home Alone"])


def test_find_quotes__nested_marks_and_apostrophes_stay():
    nested = "My mother’s word was “patience”, and she’d say ‘wait’ until the bread was done"
    assert only_quote(f"“{nested},” said Anna Berg.").text == f"{nested}."
    assert only_quote("«Мама говорила «терпение» и ждала нас», — сказала Анна Берг.").text == (
        "Мама говорила «терпение» и ждала нас"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('“a” and «b» and „c“ and „d” and "e"', ["a", "b", "c", "d", "e"]),
        ("“a “b” c”", ["a “b” c"]),
        ("«a «b» c»", ["a «b» c"]),
        ('“a "b" c”', ['a "b" c']),
        ("“a“ and b", ["a"]),
        ("no marks", []),
    ],
)
def test_passages__outer_marks(text, found):
    assert [passage.text for passage in quotations(text)] == found
    assert all(passage.closed for passage in quotations(text))


def test_passages__never_closed():
    [passage] = quotations("She said: “We came")
    assert (passage.text, passage.closed) == ("We came", False)


@pytest.mark.parametrize(
    ("paragraphs", "texts"),
    [
        ([f"“{WORDS},” said Anna Berg, a lawyer, who had come by bus."], ["*"]),
        ([f"“{WORDS},” said Anna Berg. “That is what a camp is for.”"], ["*"]),
        ([f"Anna Berg, a lawyer, said: “{WORDS}.”"], ["*"]),
        ([f"«{RUSSIAN}», — сказала Анна Берг."], ["*"]),
        ([f"«{RUSSIAN}, — сказала Анна Берг. — Вот и всё»."], ["*"]),
        (["Anna Berg said:", f"“{WORDS}.”"], ["*"]),
        (["“We came to learn.", "“We go home,” said Anna Berg."], ["*"]),
        ([f"“{WORDS}.”", "— Anna Berg, lawyer"], ["*"]),
        ([f"It rained. “{WORDS},” said Anna Berg."], ["It rained.", "*"]),
        ([f"“{WORDS},” said Anna Berg. Then the lanterns went out."], ["*", "Then the lanterns went out."]),
        ([f"It rained. At noon, Anna Berg said: “{WORDS}.” They sang."], ["It rained.", "*", "They sang."]),
        ([f"“{WORDS},” said Anna Berg. “And so do we,” said Karim Nazarov."], ["*", "*"]),
        ([f"- It rained. “{WORDS},” said Anna Berg."], ["- It rained.", "*"]),
        ([f"“{WORDS},” she said."], [f"“{WORDS},” she said."]),
    ],
)
def test_split_at_quotes__takes_quote_and_attribution_out_of_the_text(paragraphs, texts):
    paragraphs = [*paragraphs, "The evening ended with songs."]
    quotes, _ = find_quotes(paragraphs)
    body, rests = split_at_quotes(paragraphs, quotes)
    assert [part if isinstance(part, str) else "*" for part in body] == [*texts, "The evening ended with songs."]
    assert rests == []


def test_split_at_quotes__rest_of_an_attribution_is_set_apart():
    paragraph = f"“{WORDS},” said Anna Berg of the “Blue House” club. They sang."
    quotes, _ = find_quotes([paragraph])
    body, rests = split_at_quotes([paragraph], quotes)
    assert body == [*quotes, "They sang."]
    assert "club." in rests[0]
