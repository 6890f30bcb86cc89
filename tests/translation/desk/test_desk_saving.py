"""Saving at the desk: one's own text is stored, somebody else's is not overwritten."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation

from core.consent.withdrawals import withdraw
from tests import factories
from tests.scenes import scene
from tests.translating import change_alt_texts, change_source, waiting, words_of
from tests.translation.desk.desks import Desk, desk_of
from translation.desk import answers
from translation.desk.wording import editable, fault_of, stored
from translation.models import AltTextDraft, Notice, UnitVersion
from translation.units.segments import segments_of

pytestmark = pytest.mark.django_db


@scene
def page(newsroom, site):
    return factories.ContentPageFactory(parent=site.home, title="Our work")


@scene
def russian(newsroom, page):
    [translation] = newsroom.send(page, "ru")
    return translation


@scene
def zebo(newsroom):
    return factories.UserFactory(groups=["Translator ru"], first_name="Zebo", last_name="Alieva")


@pytest.mark.parametrize(
    ("data", "typed"),
    [
        ("Bread &amp; water", "Bread & water"),
        ("5 &lt; 6 &gt; 4", "5 < 6 > 4"),
        ("a &lt;b&gt; c", "a &lt;b> c"),
        ('See <a id="a1">the “map” &amp; more</a>.', 'See <a id="a1">the “map” & more</a>.'),
        ("&amp;lt;", "&amp;lt;"),
        ("One<br/>two", "One<br/>two"),
    ],
)
def test_texts__are_typed_as_they_are_read_and_stored_as_before(data, typed):
    assert editable(data) == typed
    assert stored(typed) == data


@pytest.mark.parametrize("text", ["<b>open", "open</b>", '<a id="a2">x</a>', "<div>x</div>", "a <b", "\x07"])
def test_texts__that_would_break_the_page_are_refused(text):
    assert fault_of('See <a id="a1">x</a>', text)
    assert not fault_of('See <a id="a1">x</a>', 'Вот <a id="a1">x</a>')


def test_save__stores_the_text_and_answers_with_its_version(newsroom, russian):
    unit = desk_of(newsroom, russian).unit("Our work")

    answer = unit.save("Наша работа").json()

    assert (answer["text"], answer["state"]) == ("Наша работа", "translated")
    assert answer["version"]
    [row] = StringTranslation.objects.filter(locale_id=russian.target_locale_id, translation_of__data="Our work")
    assert row.last_translated_by == newsroom.translators["ru"]
    assert unit.save("Наши дела", answer["version"]).status_code == 200


def test_save__of_an_older_version_is_refused_with_the_text_of_the_other(newsroom, russian, zebo):
    mine, theirs = desk_of(newsroom, russian), Desk(newsroom.as_(zebo), russian)
    assert theirs.unit("Our work").save("Наша работа").status_code == 200

    answer = mine.unit("Our work").save("Работа")

    assert answer.status_code == 409
    assert (answer.json()["person"], answer.json()["text"]) == ("Zebo Alieva", "Наша работа")
    assert words_of(russian, "Our work") == "Наша работа"
    assert mine.unit("Our work").save("Работа", answer.json()["version"]).status_code == 200


def test_save__of_the_same_text_twice_is_no_conflict(newsroom, russian):
    unit = desk_of(newsroom, russian).unit("Our work")

    assert [unit.save("Наша работа").status_code for _twice in range(2)] == [200, 200]


def test_save__of_a_broken_text_is_refused_with_the_reason(newsroom, russian):
    answer = desk_of(newsroom, russian).unit("Our work").save("<b>Наша работа")

    assert answer.status_code == 422
    assert "tag" in answer.json()["why"]
    assert words_of(russian, "Our work") is None


def test_save__is_for_translators_of_the_language(newsroom, russian):
    for user in (newsroom.translators["tg"], newsroom.reviewer, newsroom.editor):
        assert Desk(newsroom.as_(user), russian).unit("Our work").save("x").status_code in (302, 403)
    assert words_of(russian, "Our work") is None


def test_empty_text__clears_the_unit(newsroom, russian):
    unit = desk_of(newsroom, russian).unit("Our work")
    version = unit.save("Наша работа").json()["version"]

    assert unit.save("", version).json()["state"] == "missing"
    assert words_of(russian, "Our work") is None
    assert UnitVersion.objects.get().text == "Наша работа"


def test_form__saves_without_a_script(newsroom, russian):
    desk = desk_of(newsroom, russian)
    unit = desk.unit("Our work")

    response = desk.client.post(desk.url, {"unit": unit.id, "text": "Наша работа", "version": ""})

    assert response["Location"].endswith(f"#{unit.id}")
    assert words_of(russian, "Our work") == "Наша работа"
    again = desk.client.post(desk.url, {"unit": unit.id, "text": "Работа", "version": ""})
    assert again.status_code == 409
    assert "Наша работа" in again.content.decode()
    assert ">Работа</textarea>" in again.content.decode()
    assert desk.client.post(desk.url, {"unit": "s1-x", "text": "a"}).status_code == 404


def test_form__shows_tags_of_the_other_text_as_marks(newsroom, site):
    body = [("rich_text", RichText("<p>Take <b>bread</b> with you.</p>"))]
    [russian] = newsroom.send(factories.CampaignPageFactory(parent=site.campaign_index, body=body), "ru")
    desk = desk_of(newsroom, russian)
    unit = desk.unit("Take <b>bread</b> with you.")
    unit.save("Возьмите <b>хлеб</b>.")

    answer = desk.client.post(desk.url, {"unit": unit.id, "text": "Берите <b>хлеб</b>.", "version": ""})

    shown = unit.on(BeautifulSoup(answer.content, "html.parser")).select_one("[data-list] q")
    assert answer.status_code == 409
    assert shown is not None
    assert shown.text == "Возьмите 1хлеб/1."


def test_form__shows_the_findings_without_a_script(newsroom, site):
    page = factories.ContentPageFactory(parent=site.home, title="Our 3 works")
    [translation] = newsroom.send(page, "ru")
    desk = desk_of(newsroom, translation)
    unit = desk.unit("Our 3 works")

    response = desk.client.post(
        f"{desk.url}?show=missing", {"unit": unit.id, "text": "Наши 5 работ", "version": ""}, follow=True
    )

    shown = unit.on(BeautifulSoup(response.content, "html.parser"))
    assert "Numbers missing: 3." in " ".join(each.text for each in shown.select(".desk-findings__blocking"))
    assert len(desk.get(show="missing").select(f"#{unit.id}")) == 0


def test_still_valid__is_the_text_as_it_is(newsroom, russian, page):
    desk = desk_of(newsroom, russian)
    version = desk.unit("Our work").save("Наша работа").json()["version"]
    change_source(page, title="Our good work")

    assert desk.unit("Our good work").save("Наша работа", version).json()["state"] == "translated"
    assert not any(segment.stale for segment in segments_of(russian))


def test_findings__are_told_of_what_is_typed(newsroom, russian):
    desk = desk_of(newsroom, russian)
    url, pk = reverse("translation_desk:findings", args=[russian.pk]), desk.unit("Our work").segment.pk

    told = [
        desk.client.post(url, {"units": json.dumps([[pk, text]])}).json()["findings"][str(pk)]
        for text in ("Our work", "Наша работа")
    ]

    assert [bool(each) for each in told] == [True, False]
    assert desk.client.post(url, {"units": "{}["}).status_code == 400


def test_findings__of_length_are_told_at_once(newsroom):
    takeaway = factories.TakeawayFactory(statement="Ask who employs you.", detail="Then ask again.")
    [translation] = newsroom.send(takeaway, "ru")
    desk = desk_of(newsroom, translation)

    def blocking(source: str, text: str) -> list[str]:
        unit = desk.unit(source)
        answer = unit.save(text, str(unit.on(desk.get())["data-version"])).json()
        return [each["text"] for each in answer["findings"] if each["blocking"]]

    assert blocking("Ask who employs you.", "Очень " * 34 + "длинно.") == [
        "The text has 211 characters. Maximum: 200."
    ]
    assert ["line break" in each for each in blocking("Ask who employs you.", "Спроси,\r\nкто нанимает.")] == [
        True
    ]
    assert blocking("Then ask again.", "Спроси\nещё.") == []


def test_alternative_texts__are_proposed_from_the_desk(newsroom, site):
    image = factories.SiteImageFactory(alt_texts={"en": "A lantern"})
    page = factories.CampaignPageFactory(parent=site.campaign_index, lead_image=image)
    [translation] = newsroom.send(page, "ru")
    desk = desk_of(newsroom, translation)
    version = desk.get().find(id=f"i{image.pk}")["data-version"]

    url = reverse("translation_desk:save_alt_text", args=["ru", image.pk])
    answer = desk.client.post(url, {"text": "Фонарь", "version": version})

    assert answer.json()["state"] == "translated"
    draft = AltTextDraft.objects.get()
    assert (draft.text, draft.waits) == ("Фонарь", False)
    assert not Notice.objects.filter(image=image).exists()
    assert desk.client.post(url, {"text": "Фонарик", "version": version}).status_code == 409
    assert desk.client.post(url, {"text": "Фонарик", "version": answer.json()["version"]}).status_code == 200


def test_alternative_text__for_a_source_that_has_changed_is_not_stored_for_the_new_one(newsroom, site):
    image = factories.SiteImageFactory(alt_texts={"en": "A lantern"})
    page = factories.CampaignPageFactory(parent=site.campaign_index, lead_image=image)
    [russian] = newsroom.send(page, "ru")
    desk, id_on_screen = desk_of(newsroom, russian), f"i{image.pk}"
    url, ping = (
        reverse(f"translation_desk:{name}", args=args)
        for name, args in (("save_alt_text", ["ru", image.pk]), ("ping", [russian.pk]))
    )

    def changed(screen: BeautifulSoup) -> bool:
        return desk.client.post(ping, {"seen": screen.select("[data-desk]")[0]["data-seen"]}).json()["changed"]

    def saved(screen: BeautifulSoup, text: str) -> tuple[int, str, str]:
        sent = {"text": text, "version": screen.select(f"#{id_on_screen}")[0]["data-version"]}
        status = desk.client.post(url, sent).status_code
        if status != 200:
            assert desk.client.post(desk.url, {**sent, "unit": id_on_screen}).status_code == 422
        draft = AltTextDraft.objects.get()
        return status, draft.text, draft.source

    before = desk.get()
    desk.client.post(url, {"text": "Фонарь"})
    change_alt_texts(newsroom, image, newsroom.publisher, en="A goat")
    after = desk.get()

    assert (changed(before), changed(after)) == (True, False)
    assert saved(before, "Большой фонарь") == (404, "Фонарь", "A lantern")
    assert after.find(id=id_on_screen)["data-state"] == "stale"
    assert [each.text for each in after.find(id=id_on_screen).select("del, ins")] == ["lantern", "goat"]
    assert saved(after, "Коза") == (200, "Коза", "A goat")
    assert desk.get().find(id=id_on_screen)["data-state"] == "translated"


def test_alternative_text__that_is_saved_while_it_is_typed_is_logged_once(newsroom, site, zebo):
    image = factories.SiteImageFactory(alt_texts={"en": "A lantern"})
    [russian] = newsroom.send(factories.CampaignPageFactory(parent=site.campaign_index, lead_image=image), "ru")
    mine, theirs = desk_of(newsroom, russian), Desk(newsroom.as_(zebo), russian)
    url = reverse("translation_desk:save_alt_text", args=["ru", image.pk])

    def logged_after(desk: Desk, text: str) -> int:
        assert desk.client.post(url, {"text": text}).status_code == 200
        return ModelLogEntry.objects.filter(object_id=image.pk, action="wagtail.edit").count()

    assert [logged_after(mine, text) for text in ("Фон", "Фонарь")] == [1, 1]
    assert logged_after(theirs, "Фонарик") == 2


def test_others__at_the_same_unit_are_shown(newsroom, russian, zebo):
    mine, theirs = desk_of(newsroom, russian), Desk(newsroom.as_(zebo), russian)
    unit, url = mine.unit("Our work"), reverse("translation_desk:ping", args=[russian.pk])

    theirs.client.post(url, {"unit": unit.id, "translations": str(russian.pk)})
    answer = mine.client.post(url, {"unit": unit.id, "translations": str(russian.pk)})

    assert answer.json() == {"others": {unit.id: ["Zebo Alieva"]}, "changed": False}
    assert "Zebo Alieva is working" in unit.on(mine.get()).text


def test_ping__says_that_a_source_has_changed_since_the_screen_was_made(newsroom, russian, page):
    desk, url = desk_of(newsroom, russian), reverse("translation_desk:ping", args=[russian.pk])

    def changed(screen) -> bool:
        at = screen.select_one("[data-desk]")
        sent = {"unit": "", "translations": at["data-translations"], "seen": at["data-seen"]}
        return desk.client.post(url, sent).json()["changed"]

    screen = desk.get()
    assert screen.select_one("[data-changed]").has_attr("hidden")
    assert not changed(screen)
    change_source(page, title="Our good work")
    assert changed(screen)
    assert not changed(desk.get())
    assert desk.client.post(url, {}).json()["changed"] is False


@pytest.mark.parametrize("text", ["Ночью я<br/>убежала через мост", "<b>Но</b>чью я убежала через мост"])
def test_withdrawn_words__are_found_among_tags(newsroom, russian, text):
    withdraw(factories.QuoteFactory(text="Мне не платили. Ночью я убежала через мост."), None, "Asked for")

    found = desk_of(newsroom, russian).unit("Our work").save(text).json()["findings"]

    assert "The text repeats words for which consent was withdrawn. Remove the words." in [
        each["text"] for each in found
    ]


def test_withdrawn_words__are_found_and_cannot_be_submitted(newsroom, russian):
    withdraw(factories.QuoteFactory(text="Мне не платили. Ночью я убежала через мост."), None, "Asked for")
    desk = desk_of(newsroom, russian)
    unit = desk.unit("Our work")

    found = unit.save("Так и было: ночью я убежала через мост!").json()["findings"]
    newsroom.word(russian, lambda source: "Ночью я убежала через мост" if source == "Our work" else source + "а")
    desk.client.post(reverse("translation_review:submit", args=[russian.pk]))
    refused = waiting(russian)
    unit.save("Наша работа", str(unit.on(desk.get())["data-version"]))
    desk.client.post(reverse("translation_review:submit", args=[russian.pk]))

    assert [each["text"] for each in found if each["blocking"]] == [
        "The text repeats words for which consent was withdrawn. Remove the words."
    ]
    assert refused is None
    assert waiting(russian)


def meanwhile(monkeypatch, name, change):
    """Something changes just after one of the functions has returned that the answers of the desk call."""
    function = getattr(answers, name)

    def called(*args):
        returned = function(*args)
        change()
        return returned

    monkeypatch.setattr(answers, name, called)


@pytest.mark.parametrize("step", ["save_text", "unit_of"])
def test_string_that_goes_while_its_text_is_saved__is_answered_as_gone(newsroom, page, russian, monkeypatch, step):
    unit = desk_of(newsroom, russian).unit("Our work")
    meanwhile(monkeypatch, step, lambda: change_source(page, title="Our day"))

    assert unit.save("Наша работа").status_code == 404


def test_image_that_goes_while_its_text_is_saved__is_answered_as_gone(newsroom, monkeypatch):
    image = factories.SiteImageFactory(alt_texts={"en": "A lantern"})
    url = reverse("translation_desk:save_alt_text", args=["ru", image.pk])
    meanwhile(monkeypatch, "save_alt_text", image.delete)

    answer = newsroom.as_(newsroom.translators["ru"]).post(url, {"text": "Фонарь", "version": ""})

    assert answer.status_code == 404
