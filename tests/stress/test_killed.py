"""The server is killed (kill -9) at random moments of a withdrawal, of unpublishing and of a launch. What was
taken from readers is found nowhere from the commit on; what was launched is found after the minute job."""

import random
import re
import threading
import time
from contextlib import suppress
from html import unescape
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.stress.client import Client
from tests.stress.server import Server
from tests.stress.services import HOST
from tests.stress.taken_away import is_done, make, waiting

MODULE = make.__module__


def acts(client: Client, kind: str, subject: dict[str, Any]) -> int:
    """Do it as its screen does, and return the status of the answer."""
    if kind == "withdraw":
        address = f"/admin/withdrawn-consents/withdraw/campaigns/quote/{subject['key']}/"
        return client.post(address, {"reason": "She asked for it.", "asked_by": ""}).status
    if kind == "unpublish":
        return client.post(f"/admin/pages/{subject['pk']}/unpublish/", {}).status
    fields = [("accept", key) for key in subject["accept"]]
    address = f"/admin/translation/launch/{subject['pk']}/ru/"
    return client.post(address, [*fields, ("reason", "The day is today.")]).status


def places(client: Client, subject: dict[str, Any]) -> dict[str, list[str]]:
    """Return, by word, the addresses that tell it."""
    found: dict[str, list[str]] = {}
    code = subject["page"].split("/")[1]
    lists = [subject["page"], f"/{code}/", f"/{code}/news/", f"/{code}/feeds/news.atom", f"/sitemap-{code}-1.xml"]
    answers = {address: client.get(address) for address in lists}
    for word in subject["words"]:
        found[word] = [at for at, answer in answers.items() if answer.status == 200 and word in answer.text]
        asked = f"/{code}/search/?{urlencode({'q': word})}"
        own, _heading, others = client.get(asked).text.partition('id="others"')
        found[word] += [at for at, text in ((asked, own), (f"{asked}#others", others)) if "<mark>" in text]
        begun = f"/{code}/search/suggestions/?{urlencode({'q': word[:8]})}"
        if word in client.get(begun).text.lower():
            found[word].append(begun)
        quotes = f"/api/v2/quotes/?limit=100&locale={code}"
        if word in client.get(quotes).text:
            found[word].append(quotes)
    return found


def is_searched(places: list[str]) -> bool:
    """Return whether the search finds it in its own language, not only among those in others."""
    return any("/search/?" in each and not each.endswith("#others") for each in places)


@pytest.fixture(scope="module")
def subjects(server: Server, rounds: int) -> list[dict[str, Any]]:
    return server.call(MODULE, make.__name__, rounds + 1)


@pytest.mark.parametrize("kind", ["withdraw", "unpublish", "launch"])
def test_killed__leaves_no_word_behind_and_loses_none(
    server: Server, subjects: list[dict[str, Any]], rounds: int, kind: str
):
    server.start()
    client, reader = Client(server), Client(server)
    client.log_in("stress")
    began = time.monotonic()
    assert acts(client, kind, subjects[rounds][kind]) in (200, 302)
    takes = time.monotonic() - began
    assert server.call(MODULE, is_done.__name__, kind, subjects[rounds][kind])
    committed = 0
    for subject in (each[kind] for each in subjects[:rounds]):

        def ask(subject: dict[str, Any] = subject) -> None:
            with suppress(OSError, HTTPException):
                acts(client.copy(), kind, subject)

        asking = threading.Thread(target=ask)
        asking.start()
        time.sleep(random.uniform(0, 1.2 * takes))
        server.kill()
        asking.join()
        server.start()
        done = server.call(MODULE, is_done.__name__, kind, subject)
        committed += done
        found = places(reader, subject)
        if kind == "launch":
            server.command("publish_scheduled")
            found = places(reader, subject)
            assert [is_searched(each) for each in found.values()] == [done] * len(found), found
        elif done:
            assert all(not each for each in found.values()), found
            server.command("publish_scheduled")
            assert all(not each for each in places(reader, subject).values())
        else:
            assert all(is_searched(each) for each in found.values()), found
    server.command("publish_scheduled")
    assert server.call(MODULE, waiting.__name__) == 0
    print(f"\n{server.database}: {kind}: killed {rounds} times in {takes:.1f} s, {committed} after the commit")
    server.stop()


LINK = re.compile(r'(?:href|src)="([^"#]+)|<loc>([^<]+)')
NOT_FOLLOWED = ("/admin/", "/static/", "/_util/")


def crawl(client: Client) -> dict[str, str]:
    """Follow the sitemaps and every link on this server; return the answers by address."""
    found: dict[str, str] = {}
    waiting = ["/sitemap.xml", "/en/", "/ru/", "/api/v2/pages/?limit=100", "/api/v2/quotes/?limit=100"]
    while waiting:
        address = waiting.pop()
        if address in found or address.startswith(NOT_FOLLOWED):
            continue
        answer = client.get(address)
        found[address] = answer.text if answer.status == 200 else ""
        if answer.headers.get_content_type() in ("text/html", "application/xml", "text/xml"):
            for parts in (urlsplit(unescape("".join(link))) for link in LINK.findall(found[address])):
                if parts.path.startswith("/") and parts.hostname in (None, HOST):
                    waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def test_crawl__after_the_kills_finds_none_of_the_words_taken_away(
    server: Server, subjects: list[dict[str, Any]], rounds: int
):
    server.start()
    # The second time most are answered from the page cache.
    found, stored = crawl(Client(server)), crawl(Client(server))
    assert len(found) > 20
    gone = {
        word
        for each in subjects
        for kind in ("withdraw", "unpublish")
        if server.call(MODULE, is_done.__name__, kind, each[kind])
        for word in each[kind]["words"]
    }
    assert len(gone) >= 2
    answers = [*found.items(), *stored.items()]
    leaks = {address: told for address, text in answers if (told := {word for word in gone if word in text})}
    print(f"\n{server.database}: crawl: {len(found)} addresses, {len(gone)} words, {len(leaks)} that tell one")
    assert leaks == {}
    server.stop()
