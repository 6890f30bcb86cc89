"""How often one address may ask: often enough for a whole country behind it."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from core.throttling.reading import parsed, seconds_to_wait

ADDRESSES = ("/en/search/?q=day", "/tg/search/suggestions/?q=da", "/api/v2/news/")
SETTINGS = {ADDRESSES[0]: "SEARCH_RATE", ADDRESSES[1]: "SUGGESTION_RATE", ADDRESSES[2]: "API_RATE"}
NAMES = {ADDRESSES[0]: "search", ADDRESSES[1]: "suggestions", ADDRESSES[2]: "api"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_forty_readers__with_five_requests_a_minute_are_never_refused(client, site, settings, address):
    asked, setting = {"REMOTE_ADDR": "192.0.2.1"}, SETTINGS[address]
    assert client.get(address, **asked).status_code == 200
    # Counted like the first and the last one, and not answered: each answer takes long.
    others = RequestFactory().get(address, **asked)
    rate = getattr(settings, setting)
    assert [seconds_to_wait(others, NAMES[address], rate) for _n in range(198)] == [0] * 198
    assert client.get(address, **asked).status_code == 200
    setattr(settings, setting, "200/min")
    assert client.get(address, **asked).status_code == 429


@pytest.mark.parametrize("address", ADDRESSES)
def test_too_often__is_refused_for_a_while_and_for_one_address(client, site, settings, address):
    setattr(settings, SETTINGS[address], "3/min")
    assert [client.get(address).status_code for _n in range(4)] == [200, 200, 200, 429]
    response = client.get(address)
    assert 0 < int(response["Retry-After"]) <= 60
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert client.get(address, REMOTE_ADDR="192.0.2.9").status_code == 200
    others = [each for each in ADDRESSES if each != address]
    assert [client.get(each).status_code for each in others] == [200, 200]


@pytest.mark.parametrize("address", ADDRESSES)
def test_forged_addresses__are_counted_as_one(client, site, settings, address):
    settings.PROXIES = 1
    setattr(settings, SETTINGS[address], "3/min")
    found = [
        client.get(address, headers={"x-forwarded-for": f"{n}.1.1.1, 192.0.2.1"}).status_code for n in range(1, 5)
    ]
    assert found == [200, 200, 200, 429]


def test_refusal__is_in_the_readers_language(client, site, settings):
    settings.SEARCH_RATE = "1/min"
    client.get("/ru/search/")
    response = client.get("/ru/search/")
    assert (response.status_code, response["Content-Language"]) == (429, "ru")
    assert '<html lang="ru"' in response.text


def test_no_rate__is_no_limit(client, site, settings):
    settings.SEARCH_RATE = ""
    assert {client.get("/en/search/").status_code for _n in range(5)} == {200}


def test_cache_that_forgets__refuses_nobody(client, site, settings):
    settings.SEARCH_RATE = "1/min"
    for _n in range(3):
        assert client.get("/en/search/").status_code == 200
        cache.clear()


@pytest.mark.parametrize(("rate", "found"), [("300/min", (300, 60)), ("5/s", (5, 1)), ("9000/hour", (9000, 3600))])
def test_rate__is_read(rate, found):
    assert parsed(rate) == found


@pytest.mark.parametrize("rate", ["often", "5", "/min", "5/year", "5/min; x"])
def test_rate__that_cannot_be_read_is_named(rate):
    with pytest.raises(ValueError, match="rate"):
        parsed(rate)
