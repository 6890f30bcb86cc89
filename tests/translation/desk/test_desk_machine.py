"""Texts of a machine are marked on the desk and in the history, and wait for somebody to confirm them."""

import pytest
from django.urls import reverse
from wagtail_localize.machine_translators.dummy import DummyTranslator

from tests import factories
from tests.scenes import scene
from tests.translating import change_source, words_of
from tests.translation.desk.desks import Desk, desk_of
from translation.models import MachineSettings

pytestmark = pytest.mark.django_db
MARK = "Text by machine: Dummy translator"
CHANGED = "changed from machine: Dummy translator"
MACHINE = "/machine_translate/"


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


def button_of(section):
    return section.select_one(f"form[action*='{MACHINE}'] button") if section else None


def test_button__asks_the_machine_and_leads_back(newsroom, russian):
    desk = desk_of(newsroom, russian)
    form = button_of(desk.get()).find_parent("form")
    assert "Translate with Dummy translator" in form.text

    sent = {each["name"]: each["value"] for each in form.select("input")}
    answer = desk.client.post(form["action"], sent)

    assert answer.url == f"{desk.url}#o{russian.pk}-title"
    page = desk.get()
    unit = desk.unit("Our work").on(page)
    assert (unit["data-state"], unit.select_one("[data-origin]").text) == ("needs_review", MARK)
    assert button_of(page) is None


def test_button__is_not_there_without_a_machine_translator(newsroom, russian, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None

    assert button_of(desk_of(newsroom, russian).get()) is None


def test_button__is_for_those_who_translate(newsroom, russian):
    assert button_of(Desk(newsroom.as_(newsroom.reviewer), russian).get()) is None


@pytest.mark.parametrize("allowed", [False, True])
def test_button__at_a_quote_needs_the_administrators_leave(newsroom, site, allowed):
    MachineSettings.objects.create(sends_people=allowed)
    quote = factories.QuoteFactory(text="They kept my passport.")
    voices = {"heading": "", "limit": 1, "picks": [quote], "only_picked": True}
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="Day", body=[("voices", voices)])
    newsroom.send(quote, "ru")
    desk = desk_of(newsroom, newsroom.send(campaign, "ru")[0])

    own, of_quote = desk.get().select(".desk-section")

    assert button_of(own)
    assert bool(button_of(of_quote)) is allowed


def test_string_that_goes_while_the_machine_is_asked__is_not_filled(newsroom, site, russian, monkeypatch):
    page = russian.source.get_source_instance()
    translate = DummyTranslator.translate

    def while_the_source_changes(*args):
        change_source(page, title="Our day")
        return translate(*args)

    monkeypatch.setattr(DummyTranslator, "translate", while_the_source_changes)
    client = newsroom.as_(newsroom.translators["ru"])

    shown = client.post(reverse("wagtail_localize:machine_translate", args=[russian.pk]), follow=True)

    assert "1 string filled" not in shown.content.decode()
    assert words_of(russian, "Our work") is None
