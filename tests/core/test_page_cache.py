"""Public pages are stored whole, and nothing that was changed or removed is shown from the store."""

import datetime
import gzip
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from campaigns.models import NewsPage
from core.http.page_cache import responses
from core.http.page_cache.requests import key_of
from core.http.page_cache.responses import Entry
from core.http.page_cache.store import Store
from core.http.page_cache.wsgi import PageCache
from core.stamps import stamping
from core.stamps.file import StampFile
from tests import factories
from tests.scenes import scene
from tests.stamping import settle
from tests.stored import Asked, connection_stays, environ_of

STORY = "/en/news/first/"


@scene
def story(site):
    return factories.NewsPageFactory(parent=site.news_index, slug="first", title="Before")


@pytest.fixture
def stamps(tmp_path, settings) -> StampFile:
    settings.STAMPS = str(tmp_path / "stamps")
    return stamping.stamp_file()


@pytest.fixture
def _connection_stays() -> Iterator[None]:
    with connection_stays():
        yield


@pytest.fixture
def cache(tmp_path, stamps, story, _connection_stays) -> PageCache:
    settle()
    return PageCache(WSGIHandler(), Store(tmp_path / "pages", "1"), stamps)


def of_another_process(cache: PageCache, release: str = "1") -> PageCache:
    return PageCache(cache.application, Store(cache.store.path, release), StampFile(cache.stamps.path))


