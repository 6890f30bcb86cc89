"""Where a text comes from is known wherever it goes, and whether somebody has confirmed it."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from tests import factories
from tests.lives import delete_url, kept, restore
from tests.scenes import scene
from tests.translating import change_source, translation_into
from tests.translation.desk.desks import UnitOnDesk, desk_of
from tests.translation.exchanging import file_of, live_with
from translation.units.memory import FOREIGN, SIMILAR, TOOL
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db
SENTENCE = "Call the helpline today"
BY_MACHINE = "today helpline the Call"
MARK = "Text by machine: Dummy translator"
CHANGED = "Call the helpline now"


@pytest.fixture(autouse=True)
def machine(settings) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }


@scene
def content(site):
    return factories.ContentPageFactory(parent=site.home, title=SENTENCE)


@scene
def russian(newsroom, content) -> Translation:
    return newsroom.send(content, "ru")[0]


@pytest.fixture
def unit(newsroom, russian) -> UnitOnDesk:
    """With a text by a machine."""
    newsroom.as_(newsroom.translators["ru"]).post(reverse("wagtail_localize:machine_translate", args=[russian.pk]))
    return desk_of(newsroom, russian).unit(SENTENCE)


def shown(unit: UnitOnDesk) -> tuple[str, str]:
    """State and origin, as the desk says them."""
    on = unit.on(unit.desk.get())
    [origin] = on.select("[data-origin]")
    return str(on["data-state"]), origin.text


def confirm(unit: UnitOnDesk) -> None:
    """Save the text as it is."""
    on = unit.on(unit.desk.get())
    [text] = on.select("textarea[name=text]")
    unit.save(text.text.strip("\n"), str(on["data-version"]))


def reviewed(newsroom, translation: Translation) -> str:
    """The screen of the reviewer."""
    review = newsroom.submit(translation)
    return newsroom.as_(newsroom.reviewer).get(reverse("translation_review:review", args=[review.pk])).text


def history(unit: UnitOnDesk) -> str:
    return unit.desk.client.get(reverse("translation_desk:history", args=unit.args)).text


EVERYWHERE = {"desk", "file", "history", "review"}


def marked_in(newsroom, unit: UnitOnDesk) -> set[str]:
    """Where the text of the unit, which is confirmed, is a machine's."""
    marked = {
        "desk": shown(unit) == ("translated", MARK),
        "file": 'state-qualifier="mt-suggestion"' in file_of(unit.translation, "xliff").decode(),
        "history": MARK in history(unit),
        "review": ">machine: Dummy translator<" in reviewed(newsroom, unit.translation),
    }
    return {place for place, is_marked in marked.items() if is_marked}


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_changed_source__keeps_the_mark_of_a_machine(newsroom, content, russian, unit, is_confirmed):
    if is_confirmed:
        confirm(unit)
    change_source(content, title=CHANGED)
    unit = unit.desk.unit(CHANGED)

    assert shown(unit) == ("stale" if is_confirmed else "needs_review", MARK)
    if not is_confirmed:
        assert newsroom.submit(russian) is None
    confirm(unit)
    assert marked_in(newsroom, unit) == EVERYWHERE


def test_changed_source__keeps_that_a_text_was_changed_from_a_machines(newsroom, content, russian, unit):
    unit.save("Позвоните", str(unit.on(unit.desk.get())["data-version"]))
    change_source(content, title=CHANGED)

    assert shown(unit.desk.unit(CHANGED)) == ("stale", "changed from machine: Dummy translator")


def test_changed_links__leave_a_text_the_machines(newsroom, site):
    links = '<a href="https://example.org/a">one</a> and <a href="https://example.org/b">two</a>'
    body = [("rich_text", f"<p>Ask {links}.</p>")]
    page = factories.NewsPageFactory(parent=site.news_index, body=body)
    [russian] = newsroom.send(page, "ru")
    newsroom.as_(newsroom.translators["ru"]).post(reverse("wagtail_localize:machine_translate", args=[russian.pk]))
    turned = '<a href="https://example.org/b">two</a> and <a href="https://example.org/a">one</a>'
    change_source(page, body=[{"type": "rich_text", "value": f"<p>Ask {turned}.</p>", "id": page.body[0].id}])

    source = russian.source.stringsegment_set.get(string__data__contains="Ask").string.data
    assert shown(desk_of(newsroom, russian).unit(source)) == ("needs_review", MARK)


