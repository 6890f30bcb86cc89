"""Moving and copying something that has other languages, by screen, in bulk and through the admin's API."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from campaigns.models import NewsPage
from tests import factories
from tests.going_live import messages_of
from tests.lives import live_in, publisher_of, rows
from tests.scenes import scene
from tests.translating import Newsroom, translation_into
from translation.sending.create import Sent
from translation.units.segments import segments_of

pytestmark = pytest.mark.django_db


@scene
def lists(site) -> dict[str, Page]:
    """Second lists of stories, in English and Russian."""
    english = factories.NewsIndexPageFactory(parent=site.home, title="Archive", slug="archive")
    key = english.translation_key
    russian = factories.NewsIndexPageFactory(parent=site.homes["ru"], title="Архив", translation_key=key)
    return {"en": english, "ru": russian}


@scene
def story(site, newsroom: Newsroom) -> NewsPage:
    topic = factories.TopicFactory()
    page = factories.NewsPageFactory(
        parent=site.news_index, title="Camp", slug="camp", topics=[topic], places=[factories.PlaceFactory()]
    )
    newsroom.bring_live(page, "ru")
    return page


def move_url(page: Page, destination: Page) -> str:
    return reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk])


def parents(page: Page) -> dict[str, str]:
    return {code: row.get_parent().title for code, row in rows(page).items()}


def test_moving__shows_the_other_languages_and_moves_them_by_default(newsroom, story, lists):
    text = newsroom.as_(newsroom.publisher).get(move_url(story, lists["en"])).content.decode()

    assert 'value="all" required checked' in text
    assert "Camp [ru]" in text


@pytest.mark.parametrize(("answer", "russian"), [("all", "Архив"), ("only_this", "News")])
def test_moving__does_what_was_said(newsroom, story, lists, answer, russian):
    newsroom.as_(newsroom.publisher).post(move_url(story, lists["en"]), {"other_languages": answer})

    assert parents(story) == {"en": "Archive", "ru": russian}
    assert live_in(story) == {"en", "ru"}
    assert Page.find_problems() == ([], [], [], [], [])


def test_moving__to_a_parent_that_a_language_lacks_moves_nothing(newsroom, story, lists):
    lists["ru"].delete()

    response = newsroom.as_(newsroom.publisher).post(move_url(story, lists["en"]), {"other_languages": "all"})

    assert "does not exist in Русский yet. Translate it first." in messages_of(response)
    assert parents(story) == {"en": "News", "ru": "News"}


def test_moving__where_the_address_is_taken_in_a_language_moves_nothing(newsroom, story, lists):
    factories.NewsPageFactory(parent=lists["ru"], title="Rival", slug="camp")

    response = newsroom.as_(newsroom.publisher).post(move_url(story, lists["en"]), {"other_languages": "all"})

    assert "is already used there by “Rival”" in messages_of(response)
    assert parents(story) == {"en": "News", "ru": "News"}


def test_moving__where_one_language_is_not_theirs_moves_nothing(site, story, lists):
    client = publisher_of(site.home)

    response = client.post(move_url(story, lists["en"]), {"other_languages": "all"})

    assert "You do not have permission to do this in Русский" in messages_of(response)
    assert parents(story) == {"en": "News", "ru": "News"}


def test_moving__into_another_language_is_refused(newsroom, story, lists):
    for answer in ("all", "only_this"):
        response = newsroom.as_(newsroom.publisher).post(move_url(story, lists["ru"]), {"other_languages": answer})
        assert "another language" in messages_of(response)
    assert parents(story) == {"en": "News", "ru": "News"}


def test_moving__without_an_answer_moves_nothing(newsroom, story, lists):
    newsroom.as_(newsroom.publisher).post(move_url(story, lists["en"]))

    assert parents(story) == {"en": "News", "ru": "News"}


def copy(newsroom, page: Page, **sent):
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk, **sent}
    return newsroom.as_(newsroom.publisher).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)


def test_copying__is_done_in_this_language_alone_by_default(newsroom, story):
    url = reverse("wagtailadmin_pages:copy", args=[story.pk])
    text = newsroom.as_(newsroom.publisher).get(url).content.decode()
    copy(newsroom, story)

    assert 'value="only_this" required checked' in text
    assert set(rows(NewsPage.objects.get(slug="copy"))) == {"en"}


def test_copying__with_the_other_languages_makes_drafts_with_approved_wordings(newsroom, story):
    copy(newsroom, story, other_languages="all")

    copied = NewsPage.objects.get(slug="copy", locale__language_code="en")
    assert live_in(copied) == set()
    translation = translation_into(copied, "ru")
    assert translation.enabled
    assert any(segment.text == f"{story.summary} [ru]" for segment in segments_of(translation))
    assert live_in(story) == {"en", "ru"}


def test_copying__below_a_page_that_a_language_lacks_copies_nothing(newsroom, story, lists):
    lists["ru"].delete()

    response = copy(newsroom, story, other_languages="all", new_parent_page=lists["en"].pk)

    assert "does not exist in Русский yet" in messages_of(response)
    assert NewsPage.objects.count() == 2


def bulk_url(action: str, *things) -> str:
    kind = (things[0]._meta.app_label, things[0]._meta.model_name)
    kind = ("wagtailcore", "page") if isinstance(things[0], Page) else kind
    ids = "&".join(f"id={thing.pk}" for thing in things)
    return reverse("wagtail_bulk_action", args=[*kind, action]) + f"?{ids}"


@pytest.mark.parametrize(("answer", "russian"), [("all", "Архив"), ("only_this", "News"), ("", "News")])
def test_moving_in_bulk__does_what_was_said(newsroom, story, lists, answer, russian):
    client, url = newsroom.as_(newsroom.publisher), bulk_url("move", story)
    assert "Camp [ru]" in client.get(url).content.decode()

    sent = {"chooser": lists["en"].pk, "other_languages": answer}
    shown = client.post(url, sent)
    assert parents(story) == {"en": "News", "ru": "News"}
    if answer:
        assert ("/ru/archive/camp/" in shown.text) == (answer == "all")
        assert "/en/archive/camp/" in shown.text
        assert f'value="{answer}" required checked' in shown.text
        client.post(url, {**sent, "seen": shown.context["form"]["seen"].value()})

    assert parents(story) == {"en": "Archive" if answer else "News", "ru": russian}


def test_moving_in_bulk__to_elsewhere_than_was_shown_shows_it_first(newsroom, site, story, lists):
    client, url = newsroom.as_(newsroom.publisher), bulk_url("move", story)
    shown = client.post(url, {"chooser": lists["en"].pk, "other_languages": "all"})
    seen = shown.context["form"]["seen"].value()
    again = client.post(url, {"chooser": lists["en"].pk, "other_languages": "only_this", "seen": seen})
    assert "/ru/archive/camp/" not in again.text
    assert parents(story) == {"en": "News", "ru": "News"}


def test_moving__shows_what_each_answer_redirects(newsroom, site, story, lists):
    text = newsroom.as_(newsroom.publisher).get(move_url(story, lists["en"])).text
    everywhere, alone = text.split('id="redirects-headingall"')[1].split('id="redirects-headingonly_this"')
    assert "/en/archive/camp/" in everywhere
    assert "/ru/archive/camp/" in everywhere
    assert "/en/archive/camp/" in alone
    assert "/ru/archive/camp/" not in alone
    lists["ru"].delete()
    text = newsroom.as_(newsroom.publisher).get(move_url(story, lists["en"])).text
    assert 'id="redirects-headingall"' not in text
    assert "/en/archive/camp/" in text


def test_moving_in_bulk__is_whole_or_not_at_all(newsroom, site, story, lists):
    other = factories.NewsPageFactory(parent=site.news_index, title="Other", slug="other")
    factories.NewsPageFactory(parent=lists["ru"], title="Rival", slug="camp")
    client = newsroom.as_(newsroom.publisher)

    response = client.post(bulk_url("move", story, other), {"chooser": lists["en"].pk, "other_languages": "all"})

    assert "is already used there by “Rival”" in response.content.decode()
    assert other.get_parent().title == parents(story)["en"] == "News"


@pytest.mark.parametrize(("answer", "left"), [("all", set()), ("only_this", {"ru"}), ("", {"en", "ru"})])
def test_unpublishing_in_bulk__does_what_was_said(newsroom, story, answer, left):
    newsroom.as_(newsroom.publisher).post(bulk_url("unpublish", story), {"other_languages": answer})

    assert live_in(story) == left


@pytest.mark.parametrize(
    ("answer", "there", "live"),
    [
        ("all", set(), set()),
        ("take_down", {"ru"}, set()),
        ("only_this", {"ru"}, {"ru"}),
        ("", {"en", "ru"}, {"en", "ru"}),
    ],
)
@pytest.mark.parametrize("kind", ["page", "snippet"])
def test_deleting_in_bulk__does_what_was_said(newsroom, story, answer, there, live, kind):
    thing = story if kind == "page" else factories.QuoteFactory()
    if kind == "snippet":
        newsroom.bring_live(thing, "ru")

    newsroom.as_(newsroom.publisher).post(bulk_url("delete", thing), {"other_languages": answer})

    assert set(rows(thing)) == there
    assert live_in(thing) == live


def test_deleting_in_bulk__an_original_and_its_translation_selected_together(newsroom, story):
    url = bulk_url("delete", story, rows(story)["ru"])

    newsroom.as_(newsroom.publisher).post(url, {"other_languages": "all"})

    assert rows(story) == {}


def test_unpublishing_snippets_in_bulk__takes_them_down_in_all_languages(newsroom):
    quote = factories.QuoteFactory()
    newsroom.bring_live(quote, "ru")

    assert newsroom.as_(newsroom.editor).get(bulk_url("unpublish", quote)).status_code in (200, 302)
    newsroom.as_(newsroom.editor).post(bulk_url("unpublish", quote), {"other_languages": "all"})
    assert live_in(quote) == {"en", "ru"}
    newsroom.as_(newsroom.publisher).post(bulk_url("unpublish", quote), {"other_languages": "all"})
    assert live_in(quote) == set()


def call(client, page: Page, action: str, **data):
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    return client.post(url, data, content_type="application/json")


@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_api__asks_for_the_other_languages_as_well(newsroom, story, lists, action):
    client = newsroom.as_(newsroom.publisher)
    data = {"destination_page_id": lists["en"].pk, "position": "last-child"} if action == "move" else {}

    refused = call(client, story, action, **data)

    assert refused.status_code == 400
    assert "other_languages" in refused.json()
    assert live_in(story) == {"en", "ru"}
    assert call(client, story, action, other_languages="all", **data).status_code in (200, 204)
    assert live_in(story) == ({"en", "ru"} if action == "move" else set())
    assert action != "move" or parents(story) == {"en": "Archive", "ru": "Архив"}


@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_api__refuses_whole_what_is_not_theirs_in_one_language(site, story, lists, action):
    data = {"destination_page_id": lists["en"].pk, "position": "last-child"} if action == "move" else {}

    response = call(publisher_of(site.home), story, action, other_languages="all", **data)

    assert response.status_code == 400
    assert live_in(story) == {"en", "ru"}
    assert parents(story) == {"en": "News", "ru": "News"}


def test_translations__still_follow_after_a_move(newsroom, story, lists):
    newsroom.as_(newsroom.publisher).post(move_url(story, lists["en"]), {"other_languages": "all"})

    assert Translation.objects.filter(source__object_id=story.translation_key, enabled=True).count() == 1


def test_copying__that_cannot_be_sent_says_so_and_copies_nothing(newsroom, story, monkeypatch):
    monkeypatch.setattr(
        "translation.lifecycle.copying.send", lambda *args: Sent(source=None, problems=["The address is taken."])
    )
    response = copy(newsroom, story, other_languages="all")
    assert "The address is taken." in messages_of(response)
    assert "was sent for translation" not in messages_of(response)
    assert not NewsPage.objects.filter(slug="copy").exists()