def change(story: NewsPage, **values: Any) -> None:
    row = NewsPage.objects.get(pk=story.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_second_request__asks_nobody(cache, story):
    first = Asked(cache)
    with CaptureQueriesContext(connection) as queries:
        second = Asked(cache)
    assert (first.status, first.how) == ("200 OK", "site; fwd=miss")
    assert (second.status, second.how) == ("200 OK", "site; hit")
    assert second.body == first.body
    assert b"Before" in second.body
    assert len(queries) == 0


def test_responses__are_counted(cache, story):
    counted: list[str] = []
    cache.count = counted.append
    for _time in range(3):
        Asked(cache)
    Asked(cache, query="q=1")
    assert counted == ["fwd=miss", "hit", "hit"]


def test_headers__have_browsers_ask_again_and_vary_by_coding_alone(cache, story):
    for answer in (Asked(cache), Asked(cache)):
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["ETag"].startswith('W/"')
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers


def test_known_copy__is_confirmed_without_a_body(cache, story):
    etag = Asked(cache).headers["ETag"]
    known = Asked(cache, HTTP_IF_NONE_MATCH=f'"other", {etag}')
    assert (known.status, known.body) == ("304 Not Modified", b"")
    assert known.headers["ETag"] == etag
    assert "Content-Length" not in known.headers
    assert Asked(cache, HTTP_IF_NONE_MATCH='"other"').status == "200 OK"


def test_codings__have_the_same_content(cache, story):
    plain = Asked(cache).body
    packed = Asked(cache, HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.body) == plain
    zipped = Asked(cache, HTTP_ACCEPT_ENCODING="gzip;q=1.0, br;q=0")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain
    assert "Content-Encoding" not in Asked(cache, HTTP_ACCEPT_ENCODING="identity").headers


def test_head__has_the_headers_alone(cache, story):
    whole = Asked(cache)
    head = Asked(cache, REQUEST_METHOD="HEAD")
    assert (head.status, head.body) == ("200 OK", b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize(
    ("path", "query", "environ"),
    [
        (STORY, "", {"REQUEST_METHOD": "POST"}),
        (STORY, "", {"HTTP_COOKIE": "csrftoken=1; sessionid=abc"}),
        (STORY, "", {"HTTP_COOKIE": "messages=abc"}),
        (STORY, "", {"HTTP_AUTHORIZATION": "Basic abc"}),
        (STORY, "", {"HTTP_X_FORWARDED_PROTO": "javascript"}),
        ("/en/search/", "q=visa", {}),
        ("/en/news/", "topic=visa", {}),
        ("/en/news/", "page=2&page=3", {}),
        ("/en/news/", "page=" + "9" * 9, {}),
        ("/admin/", "", {}),
        ("/api/v2/pages/", "", {}),
        ("/en/" + "a" * 2_000, "", {}),
    ],
)
def test_request__of_somebody_or_for_something_else_is_not_answered(path, query, environ):
    assert key_of(environ_of(path, query, **environ)) is None


def test_tracking__is_left_out(cache, story):
    Asked(cache)
    assert Asked(cache, query="utm_source=mail&fbclid=1").how == "site; hit"
    assert Asked(cache, HTTP_COOKIE="csrftoken=1").how == "site; hit"
    search = Asked(cache, path="/en/search/", query="gclid=123")
    assert b"gclid" not in search.body
    assert key_of(environ_of("/en/news/", "page=2")) != key_of(environ_of("/en/news/"))


def test_edited_page__is_shown_by_every_process(cache, story):
    other = of_another_process(cache)
    assert Asked(cache).how != Asked(other).how
    change(story, title="After")
    settle()
    for each in (cache, other):
        assert b"After" in Asked(each).body
    assert Asked(cache).how == "site; hit"


def test_draft__leaves_the_page_alone(cache, story):
    Asked(cache)
    story.title = "Draft"
    story.save_revision()
    settle()
    assert Asked(cache).how == "site; hit"


def unpublish(story: NewsPage) -> None:
    NewsPage.objects.get(pk=story.pk).unpublish()


def delete(story: NewsPage) -> None:
    NewsPage.objects.get(pk=story.pk).delete()


def restrict(story: NewsPage) -> None:
    PageViewRestriction.objects.create(page=story, restriction_type="password", password="open")


@pytest.mark.parametrize("way", [unpublish, delete, restrict])
def test_removed_page__is_not_shown_even_if_the_process_dies_after_the_commit(cache, story, way):
    shown = (STORY, "/en/news/", "/en/")
    for path in shown:
        assert b"Before" in Asked(cache, path=path).body
    way(story)
    for path in shown:
        assert b"Before" not in Asked(cache, path=path).body
    settle()
    assert b"Before" not in Asked(cache).body
    Asked(cache, path="/en/news/")
    assert Asked(cache, path="/en/news/").how == "site; hit"


def test_private_page__is_never_stored(cache, story):
    restrict(story)
    settle()
    for _time in range(2):
        assert "Cache-Status" not in Asked(cache).headers
    assert not list(cache.store.path.glob("??/*"))


def test_page_that_changes_while_it_is_rendered__is_not_stored(cache, story, monkeypatch):
    render = cache.application

    def slow(environ: Any, start_response: Any) -> Any:
        answer = render(environ, start_response)
        change(story, title="After")
        settle()
        return answer

    monkeypatch.setattr(cache, "application", slow)
    assert b"Before" in Asked(cache).body
    monkeypatch.setattr(cache, "application", render)
    assert b"After" in Asked(cache).body


def test_expiry__ends_the_stored_page(cache, story, monkeypatch):
    change(story, expire_at=timezone.now() + datetime.timedelta(minutes=5))
    settle()
    assert Asked(cache).how == "site; fwd=miss"
    later = responses.now() + 301
    monkeypatch.setattr(responses, "now", lambda: later)
    monkeypatch.setattr(cache, "application", unavailable)
    assert Asked(cache).status == "503 Service Unavailable"


def unavailable(environ: Any, start_response: Any) -> list[bytes]:
    start_response("503 Service Unavailable", [("Content-Type", "text/html")])
    return [b"Later"]


def test_next_day__is_rendered_anew_or_shown_old_without_a_database(cache, story, monkeypatch):
    Asked(cache)
    tomorrow = responses.now() + 24 * 3600
    monkeypatch.setattr(responses, "now", lambda: tomorrow)
    render = cache.application
    monkeypatch.setattr(cache, "application", unavailable)
    old = Asked(cache)
    assert (old.status, old.how) == ("200 OK", "site; hit; detail=stale")
    monkeypatch.setattr(cache, "application", render)
    assert Asked(cache).how == "site; fwd=miss"


def test_without_a_database__edits_are_old_and_removals_gone(cache, story, monkeypatch):
    Asked(cache)
    Asked(cache, path="/en/news/")
    change(story, title="After")
    settle()
    monkeypatch.setattr(cache, "application", unavailable)
    restarted = of_another_process(cache)
    assert Asked(restarted).how == "site; hit; detail=stale"
    assert Asked(restarted, path="/en/campaigns/").status == "503 Service Unavailable"
    unpublish(story)
    assert Asked(restarted).status == "503 Service Unavailable"
    assert Asked(restarted, path="/en/news/").status == "503 Service Unavailable"


def test_another_release__renders_anew(cache, story):
    Asked(cache)
    assert Asked(of_another_process(cache)).how == "site; hit"
    assert Asked(of_another_process(cache, release="2")).how == "site; fwd=miss"


@pytest.mark.parametrize("content", [b"", b"\0\0\0\x05{}", b"damaged" * 100])
def test_damaged_file__is_rendered_anew(cache, story, content):
    Asked(cache)
    next(cache.store.path.glob("??/*")).write_bytes(content)
    assert Asked(of_another_process(cache)).how == "site; fwd=miss"


def test_lost_folder__leaves_pages_as_they_are(cache, story):
    shutil.rmtree(cache.store.path)
    assert Asked(cache).status == "200 OK"
    assert Asked(cache, path="/en/news/").status == "200 OK"
    assert Asked(cache).how == "site; hit"


def test_lost_stamps__forget_all_pages(cache, story):
    Asked(cache)
    cache.stamps.path.unlink()
    assert Asked(of_another_process(cache)).how == "site; fwd=miss"


class Counting:
    """An application that counts how often it is asked, and answers slowly."""

    def __init__(self) -> None:
        self.asked = 0
        self.lock = threading.Lock()

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        with self.lock:
            self.asked += 1
        threading.Event().wait(0.2)
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [b"<p>Page</p>"]


@pytest.fixture
def counting(tmp_path) -> tuple[Counting, list[PageCache]]:
    application = Counting()
    stamps = tmp_path / "stamps"
    return (
        application,
        [PageCache(application, Store(tmp_path / "pages", "1"), StampFile(stamps)) for _process in range(2)],
    )


@pytest.mark.django_db
def test_many_at_once__render_once(counting):
    application, caches = counting
    answers: list[Asked] = []
    threads = [threading.Thread(target=lambda each=each: answers.append(Asked(each))) for each in caches * 10]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.body for answer in answers] == [b"<p>Page</p>"] * 20
    assert application.asked == 1


@pytest.mark.django_db
def test_edited_page__is_shown_old_to_all_but_one(counting):
    application, (cache, other) = counting
    Asked(cache)
    with cache.store.rendering(key_of(environ_of(STORY)), waits=False):
        cache.stamps.stamp(["*"])
        assert Asked(other).how == "site; hit; detail=stale"
    assert Asked(other).how == "site; fwd=miss"
    assert application.asked == 2


def test_memory_and_disk__are_bounded(tmp_path):
    store = Store(tmp_path, "1", memory=20_000, disk=50_000)
    for number in range(100):
        entry = Entry([], "", {"br": bytes(1_000)}, stamp=1, places=[], fresh_until=0, ends=None)
        store.save(str(number), entry)
    store.shrink()
    assert store.remembered("0") is None
    assert store.remembered("99") is not None
    assert sum(path.stat().st_size for path in Path(tmp_path).glob("??/*")) <= 50_000
    assert store.read("99") is not None
