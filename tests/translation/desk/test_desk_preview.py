"""The preview beside the units."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.rich_text import RichText

from core.media.renditions import make_pictures
from tests import factories
from tests.scenes import scene
from tests.translating import translation_into
from tests.translation.desk.desks import desk_of
from translation.desk.preview import marked, woven

pytestmark = pytest.mark.django_db
PRIVATE = re.compile("[\ue000-\uf8ff]")


@scene
def story(newsroom):
    body = '<h2>On the road</h2><p>Take <a href="https://example.org/">bread</a> and water.</p>'
    page = factories.NewsPageFactory(
        parent=newsroom.site.news_index, title="Lanterns over the river", body=[("rich_text", RichText(body))]
    )
    page.save_revision().publish()
    return page


@scene
def russian(newsroom, story):
    [translation] = newsroom.send(story, "ru")
    return translation


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>{}</p>", '<p><span data-seg="12">Хлеб</span></p>'),
        ('<img alt="{}">', '<img alt="Хлеб" data-seg-attr="12">'),
        ('<img alt="{}" />', '<img alt="Хлеб" data-seg-attr="12"/>'),
        ("<title>{}</title>", "<title>Хлеб</title>"),
        ('<script type="application/ld+json">"{}"</script>', '<script type="application/ld+json">"Хлеб"</script>'),
        ("<p>no marks</p>", "<p>no marks</p>"),
    ],
)
def test_marks__become_elements_and_attributes(html, expected):
    assert woven(html.format(marked("Хлеб", 12))) == expected


def test_marks__that_were_cut_off_are_removed():
    text = marked("Хлеб и вода", 12)

    assert woven(f"<p>{text[:8]}…</p>") == f"<p>{text[4:8]}…</p>"
    assert woven(f"<p>{marked('<div>a</div>', 3)}</p>") == "<p><div>a</div></p>"


def test_preview__names_the_unit_of_each_text(newsroom, russian):
    desk = desk_of(newsroom, russian)
    unit = desk.unit("On the road")
    unit.save("В дороге")
    url = reverse("translation_desk:preview", args=[russian.pk])

    desk.client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = desk.client.get(url)

    page = BeautifulSoup(response.content, "html.parser")
    assert page.find(attrs={"data-seg": str(unit.segment.pk)}).text == "В дороге"
    assert page.find("main").find("a", href="https://example.org/")
    assert not PRIVATE.search(response.content.decode())
    # Without the empty transactions of relations that are copied in memory.
    assert len([each for each in queries if "SELECT" in each["sql"]]) <= 35


def test_preview__is_framed_by_this_site_and_stored_nowhere(newsroom, russian):
    desk = desk_of(newsroom, russian)

    response = desk.client.get(reverse("translation_desk:preview", args=[russian.pk]))

    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in response["Cache-Control"]


def test_preview__leaves_nothing_in_what_readers_get(newsroom, russian, story):
    desk = desk_of(newsroom, russian)
    desk.unit("On the road").save("В дороге")
    desk.client.get(reverse("translation_desk:preview", args=[russian.pk]))

    public = newsroom.as_(newsroom.reviewer).get(story.get_url()).content.decode()

    assert not PRIVATE.search(public)
    assert "data-seg" not in public


def test_preview__is_for_those_who_may_open_the_desk(newsroom, russian):
    url = reverse("translation_desk:preview", args=[russian.pk])

    statuses = [
        newsroom.as_(user).get(url).status_code for user in (newsroom.reviewer, newsroom.translators["tg"])
    ]

    assert statuses == [200, 302]


@scene
def campaign(newsroom):
    """A campaign with a quote that is live in Russian, and one that is not."""
    speaker = factories.PersonFactory(name="Zarina Sodiqova", role="teacher", photo=None)
    live, new = (
        factories.QuoteFactory(text=text, speaker=speaker, role="") for text in ("I came home.", "I asked why.")
    )
    picture = factories.SiteImageFactory(alt_texts={"en": "A lantern on the water", "ru": "Фонарь на воде"})
    make_pictures(picture)
    page = factories.CampaignPageFactory(
        parent=newsroom.site.campaign_index,
        body=[
            ("voices", {"heading": "Voices", "limit": 2, "picks": [live, new], "only_picked": True}),
            ("image", {"image": picture, "caption": ""}),
        ],
    )
    page.save_revision().publish()
    newsroom.bring_live(live, "ru")
    translations = [newsroom.send(row, "ru")[0] for row in (new, speaker)]
    return live, translations, picture, newsroom.send(page, "ru")[0]


def test_preview__has_the_drafts_of_what_belongs_to_the_page(newsroom, campaign):
    live, [new, speaker], picture, translation = campaign
    desk = desk_of(newsroom, translation)
    of_live = desk.unit("I came home.", translation_into(live, "ru"))
    units = [of_live, desk.unit("I asked why.", new), desk.unit("Zarina Sodiqova", speaker)]
    for unit, text in zip(units, ("Вот я и дома.", "Я спросил.", "Зарина"), strict=True):
        unit.save(text, unit.on(desk.get())["data-version"])
    alt = reverse("translation_desk:save_alt_text", args=["ru", picture.pk])
    version = desk.get().find(id=f"i{picture.pk}")["data-version"]
    assert desk.client.post(alt, {"text": "Фонарь плывёт", "version": version}).status_code == 200

    page = previewed(desk)

    for unit, text in zip(units, ("Вот я и дома.", "Я спросил.", "Зарина"), strict=True):
        place = page.find(attrs={"data-seg": str(unit.segment.pk)})
        assert place.text == text
        assert place.find_parent(attrs={"lang": True})["lang"] == "ru"
    assert page.find("img", alt="Фонарь плывёт")["data-seg-attr"] == f"i{picture.pk}"


def test_drafts_of_what_belongs_to_the_page__are_in_the_preview_alone(newsroom, campaign, client):
    live, _others, picture, translation = campaign
    desk = desk_of(newsroom, translation)
    unit = desk.unit("I came home.", translation_into(live, "ru"))
    unit.save("Вот я и дома.", unit.on(desk.get())["data-version"])

    assert "Вот я и дома." in str(previewed(desk))
    live.refresh_from_db()
    assert live.text == "I came home."
    assert "Вот я и дома." not in client.get(translation.source.get_source_instance().get_url()).content.decode()
    assert picture.alt("ru") == "Фонарь на воде"


def previewed(desk):
    response = desk.client.get(reverse("translation_desk:preview", args=[desk.translation.pk]))
    assert not PRIVATE.search(response.content.decode())
    return BeautifulSoup(response.content, "html.parser")
