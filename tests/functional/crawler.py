"""A reader that follows the sitemaps and every link of the pages, and asks for each address once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.typed import Response

HOST = "http://testserver"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
# What a page loads by itself, and not what a reader may follow.
LOADED = {"img": ("src", "srcset"), "source": ("src", "srcset"), "script": ("src",), "video": ("src", "poster")}
LOADED_LINKS = {"stylesheet", "icon", "apple-touch-icon", "preload", "manifest"}


@dataclass
class Visit:
    """`address` is without the host."""

    address: str
    response: Response
    found_on: str = ""

    @property
    def kind(self) -> str:
        return self.response.headers.get("Content-Type", "").partition(";")[0]

    @property
    def is_page(self) -> bool:
        return self.kind == "text/html" and self.response.status_code == 200

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.response.content, "html.parser")

    def links(self) -> Iterator[str]:
        """Addresses within the site, without their fragments."""
        for tag in self.soup.find_all(href=True):
            yield from own(self.address, str(tag["href"]))
        for tag in self.soup.find_all(src=True):
            yield from own(self.address, str(tag["src"]))

    def loads(self) -> Iterator[str]:
        """Whole addresses of what the browser asks for with the page."""
        for tag in self.soup.find_all(list(LOADED)):
            for name in LOADED[tag.name]:
                for part in str(tag.get(name, "")).split(", "):
                    if part.strip():
                        yield urljoin(HOST + self.address, part.split()[0])
        for tag in self.soup.find_all("link", rel=True, href=True):
            if LOADED_LINKS & set(tag["rel"]):
                yield urljoin(HOST + self.address, str(tag["href"]))

    def alternates(self) -> dict[str, str]:
        """Language to address."""
        links = self.soup.find_all("link", rel="alternate", hreflang=True)
        return {str(tag["hreflang"]): str(tag["href"]).removeprefix(HOST) for tag in links}

    @property
    def canonical(self) -> str | None:
        tag = self.soup.find("link", rel="canonical")
        return str(tag["href"]).removeprefix(HOST) if isinstance(tag, Tag) else None

    def structured(self) -> list[dict[str, Any]]:
        scripts = self.soup.find_all("script", type="application/ld+json")
        return [json.loads(script.string or "") for script in scripts]


def own(base: str, link: str) -> Iterator[str]:
    whole = urldefrag(urljoin(HOST + base, link)).url
    parts = urlsplit(whole)
    if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" == HOST:
        yield whole.removeprefix(HOST) or "/"


@dataclass
class Crawl:
    """Everything that was visited. The admin and the data for programs are not followed into."""

    visits: dict[str, Visit] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    """What the sitemaps name."""

    @property
    def pages(self) -> dict[str, Visit]:
        return {address: visit for address, visit in self.visits.items() if visit.is_page}

    def of_kind(self, kind: str) -> dict[str, Visit]:
        return {address: visit for address, visit in self.visits.items() if visit.kind == kind}


NOT_FOLLOWED = ("/admin/", "/api/")


def crawl() -> Crawl:
    found, client = Crawl(), Client()
    maps = ["/sitemap.xml", *locations(client, "/sitemap.xml")]
    found.listed = [address for each in maps[1:] for address in locations(client, each)]
    waiting = dict.fromkeys([*maps, "/", "/robots.txt", *found.listed], "")
    while waiting:
        address = next(iter(waiting))
        visit = Visit(address, client.get(address), waiting.pop(address))
        found.visits[address] = visit
        if visit.is_page:
            links = (link for link in visit.links() if not link.startswith(NOT_FOLLOWED))
            waiting.update((link, address) for link in links if link not in found.visits and link not in waiting)
    return found


def locations(client: Client, address: str) -> list[str]:
    tree = ElementTree.fromstring(client.get(address).content)
    return [(each.text or "").removeprefix(HOST) for each in tree.iter(LOC)]
