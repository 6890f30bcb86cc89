"""A page shows no player and no link of a recording that readers may not see, from the next request on."""

import datetime
import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core import work
from core.consent.withdrawals import withdraw
from core.models import Recording
from core.publishing.gate import confirmed
from tests import factories
from tests.core import telling_documents
from tests.live_files import log_in
from tests.search.asking import titles

CONSENT = {"shows": "adults", "consent_reference": "F-7", "consent_scope": "website"}
FILM = {"title": "Malika tells", "captions": None, "url": "", "poster": None, "transcript": "<p>Snowdrops.</p>"}


def recorded(name: str):
    content = telling_documents.SOUND if name.endswith("mp3") else telling_documents.mp4()
    document = factories.DocumentFactory(title="On the road", file=ContentFile(content, name))
    Recording.objects.filter(document=document).update(**CONSENT)
    return type(document).objects.get(pk=document.pk)


def in_video(site, document):
    return story(site, [("video", {**FILM, "file": document})])


def in_link(site, document):
    return story(site, [("rich_text", f'<p>Hear <a linktype="document" id="{document.pk}">her</a>.</p>')])


def in_toolkit(site, document):
    files = [{"title": "Her voice", "document": document, "language": "en"}]
    return story(site, [("toolkit", {"heading": "To hear", "introduction": "", "files": files})])


def in_resource(site, document):
    index = factories.ResourceIndexPageFactory(parent=factories.SectionPageFactory(parent=site.home))
    page = factories.ResourcePageFactory(parent=index, live=False)
    page.files.add(page.files.model(document=document, language="en"))
    return published(page)


def story(site, body):
    page = factories.NewsPageFactory(parent=site.news_index, live=False)
    page.body = body
    return published(page)


def published(page):
    with confirmed():
        page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def by_withdrawal(client, document):
    url = reverse("consent:withdraw", args=["core", "recording", document.pk])
    client.post(url, {"reason": "Asked for", "asked_by": ""})


def by_expiry(client, document):
    Recording.objects.update(consent_until="2020-01-01")


def by_narrower_consent(client, document):
    Recording.objects.update(consent_scope="internal")


@pytest.mark.parametrize("take_away", [by_withdrawal, by_expiry, by_narrower_consent])
@pytest.mark.parametrize("name", ["film.mp4", "voice.mp3"])
@pytest.mark.parametrize("show", [in_video, in_link, in_toolkit, in_resource])
def test_page__shows_no_recording_without_consent(client, site, show, name, take_away):
    document = recorded(name)
    page = show(site, document)
    assert document.url in client.get(page.url).text

    log_in(client, "Editor")
    take_away(client, document)
    client.logout()

    shown = client.get(page.url)
    assert shown.status_code == 200
    assert document.url not in shown.text
    assert "<video" not in shown.text
    assert "Her voice" not in shown.text
    assert client.get(document.url).status_code == 404


def test_page__shows_no_transcript_of_a_hidden_film(client, site):
    document = recorded("film.mp4")
    page = in_video(site, document)
    assert "Snowdrops" in client.get(page.url).text
    work.perform_due()
    assert titles(client, "Snowdrops") == [page.title]

    withdraw(document.recording, None, "Asked for by telephone")

    shown = client.get(page.url).text
    assert "Snowdrops" not in shown
    assert "Malika tells" not in shown
    assert titles(client, "Snowdrops") == []
    work.perform_due()
    assert titles(client, "Snowdrops") == []


@pytest.mark.parametrize("show", [in_video, in_link, in_toolkit, in_resource])
def test_recording__is_not_found_from_the_day_after_its_consent_ended(client, site, show, monkeypatch):
    document = recorded("film.mp4")
    Recording.objects.update(consent_until=timezone.localdate())
    page = show(site, document)
    work.perform_due()
    word = {in_video: "Snowdrops", in_link: "Hear", in_toolkit: "voice"}.get(show, page.title)
    assert titles(client, word) == [page.title]

    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)

    assert titles(client, word) == []
    call_command("publish_scheduled", stderr=io.StringIO())
    assert titles(client, word) == ([] if show is in_video or show is in_toolkit else [page.title])


def test_page__of_a_deleted_film_leads_nowhere(client, site):
    document = recorded("film.mp4")
    page = in_video(site, document)
    type(document).objects.get(pk=document.pk).delete()

    shown = client.get(page.url).text
    assert 'href=""' not in shown
    assert "<video" not in shown
    assert "Watch the video" not in shown


def test_list_of_resources__names_no_hidden_recording(client, site):
    document = recorded("voice.mp3")
    page = in_resource(site, document)
    index = page.get_parent()
    assert document.url in client.get(index.url).text
    Recording.objects.update(consent_scope="internal")
    assert document.url not in client.get(index.url).text


def test_preview__of_a_draft_shows_a_recording_that_may_be_seen(client, site):
    document = recorded("film.mp4")
    page = factories.NewsPageFactory(parent=site.news_index, live=False)
    page.body = [("video", {**FILM, "file": document})]
    page.save_revision()
    log_in(client, "Publisher")
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert document.url in client.get(url).text
    Recording.objects.update(consent_scope="internal")
    assert document.url not in client.get(url).text
