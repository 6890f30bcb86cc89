"""Whose address counts, however many proxies there are and whatever a client claims."""

import pytest
from django.test import RequestFactory

from core.http.client import client_address, client_network, shortened


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.1"),
        (0, "203.0.113.5", "10.0.0.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "198.51.100.9, 203.0.113.5", "203.0.113.5"),
        (1, "1.1.1.1,2.2.2.2 , 3.3.3.3,203.0.113.5", "203.0.113.5"),
        (2, "198.51.100.9, 203.0.113.5, 10.0.0.7", "203.0.113.5"),
        (2, "203.0.113.5", "203.0.113.5"),
        (1, None, "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "203.0.113.5, nonsense", "10.0.0.1"),
        (1, "203.0.113.5:4711", "203.0.113.5"),
        (1, "[2001:db8::5]:443", "2001:db8::5"),
        (1, "::ffff:203.0.113.5", "203.0.113.5"),
        (1, "fe80::1%eth0", "fe80::1"),
    ],
)
def test_address__is_counted_from_the_right(settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **headers)) == address


@pytest.mark.parametrize("connection", ["", "unix:", "@"])
def test_address__of_a_socket_is_unknown(connection):
    request = RequestFactory().get("/", REMOTE_ADDR=connection)
    assert (client_address(request), client_network(request), shortened(client_address(request))) == (
        "unknown",
        "unknown",
        "",
    )


@pytest.mark.parametrize(
    ("address", "network", "kept"),
    [
        ("203.0.113.5", "203.0.113.5", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64", "2001:db8:1::/48"),
    ],
)
def test_network__is_what_one_client_holds(address, network, kept):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network
    assert shortened(address) == kept
