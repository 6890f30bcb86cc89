"""Films and sound recordings show faces and voices: who is seen or heard, and their consent."""

import struct

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from core.consent.withdrawals import withdraw
from core.models import Recording
from core.publishing.gate import Publication, PublishBlocked, confirmed
from core.publishing.people import Kind
from home.rights import make_groups
from tests import factories
from tests.live_files import log_in
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, pytest.mark.unconfirmed]

CONSENT = {"consent_reference": "F-7", "consent_scope": "website"}


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


FILM = box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", box(b"mvhd", b"\0" * 100)) + box(b"mdat", b"\0" * 16)


@pytest.fixture(autouse=True)
def groups(site):
    make_groups()


def recorded(name: str = "film.mp4", **answers):
    document = factories.DocumentFactory(title="On the road", file=ContentFile(FILM, name))
    Recording.objects.filter(document=document).update(**answers)
    return type(document).objects.get(pk=document.pk)


def story_with(site, document, shown="video"):
    page = factories.NewsPageFactory(parent=site.news_index, live=False)
    film = {"title": "Malika tells", "file": document, "captions": None, "url": "", "poster": None}
    link = f'<p>Hear <a linktype="document" id="{document.pk}">this</a>.</p>'
    page.body = [("video", film)] if shown == "video" else [("rich_text", link)]
    page.save_revision()
    return page


def codes(page) -> set[str]:
    return {finding.code for finding in Publication(page).findings}


@pytest.mark.parametrize("name", ["film.mp4", "film.webm", "voice.mp3", "voice.ogg", "voice.m4a"])
@pytest.mark.parametrize("shown", ["video", "link"])
def test_recording__of_nobody_knows_whom_blocks_publishing(site, name, shown):
    page = story_with(site, recorded(name), shown)

    assert "who_is_shown" in codes(page)
    with confirmed(), pytest.raises(PublishBlocked, match="does not say who is seen or heard"):
        page.get_latest_revision().publish()


@pytest.mark.parametrize("shows", ["adults", "minors", "survivors"])
def test_recording__of_people_needs_consent_and_confirmation(site, shows):
    document = recorded(shows=shows)
    page = story_with(site, document)
    assert {"consent_reference", "consent_scope"} <= codes(page)
    Recording.objects.update(**CONSENT)

    assert not codes(page) & {"consent_reference", "consent_scope", "who_is_shown"}
    with pytest.raises(PublishBlocked, match="confirmed"):
        page.get_latest_revision().publish()
    assert [item.kind for item in Publication(page).people] == [Kind.RECORDING]
    with confirmed():
        page.get_latest_revision().publish()


def test_recording__of_nobody_asks_nothing(site):
    page = story_with(site, recorded(shows="nobody"))

    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize(
    "url", ["https://example.org/film", "https://video.example/1", "https://example.net/a.mp4"]
)
def test_film_elsewhere__is_confirmed(site, url):
    page = factories.NewsPageFactory(parent=site.news_index, live=False)
    page.body = [("video", {"title": "Malika tells", "url": url, "captions": None, "poster": None, "file": None})]
    page.save_revision()

    assert [item.kind for item in Publication(page).people] == [Kind.RECORDING]
    with pytest.raises(PublishBlocked, match="confirmed"):
        page.get_latest_revision().publish()


@scene
def live(site):
    document = recorded(shows="minors", **CONSENT)
    page = story_with(site, document)
    with confirmed():
        page.get_latest_revision().publish()
    return document


def test_withdrawn_recording__is_gone_and_comes_back_by_nothing(client, live):
    assert client.get(live.url).status_code == 200

    withdraw(live.recording, None, "Asked for by telephone")

    assert client.get(live.url).status_code == 404
    Recording.objects.get().save()
    live.save()
    assert client.get(live.url).status_code == 404


@pytest.mark.parametrize(
    "lost",
    [{"consent_scope": "internal"}, {"consent_until": "2020-01-01"}, {"shows": "adults", "consent_reference": ""}],
)
def test_recording_without_consent__is_gone(client, live, lost):
    Recording.objects.update(**lost)

    assert client.get(live.url).status_code == 404


def test_recording_that_was_live_before__stays_public(client, live):
    Recording.objects.update(shows="", consent_reference="", consent_scope="")

    assert client.get(live.url).status_code == 200


@pytest.mark.parametrize("shows", ["nobody", "minors"])
def test_form__keeps_the_answers_and_leads_to_the_withdrawal(client, shows):
    document = recorded()
    log_in(client, "Editor")
    url = reverse("wagtaildocs:edit", args=[document.pk])
    page = client.get(url).content.decode()
    assert "Who is seen or heard" in page or "who is seen or heard" in page
    assert reverse("consent:withdraw", args=["core", "recording", document.pk]) in page

    data = {"title": document.title, "collection": document.collection_id, "tags": "", "shows": shows, **CONSENT}
    assert client.post(url, data).status_code == 302

    recording = Recording.objects.get(document=document)
    assert (recording.shows, recording.consent_reference) == (shows, "F-7")


def test_withdraw_screen__withdraws_a_recording(client, live):
    log_in(client, "Editor")
    url = reverse("consent:withdraw", args=["core", "recording", live.pk])
    assert client.get(url).status_code == 200

    assert client.post(url, {"reason": "Asked for", "asked_by": ""}).status_code == 302
    assert Recording.objects.get().consent_withdrawn


def test_editor__does_not_say_more_freely_who_is_seen_on_what_is_live(client, live):
    log_in(client, "Editor")
    data = {"title": live.title, "collection": live.collection_id, "tags": "", "shows": "nobody", **CONSENT}

    response = client.post(reverse("wagtaildocs:edit", args=[live.pk]), data)

    assert "shows" in response.context["form"].errors
    assert Recording.objects.get().shows == "minors"


def test_new_file_of_a_live_recording__asks_who_is_seen(client, live):
    log_in(client, "Publisher")
    data = {"title": live.title, "collection": live.collection_id, "tags": "", "shows": "minors", **CONSENT}
    url = reverse("wagtaildocs:edit", args=[live.pk])

    def new():
        return ContentFile(FILM + box(b"free", b"\0" * 8), "other.mp4")

    asked = client.post(url, {**data, "file": new()})
    assert "shows_in_new_file" in asked.context["form"].errors
    asked = client.post(url, {**data, "file": new(), "shows_in_new_file": "survivors"})
    assert "new_file_confirmed" in asked.context["form"].errors
    answers = {"shows_in_new_file": "survivors", "new_file_confirmed": "on"}
    assert client.post(url, {**data, "file": new(), **answers}).status_code == 302
    assert Recording.objects.get().shows == "survivors"
