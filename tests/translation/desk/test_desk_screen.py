"""What the desk shows, in which order, and to whom."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.rich_text import RichText

from core import work
from tests import factories
from tests.scenes import scene
from tests.translating import change_source
from tests.translation.desk.desks import Desk, desk_of, sources_on
from translation.memory import indexing
from translation.models import Notice, NoticeKind, Term, TermStatus, TermTranslation
from translation.notices.writing import tell

pytestmark = pytest.mark.django_db

BODY = "<h2>On the road</h2><p>Take <b>bread</b> and water.</p><ul><li>One loaf</li><li>Two jugs</li></ul>"


@scene
def story(newsroom):
    page = factories.NewsPageFactory(
        parent=newsroom.site.news_index,
        title="Lanterns over the river",
        search_description="Forty lanterns",
        body=[("rich_text", RichText(BODY))],
    )
    page.save_revision().publish()
    return page


@scene
def russian(newsroom, story):
    [translation] = newsroom.send(story, "ru")
    return translation


@scene
def quoted(newsroom, story):
    speaker = factories.PersonFactory(name="Zarina Sodiqova", role="teacher")
    quote = factories.QuoteFactory(source=story, speaker=speaker, text="I came home.", role="guest of the camp")
    newsroom.send(quote, "ru")
    return quote


def test_units__stand_in_the_order_and_structure_of_the_page(newsroom, russian):
    page = desk_of(newsroom, russian).get()

    sources = sources_on(page)
    assert sources[0] == "Lanterns over the river"
    start = sources.index("On the road")
    assert sources[start : start + 4] == ["On the road", "Take <b>bread</b> and water.", "One loaf", "Two jugs"]
    assert sources[-1] == "Forty lanterns"
    desk = desk_of(newsroom, russian)
    assert "Heading, level 2" in desk.unit("On the road").on(page).text
    assert "List item" in desk.unit("One loaf").on(page).text
    assert "Search result and share card" in page.text


def test_texts__have_their_language_and_direction(newsroom, story):
    [dari] = newsroom.send(story, "fa-af")
    desk = Desk(newsroom.as_(factories.UserFactory(groups=["Translator fa-af"])), dari)

    unit = desk.unit("On the road").on(desk.get())

    source, field = unit.select_one("[data-source]"), unit.select_one("textarea")
    assert (source["lang"], source["dir"]) == ("en", "ltr")
    assert (field["lang"], field["dir"]) == ("fa-af", "rtl")


def test_quotes__stand_on_the_screen_of_their_story_with_who_speaks(newsroom, quoted, russian):
    page = desk_of(newsroom, russian).get()

    assert "I came home." in sources_on(page)
    section = next(each for each in page.select(".desk-section") if "I came home." in each.text)
    for known in ("Zarina Sodiqova", "guest of the camp", "Lanterns over the river"):
        assert known in section.select_one(".desk-notes").text


def test_filters__show_the_units_of_a_state(newsroom, russian, story):
    desk = desk_of(newsroom, russian)
    desk.unit("One loaf").save("Один хлеб")

    missing = sources_on(desk.get(show="missing"))

    assert "One loaf" not in missing
    assert "Two jugs" in missing
    assert "Two jugs" not in sources_on(desk.get(show="stale"))
    change_source(story, title="Lanterns over two rivers")
    assert sources_on(desk.get(show="stale")) == []


def test_findings__are_a_filter(newsroom, russian):
    desk = desk_of(newsroom, russian)
    desk.unit("One loaf").save("One loaf")
    desk.unit("Two jugs").save("Два кувшина")

    assert sources_on(desk.get(show="finding")) == ["One loaf"]


def test_stale_units__show_what_has_changed(newsroom, russian, story):
    desk = desk_of(newsroom, russian)
    desk.unit("Lanterns over the river").save("Фонари над рекой")
    change_source(story, title="Lanterns over two rivers")

    unit = desk.unit("Lanterns over two rivers").on(desk.get())

    assert unit["data-state"] == "stale"
    gone, come = ([each.text for each in unit.select(f".desk-change {tag}")] for tag in ("del", "ins"))
    assert (gone, come) == (["the", "river"], ["two", "rivers"])
    assert unit.select_one("textarea").text.strip() == "Фонари над рекой"


def test_tags__are_marks_where_texts_are_read(newsroom, russian):
    source, text = "Take <b>bread</b> and water.", "Возьмите <b>хлеб</b> и воду."
    newsroom.word(russian)
    newsroom.word_one(russian, source, text)
    newsroom.decide(newsroom.submit(russian))
    work.perform(indexing.WORK)
    [similar] = newsroom.send(factories.TakeawayFactory(statement="Take bread and water.", detail=""), "ru")
    reader = Desk(newsroom.as_(newsroom.editor), russian)

    [suggestion] = helps_of(desk_of(newsroom, similar), "Take bread and water.").select("li")
    read = reader.unit(source).on(reader.get()).select_one("[data-read]")

    assert read.text == "Возьмите 1хлеб/1 и воду."
    assert suggestion.select_one("[lang=ru]").text == "Возьмите bхлеб/b и воду."
    assert suggestion.button["data-suggestion"] == text


def test_tags__of_the_text_until_now_are_marks(newsroom, site):
    iom, un = '<a href="https://iom.int/">%s</a>', '<a href="https://un.org/">%s</a>'
    page = factories.NewsPageFactory(
        parent=site.news_index,
        title="Ask",
        body=[("rich_text", RichText(f"<p>{iom % 'We'} and {un % 'they'}</p>"))],
    )
    [russian] = newsroom.send(page, "ru")
    newsroom.word_one(
        russian, '<a id="a1">We</a> and <a id="a2">they</a>', '<a id="a1">Мы</a> и <a id="a2">они</a>'
    )
    # The text is moved to the string that has the links in another order.
    change_source(page, body=[("rich_text", RichText(f"<p>{un % 'They'} and {iom % 'we'}</p>"))])
    desk = desk_of(newsroom, russian)

    unit = desk.unit('<a id="a1">They</a> and <a id="a2">we</a>').on(desk.get())

    assert unit.select_one(".desk-change [lang=ru]").text == "1Мы/1 и 2они/2"


def helps_of(desk: Desk, source: str) -> BeautifulSoup:
    answer = desk.client.get(reverse("translation_desk:helps", args=desk.unit(source).args))
    return BeautifulSoup(answer.content, "html.parser")


def test_terms__are_marked_in_the_source_of_the_unit_at_hand(newsroom, site):
    term = Term.objects.create(text="human trafficking")
    for text, status in (("торговля людьми", TermStatus.PREFERRED), ("трафикинг", TermStatus.FORBIDDEN)):
        TermTranslation.objects.create(term=term, locale=site.locales["ru"], text=text, status=status)
    body = "<p>R&amp;D &lt;of&gt; human <b>trafficking</b> and human trafficking: <i>laws</i></p>"
    page = factories.NewsPageFactory(parent=site.news_index, title="Laws", body=[("rich_text", RichText(body))])
    [russian] = newsroom.send(page, "ru")
    desk = desk_of(newsroom, russian)

    def helps(source: str) -> BeautifulSoup:
        answer = desk.client.get(reverse("translation_desk:helps", args=desk.unit(source).args)).content.decode()
        return BeautifulSoup(answer.replace("template", "div"), "html.parser")

    shown = helps(body.removeprefix("<p>").removesuffix("</p>")).select_one("[data-marked]")
    marks = shown.select("mark")
    assert [mark.text for mark in marks] == ["human ", "trafficking", "human trafficking"]
    assert {mark["title"] for mark in marks} == {"торговля людьми"}
    assert shown.get_text() == "R&D <of> human 1trafficking/1 and human trafficking: 2laws/2"
    assert helps("Laws").select_one("[data-marked]") is None


def test_desk__is_for_the_language_of_the_translator(newsroom, russian, story):
    for user, status in (
        (newsroom.translators["ru"], 200),
        (newsroom.translators["tg"], 302),
        (newsroom.reviewer, 200),
        (newsroom.editor, 200),
    ):
        assert newsroom.as_(user).get(desk_of(newsroom, russian).url).status_code == status
    assert not Desk(newsroom.as_(newsroom.editor), russian).get().select("textarea:not([data-aside])")


def test_desk__of_what_follows_no_source_is_its_edit_view(newsroom, story, russian):
    url = reverse("translation_desk:desk", args=[story.translation_key, "en"])

    response = newsroom.as_(newsroom.editor).get(url)

    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert newsroom.as_(newsroom.editor).get(url.replace("/en/", "/xx/")).status_code == 404


def test_opening__marks_the_notices_of_what_is_on_the_desk_as_seen(newsroom, site, quoted, russian):
    user, locale = newsroom.translators["ru"], site.locales["ru"]
    of_desk = [(quoted, NoticeKind.SOURCE_CHANGED), (russian.source.get_source_instance(), NoticeKind.ASSIGNED)]
    others = [(quoted, NoticeKind.SUBMITTED), (site.home, NoticeKind.SOURCE_CHANGED)]
    for instance, kind in of_desk + others:
        tell(user, kind, instance.translation_key, locale.pk, "Lanterns")

    desk_of(newsroom, russian).get()

    seen = Notice.objects.exclude(seen_at=None).values_list("object_key", "kind")
    assert set(seen) == {(instance.translation_key, kind) for instance, kind in of_desk}
    # What a reviewer has to do leads elsewhere, and the home page is on another desk.
    assert Notice.objects.filter(seen_at=None).count() == 2


def test_text_in_latin_letters_alone__reads_from_the_left_in_dari(newsroom, story):
    [dari] = newsroom.send(story, "fa-af")
    newsroom.translators["fa-af"] = factories.UserFactory(groups=["Translator fa-af"])
    desk = desk_of(newsroom, dari, "fa-af")
    desk.unit("One loaf").save("#YouthDay")
    desk.unit("Two jugs").save("دو کوزه #YouthDay")
    page = desk.get()

    found = {
        source: desk.unit(source).on(page).textarea["dir"] for source in ("One loaf", "Two jugs", "On the road")
    }

    assert found == {"One loaf": "ltr", "Two jugs": "rtl", "On the road": "rtl"}


def test_cost__of_200_units_is_15_queries(newsroom, site):
    """Of which eight are asked on each screen of the admin."""
    numbers = []
    for count in (10, 200):
        paragraphs = "".join(f"<p>Paragraph {number} of {count}.</p>" for number in range(count))
        quotes = [factories.QuoteFactory(text=f"I came home on day {day} of {count}.") for day in (3, 4)]
        for quote in quotes:
            newsroom.send(quote, "ru")
        voices = {"heading": "Voices", "limit": 2, "picks": quotes, "only_picked": True}
        page = factories.CampaignPageFactory(
            parent=site.campaign_index, body=[("rich_text", RichText(paragraphs)), ("voices", voices)]
        )
        page.save_revision().publish()
        [translation] = newsroom.send(page, "ru")
        desk = desk_of(newsroom, translation)
        assert f"I came home on day 4 of {count}." in sources_on(desk.get())
        with CaptureQueriesContext(connection) as queries:
            desk.get()
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 15
