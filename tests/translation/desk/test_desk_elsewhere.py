"""A string that is repeated is offered to its other places when it is saved."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from tests import factories
from tests.scenes import scene
from tests.translating import words_of
from tests.translation.desk.desks import Desk, UnitOnDesk, desk_of
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db
SENTENCE = "Call the helpline."
TEXT = "Позвоните по телефону доверия."


@scene
def here(newsroom, site):
    page = factories.ContentPageFactory(parent=site.home, title=SENTENCE)
    [translation] = newsroom.send(page, "ru")
    return translation


@scene
def there(newsroom, site):
    page = factories.ContentPageFactory(parent=site.home, title=SENTENCE, slug="who-helps")
    return newsroom.send(page, "ru", "tg")


def fill(unit: UnitOnDesk, *segments: int, **headers: str):
    url = reverse("translation_desk:fill", args=unit.args)
    return unit.desk.client.post(url, {"segment": segments}, headers=headers)


def place_of(there) -> int:
    return there[0].source.stringsegment_set.get(string__data=SENTENCE).pk


def test_save__offers_the_text_to_the_other_places(newsroom, here, there):
    unit = desk_of(newsroom, here).unit(SENTENCE)

    offered = unit.save(TEXT).json()["elsewhere"]

    assert "in 1 other place without" in offered
    assert f'value="{place_of(there)}" checked' in offered
    assert reverse("translation_desk:fill", args=unit.args) in offered
    version = unit.save(TEXT).json()["version"]
    assert unit.save("", version).json()["elsewhere"] == ""


def test_form__offers_them_without_a_script(newsroom, here, there):
    desk = desk_of(newsroom, here)
    unit = desk.unit(SENTENCE)
    sent = {"unit": unit.id, "text": TEXT, "version": ""}

    page = desk.client.post(f"{desk.url}?show=missing", sent, follow=True).content.decode()

    assert f'value="{place_of(there)}" checked' in page
    assert "data-elsewhere></div>" in desk.client.get(desk.url).content.decode()
    assert "<fieldset>" not in desk.client.get(desk.url).content.decode()


def test_fill__stores_the_text_at_the_chosen_places_of_the_language(newsroom, here, there):
    unit = desk_of(newsroom, here).unit(SENTENCE)
    unit.save(TEXT)
    russian, tajik = there

    assert fill(unit).status_code == 302
    assert words_of(russian, SENTENCE) is None
    response = fill(unit, place_of(there), referer=f"http://testserver{unit.desk.url}?show=missing")

    assert response["Location"] == f"http://testserver{unit.desk.url}?show=missing#{unit.id}"
    assert words_of(russian, SENTENCE) == TEXT
    assert words_of(tajik, SENTENCE) is None
    made = StringTranslation.objects.get(data=TEXT, context__object_id=russian.source.object_id)
    assert made.last_translated_by == newsroom.translators["ru"]
    assert fill(unit, place_of(there), referer="https://evil.example/")["Location"] == f"{unit.desk.url}#{unit.id}"


def test_places_beyond_the_first__are_counted_and_offered_next(newsroom, site, here, there, monkeypatch):
    monkeypatch.setattr("translation.memory.elsewhere.MOST", 1)
    newsroom.send(factories.ContentPageFactory(parent=site.home, title=SENTENCE, slug="who-hears"), "ru")
    unit = desk_of(newsroom, here).unit(SENTENCE)

    offered = unit.save(TEXT).json()["elsewhere"]
    url = reverse("translation_desk:fill", args=unit.args)
    sent = {"segment": [place_of(there)], "more": "1"}
    page = unit.desk.client.post(url, sent, headers={"referer": f"http://testserver{unit.desk.url}"}, follow=True)

    assert "in 2 other places without" in offered
    assert "These are the first 1 of them." in offered
    assert offered.count('name="segment"') == 1
    assert "in 1 other place without" in page.content.decode()
    assert "These are the first" not in page.content.decode()


def test_fill__leaves_what_somebody_else_has_locked(newsroom, here, there):
    unit = desk_of(newsroom, here).unit(SENTENCE)
    unit.save(TEXT)
    target = target_of(there[0])
    target.locked, target.locked_by = True, newsroom.editor
    target.save()

    fill(unit, place_of(there))

    assert words_of(there[0], SENTENCE) is None


def test_fill__is_for_translators_of_the_language(newsroom, here, there):
    desk_of(newsroom, here).unit(SENTENCE).save(TEXT)

    for user in (newsroom.translators["tg"], newsroom.reviewer, newsroom.editor):
        assert fill(Desk(newsroom.as_(user), here).unit(SENTENCE), place_of(there)).status_code in (302, 403)
    assert words_of(there[0], SENTENCE) is None
