"""Two translators with the same page open."""

from urllib.parse import quote

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from tests import factories
from tests.scenes import scene
from tests.translating import words_of
from translation.sync.atomic import fingerprint

pytestmark = pytest.mark.django_db


@scene
def russian(newsroom, site):
    page = factories.ContentPageFactory(parent=site.home, title="Our work")
    [translation] = newsroom.send(page, "ru")
    return translation


@scene
def zebo(newsroom):
    return factories.UserFactory(groups=["Translator ru"], first_name="Zebo", last_name="Alieva")


def url_of(translation, source: str = "Our work") -> str:
    segment = translation.source.stringsegment_set.filter(string__data=source).first()
    return reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])


def put(client, url: str, text: str, known: str | None = None):
    headers = {} if known is None else {"X-Known-Value": known}
    form = "application/x-www-form-urlencoded"
    return client.put(url, f"value={quote(text)}", content_type=form, headers=headers)


def test_fingerprint__is_that_of_the_script():
    assert [fingerprint(text) for text in ("", "a", "foobar")] == ["811c9dc5", "e40c292c", "bf9cf968"]
    assert fingerprint("Наша работа") != fingerprint("Наша Работа")


@pytest.mark.parametrize("first", ["", "Earlier words"])
def test_text__that_somebody_saved_meanwhile_is_not_saved_over(newsroom, russian, zebo, first):
    mine, theirs, url = newsroom.as_(newsroom.translators["ru"]), newsroom.as_(zebo), url_of(russian)
    if first:
        put(mine, url, first)
    known = fingerprint(first) if first else ""

    assert put(theirs, url, "Наша работа", known).status_code in (200, 201)
    answer = put(mine, url, "Работа", known)

    assert answer.status_code == 409
    assert "Zebo Alieva" in answer.content.decode()
    assert "Наша работа" in answer.content.decode()
    assert words_of(russian, "Our work") == "Наша работа"


def test_text__that_somebody_removed_meanwhile_is_not_saved(newsroom, russian, zebo):
    mine, url = newsroom.as_(newsroom.translators["ru"]), url_of(russian)
    put(mine, url, "Работа", "")
    newsroom.as_(zebo).delete(url, headers={"X-Known-Value": fingerprint("Работа")})

    assert put(mine, url, "Труд", fingerprint("Работа")).status_code == 409
    assert words_of(russian, "Our work") is None


def test_text__that_somebody_changed_is_not_removed(newsroom, russian, zebo):
    mine, url = newsroom.as_(newsroom.translators["ru"]), url_of(russian)
    put(mine, url, "Работа", "")
    put(newsroom.as_(zebo), url, "Труд", fingerprint("Работа"))

    assert mine.delete(url, headers={"X-Known-Value": fingerprint("Работа")}).status_code == 409
    assert words_of(russian, "Our work") == "Труд"


def test_text__that_is_known_or_the_same_is_saved(newsroom, russian, zebo):
    mine, url = newsroom.as_(newsroom.translators["ru"]), url_of(russian)
    for text, known in (("Работа", ""), ("Труд", fingerprint("Работа")), ("Труд", fingerprint("Работа"))):
        assert put(mine, url, text, known).status_code in (200, 201)
    assert put(mine, url, "Без сведений").status_code == 200
    assert StringTranslation.objects.get(locale=russian.target_locale).data == "Без сведений"
