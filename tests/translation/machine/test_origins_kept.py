"""Where a text comes from is known wherever it goes, and whether somebody has confirmed it."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from tests import factories
from tests.scenes import scene
from tests.translating import change_source
from tests.translation.desk.desks import UnitOnDesk, desk_of
from tests.translation.exchanging import file_of
from translation.units.memory import FOREIGN, SIMILAR, TOOL

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
def page(site):
    return factories.ContentPageFactory(parent=site.home, title=SENTENCE)


@scene
def russian(newsroom, page) -> Translation:
    return newsroom.send(page, "ru")[0]


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


def require_marked_everywhere(newsroom, unit: UnitOnDesk) -> None:
    """The text of the unit, which is confirmed, is a machine's on the desk, in files, history and review."""
    assert shown(unit) == ("translated", MARK)
    assert 'state-qualifier="mt-suggestion"' in file_of(unit.translation, "xliff").decode()
    assert MARK in history(unit)
    assert ">machine: Dummy translator<" in reviewed(newsroom, unit.translation)


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_changed_source__keeps_the_mark_of_a_machine(newsroom, page, russian, unit, is_confirmed):
    if is_confirmed:
        confirm(unit)
    change_source(page, title=CHANGED)
    unit = unit.desk.unit(CHANGED)

    assert shown(unit) == ("stale" if is_confirmed else "needs_review", MARK)
    if not is_confirmed:
        assert newsroom.submit(russian) is None
    confirm(unit)
    require_marked_everywhere(newsroom, unit)


def test_changed_source__keeps_that_a_text_was_changed_from_a_machines(newsroom, page, russian, unit):
    unit.save("Позвоните", str(unit.on(unit.desk.get())["data-version"]))
    change_source(page, title=CHANGED)

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
def test_changed_source__keeps_where_a_text_comes_from(newsroom, page, russian, tool, origin):
    unit = desk_of(newsroom, russian).unit(SENTENCE)
    unit.save("Позвоните")
    StringTranslation.objects.update(tool_name=tool)

    change_source(page, title=CHANGED)

    assert shown(unit.desk.unit(CHANGED)) == ("stale", origin)