@pytest.mark.parametrize(
    ("tool", "origin"),
    [
        (SIMILAR, "translation memory"),
        (FOREIGN, "translation memory"),
        ("XLIFF: ru.xlf", "file (XLIFF: ru.xlf)"),
        (TOOL, "earlier text"),
        ("", "earlier text"),
    ],
)
def test_changed_source__keeps_where_a_text_comes_from(newsroom, content, russian, tool, origin):
    unit = desk_of(newsroom, russian).unit(SENTENCE)
    unit.save("Позвоните")
    StringTranslation.objects.update(tool_name=tool)

    change_source(content, title=CHANGED)

    assert shown(unit.desk.unit(CHANGED)) == ("stale", origin)


@pytest.fixture
def other(newsroom, site, russian) -> UnitOnDesk:
    """The same sentence on another page."""
    page = factories.ContentPageFactory(parent=site.home, title=SENTENCE, slug="who-helps")
    return desk_of(newsroom, newsroom.send(page, "ru")[0]).unit(SENTENCE)


def fill(unit: UnitOnDesk, other: UnitOnDesk) -> None:
    unit.desk.client.post(reverse("translation_desk:fill", args=unit.args), {"segment": other.segment.pk})


def test_other_places__are_given_a_text_of_a_machine_as_that(newsroom, unit, other):
    confirm(unit)

    fill(unit, other)

    assert marked_in(newsroom, other) == EVERYWHERE


def test_other_places__are_given_an_unconfirmed_text_as_that(newsroom, unit, other):
    fill(unit, other)

    assert shown(other) == ("needs_review", MARK)
    assert newsroom.submit(other.translation) is None
    confirm(other)
    assert marked_in(newsroom, other) == EVERYWHERE


def test_other_places__are_given_a_stale_text_as_that(newsroom, site, content, russian):
    unit = desk_of(newsroom, russian).unit(SENTENCE)
    unit.save("Позвоните")
    change_source(content, title=CHANGED)
    twin = factories.ContentPageFactory(parent=site.home, title=CHANGED, slug="who-helps")
    other = desk_of(newsroom, newsroom.send(twin, "ru")[0]).unit(CHANGED)

    fill(unit.desk.unit(CHANGED), other)

    assert shown(other) == ("stale", "earlier text")


@pytest.mark.parametrize("tool", [SIMILAR, FOREIGN])
def test_other_places__are_given_a_text_of_the_memory_as_that(newsroom, russian, other, tool):
    unit = desk_of(newsroom, russian).unit(SENTENCE)
    unit.save("Позвоните", tool=tool)

    fill(unit, other)

    assert shown(other) == shown(unit) == ("translated", "translation memory")
    assert set(StringTranslation.objects.values_list("tool_name", flat=True)) == {tool}


@pytest.fixture
def approved(newsroom, unit) -> UnitOnDesk:
    """With a text by a machine that readers see."""
    confirm(unit)
    live_with(newsroom, unit.translation)
    return unit


@pytest.mark.usefixtures("approved")
def test_memory__fills_in_a_text_of_a_machine_as_that(newsroom, site):
    twin = factories.ContentPageFactory(parent=site.home, title=SENTENCE, slug="who-helps")
    other = desk_of(newsroom, newsroom.send(twin, "ru")[0]).unit(SENTENCE)

    assert marked_in(newsroom, other) == EVERYWHERE


@pytest.fixture
def story(newsroom, site):
    """With a sentence in a text by a machine that readers see."""
    story = factories.NewsPageFactory(parent=site.news_index, body=[("rich_text", f"<p>{SENTENCE}</p>")])
    [translation] = newsroom.send(story, "ru")
    url = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    newsroom.as_(newsroom.translators["ru"]).post(url)
    newsroom.word(translation, lambda source: BY_MACHINE if source == SENTENCE else "Текст")
    live_with(newsroom, translation)
    return story


def test_copied_page__has_a_text_of_a_machine_as_that(newsroom, site, story):
    form = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": site.news_index.pk,
        "other_languages": "all",
    }
    newsroom.as_(newsroom.publisher).post(reverse("wagtailadmin_pages:copy", args=[story.pk]), form)

    translation = translation_into(Page.objects.get(slug="copy", locale=story.locale), "ru")
    newsroom.word(translation, lambda source: "Копия")
    assert marked_in(newsroom, desk_of(newsroom, translation).unit(SENTENCE)) == EVERYWHERE


