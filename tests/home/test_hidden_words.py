"""A reader without a name follows every link, and searches for every word, and finds nothing of what is hidden."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test import Client

from core.http.page_cache.store import Store
from core.http.page_cache.wsgi import PageCache
from core.stamps.stamping import stamp_file
from tests.functional.crawler import crawl
from tests.hidden import hide, searches, told
from tests.stamping import settle
from tests.stored import Asked, connection_stays

pytestmark = pytest.mark.long

NOWHERE = "qxzuzuzuzuzuzuzu"


def text_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace") + str(response.headers)


def api_addresses(client) -> list[str]:
    """Each list, and each thing that it names."""
    found = []
    for listing in client.get("/api/v2/").json()["endpoints"].values():
        address = urlsplit(listing).path
        answer = client.get(f"{address}?limit=100")
        found += [f"{address}?limit=100", f"{address}?limit=100&locale=ru"]
        for item in answer.json().get("items", []):
            found.append(urlsplit(item["meta"]["detail_url"]).path)
    return found


def outcome(response, asked: str) -> str:
    """What a search says, without the words that were asked for."""
    if response["Content-Type"].startswith("application/json"):
        return json.dumps(response.json()).replace(asked, "")
    context = response.context
    count = context["pager"].paginator.count if "pager" in context else 0
    return f"{count} {context.get('meant', '')} {context['filters']} {context['results']} {context.get('others')}"


@pytest.fixture
def hidden(site, settings, tmp_path):
    settings.API_RATE = ""
    settings.STAMPS = str(tmp_path / "stamps")
    hidden = hide(site)
    settle()
    return hidden


@pytest.mark.parametrize("minute_job", [False, True])
def test_anonymous__finds_no_hidden_word(site, hidden, minute_job):
    if minute_job:
        call_command("publish_scheduled")
    client = Client()
    found = crawl()
    assert len(found.pages) > 20
    leaks = {}
    for address, visit in found.visits.items():
        if words := told(text_of(visit.response), hidden.words):
            leaks[address] = {hidden.words[word] for word in words}
    for address in api_addresses(client):
        if words := told(text_of(client.get(address)), hidden.words):
            leaks[address] = {hidden.words[word] for word in words}
    assert leaks == {}
    for what, address in hidden.addresses.items():
        response = client.get(address)
        assert response.status_code in (404, 302) or "password" in response.text, (what, address)
        assert not told(text_of(response), hidden.words) - told(address, hidden.words), (what, address)


def test_anonymous__finds_no_hidden_word_in_stored_pages(site, hidden, tmp_path):
    found = crawl()
    cache = PageCache(WSGIHandler(), Store(tmp_path / "pages", "1"), stamp_file())
    leaks, stored = {}, 0
    with connection_stays():
        for address in found.visits:
            path, _question, query = address.partition("?")
            for _time in range(2):
                asked = Asked(cache, path, query, HTTP_HOST="testserver")
                stored += asked.how == "site; hit"
                if words := told(asked.body.decode("utf-8", "replace") + str(asked.headers), hidden.words):
                    leaks[address] = words
    assert stored > 20
    assert leaks == {}


def answer(client, address: str) -> str:
    (asked,) = next(iter(parse_qs(urlsplit(address).query).values()))
    return outcome(client.get(address), asked)


@pytest.mark.parametrize("minute_job", [False, True])
def test_search__answers_for_a_hidden_word_as_for_one_that_is_nowhere(site, hidden, minute_job):
    if minute_job:
        call_command("publish_scheduled")
    client = Client()
    expected = [answer(client, address) for address in searches(NOWHERE)]
    for word, what in hidden.words.items():
        for address, nothing in zip(searches(word), expected, strict=True):
            assert answer(client, address) == nothing, (what, address)
