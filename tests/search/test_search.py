"""What readers find, on either database: the suite runs on both."""

import datetime

import pytest
from django.test import RequestFactory
from django.utils import translation

from campaigns.models import NewsPage
from core import work
from search.views import results
from tests import factories
from tests.scenes import scene
from tests.search.asking import ask, marks, others, plain, titles


def story(site, title: str, code: str = "en", body: str = "", **kwargs):
    text = [("rich_text", f"<p>{body}</p>")] if body else []
    if code == "fa-af":  # the address of a title in its letters has to be given
        kwargs["slug"] = f"story-{NewsPage.objects.count()}"
    return factories.NewsPageFactory(parent=site.news_indexes[code], title=title, body=text, **kwargs)


@scene
def migration(site):
    story(site, "Безопасная миграция", "ru")
    story(site, "Что такое дом", "ru", body="Он занимается миграцией двадцать лет.")
    story(site, "Ёлка в горах", "ru")
    story(site, "Муҳоҷират ва ҷавонон", "tg")
    story(site, "Ба хона", "tg", body="Муҳоҷирати бехатар барои ҳама.")
    work.perform_due()


@scene
def lanterns(site):
    story(site, "Lanterns above the river")
    work.perform_due()


@pytest.mark.parametrize("asked", ["миграция", "миграцией", "МИГРАЦИИ"])
def test_words__are_found_in_every_form(client, migration, asked):
    assert titles(client, asked, "ru") == ["Безопасная миграция", "Что такое дом"]


@pytest.mark.parametrize("asked", ["мухочират", "муҳоҷират", "МУҲОҶИРАТИ", "мухочиратро"])
def test_tajik__is_found_without_its_special_letters(client, migration, asked):
    assert titles(client, asked, "tg") == ["Муҳоҷират ва ҷавонон", "Ба хона"]


@pytest.mark.parametrize("asked", ["мух", "мухочи", "ҷав"])
def test_three_letters__are_enough(client, migration, asked):
    assert "Муҳоҷират ва ҷавонон" in titles(client, asked, "tg")


@pytest.mark.parametrize("asked", ["елка", "ёлка", "ЁЛКИ"])
def test_yo__is_found_by_ye(client, migration, asked):
    assert titles(client, asked, "ru") == ["Ёлка в горах"]


def test_search__finds_in_the_pages_language_and_offers_the_others_below(client, site, committed):
    story(site, "Lanterns above the river")
    story(site, "Фонари над рекой Lanterns", "ru")
    committed()
    assert titles(client, "lanterns") == ["Lanterns above the river"]
    assert others(client, "lanterns") == {"ru": ["Фонари над рекой Lanterns"]}
    page = ask(client, "lanterns").content.decode()
    assert '<li lang="ru" dir="ltr">' in page
    assert 'hreflang="ru"' in page


def test_others__are_not_offered_where_there_is_enough(client, site, committed):
    for n in range(5):
        story(site, f"Lanterns {n}")
    story(site, "Фонари Lanterns", "ru")
    committed()
    assert others(client, "lanterns") == {}


def test_search__all_words_must_be_there(client, site, committed):
    story(site, "Lanterns above the river")
    story(site, "Lanterns in the valley")
    committed()
    assert titles(client, "valley lanterns") == ["Lanterns in the valley"]


def test_order__title_over_body_and_newer_over_older(client, site, committed):
    day = datetime.date
    story(site, "Old lanterns", date=day(2020, 1, 1))
    story(site, "New lanterns", date=day(2024, 1, 1))
    story(site, "An evening", body="Lanterns everywhere.", date=day(2025, 1, 1))
    story(site, "A morning", body="No lanterns any more.", date=day(2023, 1, 1))
    committed()
    assert titles(client, "lanterns") == ["New lanterns", "Old lanterns", "An evening", "A morning"]
    assert titles(client, "lanterns morning") == ["A morning"]


def test_order__some_words_in_the_title_stand_over_none(client, site, committed):
    story(site, "Lanterns", body="At the river.", date=datetime.date(2020, 1, 1))
    story(site, "An evening", body="Lanterns at the river.", date=datetime.date(2025, 1, 1))
    committed()
    assert titles(client, "lanterns river") == ["Lanterns", "An evening"]


def test_excerpt__marks_the_words_as_they_were_written(client, migration, site, committed):
    card = ask(client, "миграция", "ru").context["results"][1]
    assert marks(card.text) == ["миграцией"]
    card = ask(client, "мухочират", "tg").context["results"][0]
    assert marks(card.title) == ["Муҳоҷират"]
    story(site, "Markup", body="Lanterns &lt;b&gt; and more.")
    committed()
    assert "<mark>Lanterns</mark> &lt;b&gt; and more." in ask(client, "lantern").content.decode()


def test_excerpt__shows_the_place_in_a_long_text(client, site, committed):
    story(site, "An evening", body=f"{'Nothing here. ' * 200}At last the lanterns came.{' And went.' * 200}")
    committed()
    text = ask(client, "lanterns").context["results"][0].text
    assert marks(text) == ["lanterns"]
    assert plain(text).startswith("… ")
    assert plain(text).endswith(" …")
    assert len(plain(text)) < 300