def test_block_made_again__has_a_text_of_a_machine_as_that(newsroom, story):
    change_source(story, body=[("rich_text", f"<p>{SENTENCE}</p>")])

    translation = translation_into(story, "ru")
    unit = desk_of(newsroom, translation).unit(SENTENCE)
    assert shown(unit) == ("approved", MARK)
    assert MARK in history(unit)
    assert 'state-qualifier="mt-suggestion"' in file_of(translation, "xliff").decode()


@pytest.mark.parametrize("is_approved", [True, False])
def test_source_sent_anew__has_a_text_of_a_machine_as_that(newsroom, content, unit, is_approved):
    if is_approved:
        confirm(unit)
        live_with(newsroom, unit.translation)
    newsroom.as_(newsroom.publisher).post(delete_url(target_of(unit.translation)))

    [again] = newsroom.send(content, "ru")

    state = "approved" if is_approved else "needs_review"
    assert shown(desk_of(newsroom, again).unit(SENTENCE)) == (state, MARK)


def test_page_restored_from_the_trash__has_a_text_of_a_machine_as_that(newsroom, content, unit):
    newsroom.as_(newsroom.publisher).post(delete_url(content), {"other_languages": "all"})

    restore(newsroom, kept(content))

    again = desk_of(newsroom, translation_into(content, "ru"))
    assert shown(again.unit(SENTENCE)) == ("needs_review", MARK)
    assert newsroom.submit(again.translation) is None


def clear(unit: UnitOnDesk) -> None:
    unit.save("", str(unit.on(unit.desk.get())["data-version"]))


def take_again(unit: UnitOnDesk) -> None:
    """The oldest text of the history."""
    url = reverse("translation_desk:history", args=unit.args)
    oldest = BeautifulSoup(unit.desk.client.get(url).content, "html.parser").select("button[name=version]")[-1]
    unit.desk.client.post(url, {"version": str(oldest["value"])})


def test_cleared_unit__has_its_unconfirmed_text_of_a_machine_back_as_that(newsroom, content, russian, unit):
    change_source(content, title=CHANGED)
    unit = unit.desk.unit(CHANGED)

    clear(unit)

    assert shown(unit) == ("needs_review", MARK)
    assert newsroom.submit(russian) is None
    confirm(unit)
    assert marked_in(newsroom, unit) == EVERYWHERE


def test_cleared_unit__has_its_approved_text_of_a_machine_back_as_that(approved):
    approved.save("Позвоните", str(approved.on(approved.desk.get())["data-version"]))

    clear(approved)

    assert shown(approved) == ("approved", MARK)
    assert MARK in history(approved)


@pytest.mark.parametrize("is_changed", [True, False])
def test_cleared_unit__has_its_approved_text_of_the_memory_back_as_that(newsroom, russian, is_changed):
    unit = desk_of(newsroom, russian).unit(SENTENCE)
    version = unit.save("Позвоните", tool=SIMILAR).json()["version"]
    live_with(newsroom, russian)
    if is_changed:
        unit.save("Звоните", version)

    clear(unit)

    assert shown(unit) == ("approved", "translation memory")


def test_text_taken_again__is_of_the_machine_that_wrote_it(newsroom, content, russian, unit):
    """For an earlier source, where it was cleared."""
    clear(unit)
    change_source(content, title=CHANGED)
    unit = unit.desk.unit(CHANGED)
    assert shown(unit) == ("missing", "")

    take_again(unit)

    assert marked_in(newsroom, unit) == EVERYWHERE


def test_text_taken_again__is_of_the_memory_that_it_came_from(newsroom, russian):
    unit = desk_of(newsroom, russian).unit(SENTENCE)
    version = unit.save("Позвоните", tool=SIMILAR).json()["version"]
    unit.save("", version)
    unit.save("Звоните")

    take_again(unit)

    assert shown(unit) == ("translated", "translation memory")


@pytest.mark.usefixtures("approved")
def test_text_that_was_lost__is_mended_as_one_of_the_machine(newsroom, russian, unit):
    StringTranslation.objects.filter(translation_of__data=SENTENCE)._raw_delete("default")

    call_command("check_translations", "--fix", stdout=io.StringIO())

    assert shown(unit) == ("approved", MARK)
