"""The IP address of the client, as far as it can be trusted."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"
IPV6_PREFIX = 64
"""Prefix length of the IPv6 network that counts as one client, as a customer has at least a /64."""


def client_address(request: HttpRequest) -> str:
    """Return the IP address of the client as seen by the outermost of the site's PROXIES, or "unknown".

    Each proxy appends the address of its client to the right of X-Forwarded-For. Values further left were sent by
    the client and may be forged. Without proxies the header is ignored. An unreadable address is replaced by that
    of the connection.
    """
    addresses = [request.META.get("REMOTE_ADDR", "")]
    if settings.PROXIES > 0 and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        parts = forwarded.split(",")
        addresses.insert(0, parts[-min(settings.PROXIES, len(parts))])
    return next(filter(None, map(_normalised, addresses)), UNKNOWN)


def client_network(request: HttpRequest) -> str:
    """Return the key by which requests of a client are counted: an IPv4 address, an IPv6 /64 network, or
    "unknown"."""
    address = client_address(request)
    if ":" not in address:
        return address
    return str(ip_network(f"{address}/{IPV6_PREFIX}", strict=False))


def shortened(address: str) -> str:
    """Return the network that is stored in place of an IP address, such as 192.0.2.0/24: /24 for IPv4, /48 for
    IPv6, "" for "unknown"."""
    if address == UNKNOWN:
        return ""
    return str(ip_network(f"{address}/{48 if ':' in address else 24}", strict=False))


def _normalised(text: str) -> str:
    """Return an IP address in canonical form, an IPv4 address mapped to IPv6 as IPv4, or "" if the text is none.
    Ports, as in 192.0.2.1:443 and [2001:db8::1]:443, and zones are removed."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(address)
