"""The address that a request comes from, as far as it can be trusted."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"
IPV6_PREFIX = 64
"""One customer has at least as many addresses."""


def client_address(request: HttpRequest) -> str:
    """Return the address of the client as the outermost of our `PROXIES` saw it.

    Each proxy adds the address that it was asked from at the right of X-Forwarded-For; whatever stands further
    left was sent by the client and may be forged. Without proxies the header is ignored. An address that cannot be
    read is replaced by that of the connection.
    """
    addresses = [request.META.get("REMOTE_ADDR", "")]
    if settings.PROXIES > 0 and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        parts = forwarded.split(",")
        addresses.insert(0, parts[-min(settings.PROXIES, len(parts))])
    return next(filter(None, map(_normalised, addresses)), UNKNOWN)


def client_network(request: HttpRequest) -> str:
    """Return what requests are counted by: an IPv4 address, or the /64 network of an IPv6 address."""
    address = client_address(request)
    if ":" not in address:
        return address
    return str(ip_network(f"{address}/{IPV6_PREFIX}", strict=False))


def shortened(address: str) -> str:
    """Return the network that is kept in records: /24 of an IPv4 address, /48 of an IPv6 address."""
    if address == UNKNOWN:
        return ""
    return str(ip_network(f"{address}/{48 if ':' in address else 24}", strict=False))


def _normalised(text: str) -> str:
    """Also 192.0.2.1:443 and [2001:db8::1]:443, as some proxies write them; empty where it is no address."""
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