def test_word_with_one_wrong_letter__gets_a_suggestion(client, site, committed):
    story(site, "Migration and the mountains")
    committed()
    for wrong in ("migratoin", "nigration", "migraton", "mmigration", "igration"):
        assert ask(client, wrong).context["meant"] == "migration", wrong
    assert ask(client, "mountians migratoin").context["meant"] == "mountains migration"
    assert ask(client, "qqqqqqq").context["meant"] == ""
    assert "?q=migration" in ask(client, "migratoin").content.decode()


@pytest.mark.parametrize(
    "asked",
    ['"', "*", " ", "\0", "a" * 10_000, "слово " * 2_000, "🏔️", "\u200f", "\u202elanterns", "lanterns AND NOT (",
     "'; DROP", "%", "a:b", "^(-+~", "\\", "'a' & !b", "NEAR(a b)", "½", "ﷺ", "-", "a_b", "\ud7ff", "١٢٣"],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/en/search/", "/tg/search/", "/en/search/suggestions/"])
def test_any_input__gives_a_page(client, lanterns, address, asked):
    assert client.get(address, {"q": asked}).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["q=%ff%fe", "q=%00", "q=lanterns&page=999", "q=lanterns&page=x", "q=lanterns&page=-1", "q=lanterns&kind=x",
     "q=lanterns&year=x", "q=lanterns&year=99999", "q=lanterns&year=%D9%A1%D9%A1%D9%A1%D9%A1",
     "q=lanterns&topic=%00", "q=lanterns&campaign=%ff", "q", "", "q=a&q=b", "q[]=1", "page=2"],
)  # fmt: skip
def test_any_address__gives_a_page(client, lanterns, query):
    assert client.get(f"/en/search/?{query}").status_code == 200
    assert client.get(f"/en/search/suggestions/?{query}").status_code == 200


def test_search__sets_no_cookie_and_varies_by_none(client, site):
    for address in ("/en/search/?q=lanterns", "/en/search/suggestions/?q=lan"):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_queries__do_not_grow(site, committed, django_assert_num_queries):
    def reply() -> None:
        with translation.override("en"):
            results(RequestFactory().get("/en/search/", {"q": "lanterns"}))

    def pages(first: int, last: int) -> None:
        for n in range(first, last):
            story(site, f"Lanterns {n}", date=datetime.date(2015 + n, 1, 1))
        committed()

    pages(0, 5)
    reply()
    with django_assert_num_queries(11):
        reply()
    pages(5, 12)
    with django_assert_num_queries(11):
        reply()


def test_two_letters_that_changed_places__are_one_mistake(client, site, committed):
    story(site, "Teach the camp to read a map")
    story(site, "Teach me a map")
    committed()
    for wrong, right in (("cmap", "camp"), ("teh", "the"), ("htE", "the"), ("caMp", ""), ("mpa", "map")):
        assert ask(client, wrong).context["meant"] == right, wrong


@pytest.mark.parametrize("asked", ["1840", "1,840", "1 840", "1\u00a0840", "۱۸۴۰", "۱٬۸۴۰"])
def test_number__is_found_however_its_digits_are_grouped(client, site, committed, asked):
    story(site, "Камни", "ru", body="Их было 1\u00a0840 человек.")
    story(site, "Камни ещё", "ru", body="Их было 1\u202f840 человек.")
    story(site, "سنگ", "fa-af", body="۱٬۸۴۰ نفر")
    story(site, "Stones", body="There were 1,840 people.")
    committed()
    assert len(titles(client, asked, "ru")) == 2
    assert titles(client, asked, "fa-af") == ["سنگ"]
    assert titles(client, asked) == ["Stones"]
    assert marks(ask(client, asked).context["results"][0].text) == ["1,840"]


@pytest.mark.parametrize("asked", ["دختر", "دختران", "دختر‌ها", "دخترهای", "دختر‌هایی"])
def test_persian__plurals_are_found_by_the_singular_and_it_by_them(client, site, committed, asked):
    story(site, "یک دختر", "fa-af")
    story(site, "دختران", "fa-af")
    story(site, "قصهٔ دختر‌های ما", "fa-af")
    committed()
    assert len(titles(client, asked, "fa-af")) == 3


@pytest.mark.parametrize("asked", ["خانه", "خانۀ", "خانهٔ", "خانه‌ی", "خانە", "خانہ"])
def test_persian__heh_is_found_however_it_is_written(client, site, committed, asked):
    story(site, "خانۀ ما", "fa-af")
    story(site, "خانه", "fa-af", body="خانهٔ سفید")
    committed()
    assert len(titles(client, asked, "fa-af")) == 2


@pytest.mark.parametrize("code", ["fa-af", "en"])
def test_number__in_dari_keeps_its_order_where_a_part_of_it_is_marked(client, site, committed, code):
    story(site, "شماره 44-600-12-34", "fa-af", body="به 44-600-12-34 زنگ بزنید")
    committed()

    assert ask(client, "600", code).content.decode().count("\u206644-<mark>600</mark>-12-34\u2069") == 2
