"""Texts of a machine are marked on the desk and in the history, and wait for somebody to confirm them."""

import pytest
from django.urls import reverse

from tests import factories
from tests.scenes import scene
from tests.translation.desk.desks import desk_of

pytestmark = pytest.mark.django_db
MARK = "Text by machine: Dummy translator"
CHANGED = "changed from machine: Dummy translator"


@pytest.fixture(autouse=True)
def machine(settings) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }


@scene
def russian(newsroom, site):
    [translation] = newsroom.send(factories.ContentPageFactory(parent=site.home, title="Our work"), "ru")
    return translation


@pytest.fixture
def unit(newsroom, russian):
    newsroom.as_(newsroom.translators["ru"]).post(reverse("wagtail_localize:machine_translate", args=[russian.pk]))
    return desk_of(newsroom, russian).unit("Our work")


def test_text__is_marked_and_waits_to_be_confirmed(unit):
    shown = unit.on(unit.desk.get(show="needs_review"))

    assert shown["data-state"] == "needs_review"
    assert shown.select_one("[data-origin]").text == MARK
    assert shown.select_one(".desk-form__save").text == "Confirm"


def test_confirmed_text__keeps_the_mark(unit):
    version = unit.on(unit.desk.get())["data-version"]

    answer = unit.save("work Our", version).json()

    assert (answer["state"], answer["origin"]) == ("translated", MARK)
    answer = unit.save("Наша работа", answer["version"]).json()
    assert answer["origin"] == CHANGED
    assert unit.on(unit.desk.get()).select_one("[data-origin]").text == CHANGED
    assert unit.save("", answer["version"]).json()["origin"] == ""


def test_history__marks_what_the_machine_has_written(unit):
    unit.save("Наша работа", unit.on(unit.desk.get())["data-version"])

    page = unit.desk.client.get(reverse("translation_desk:history", args=unit.args)).content.decode()

    assert page.count(MARK) == 1
    assert "(Dummy translator)" not in page
