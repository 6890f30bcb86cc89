"""Play a change on a site whose pages are all stored, and compare what the page cache would show with the
truth."""

import re
import tempfile
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.handlers.wsgi import WSGIHandler
from wagtail.models import Page

from campaigns.models import Topic
from core import work
from core.http.page_cache.store import Store
from core.http.page_cache.wsgi import FRESH, PageCache
from core.stamps import kept
from core.stamps.stamping import stamp_file
from tests.stored import HOST, Asked, connection_stays


@dataclass
class Played:
    """What a change did to the pages: `changed` are those of which readers would see something else; `missed` are
    those of them that would still be shown as they were; `dropped` are pages that stayed as they were and are
    rendered anew; `alone` are all other pages. `everything`: the change stamped everything."""

    changed: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    everything: bool = False


def addresses() -> list[str]:
    """Return the addresses of all public pages, lists, feeds, calendars and sitemaps."""
    pages = Page.objects.filter(live=True, depth__gt=1).order_by("path")
    found = [url for page in pages if (url := page.get_url())]
    for code in ("en", "ru", "tg", "fa-af"):
        found += [f"/{code}/search/", f"/{code}/feeds/news.atom", f"/{code}/calendar.ics", f"/{code}/news/?page=2"]
        found += [f"/{code}/feeds/campaigns/{slug}.atom" for slug in ("wdatip", "iyd")]
        found += [f"/{code}/feeds/topics/{slug}.atom" for slug in Topic.objects.values_list("slug", flat=True)[:3]]
        found.append(f"/sitemap-{code}-1.xml")
    return [url.removeprefix(f"http://{HOST}") for url in dict.fromkeys([*found, "/sitemap.xml"])]


def some_of(urls: list[str], number: int) -> list[str]:
    """Return so many of the addresses, spread over all of them."""
    return urls[:: -(-len(urls) // number)]


class Site:
    """The site behind a page cache of its own, asked without a server."""

    def __init__(self, urls: Collection[str]) -> None:
        self.django = WSGIHandler()
        self.folder = tempfile.TemporaryDirectory()
        self.cache = PageCache(self.django, Store(Path(self.folder.name), "test"), stamp_file())
        self.urls = list(urls)
        self.truth = {url: self.ask(url, self.cache) for url in self.urls}

    def ask(self, url: str, application: Any) -> tuple[str, bytes]:
        """Return status and content of an address."""
        path, _question, query = url.partition("?")
        with connection_stays():
            asked = Asked(application, path, query)
        return asked.status, lasting(asked.body)

    def is_fresh(self, url: str) -> bool:
        """Return whether the page cache would answer without asking Django."""
        path, _question, query = url.partition("?")
        _entry, state = self.cache._find(f"http://{HOST}{path}?{query}")
        return state is FRESH

    def fill(self) -> None:
        """Have each page stored that can be."""
        for url in self.urls:
            if not self.is_fresh(url):
                self.ask(url, self.cache)

    def play(self, change: Any) -> Played:
        """Make a change with all that follows from it, and return what it did."""
        self.fill()
        stored = [url for url in self.urls if self.is_fresh(url)]
        # Nobody else waits to write between the slices of the work.
        with mock.patch.object(work, "PAUSE", 0):
            change()
            work.perform_due()
        played = Played(everything=all(not self.is_fresh(url) for url in stored))
        if not stored:
            raise RuntimeError("No page was stored before the change.")
        for url in stored:
            fresh = self.is_fresh(url)
            # What is not fresh is rendered anew by the page cache, too, and is stored for the next change.
            shown = self.truth[url] if fresh else self.ask(url, self.cache)
            # What the process keeps must be as fresh as what is stored: the truth is made without it.
            with mock.patch.object(kept, "_stamps", return_value=None):
                now = self.ask(url, self.django)
            if now != self.truth[url]:
                played.changed.append(url)
            if shown != now:
                played.missed.append(url)
            if now == self.truth[url]:
                (played.alone if fresh else played.dropped).append(url)
            self.truth[url] = now
        return played


def lasting(content: bytes) -> bytes:
    """Return a response without what differs each time: tokens, and the time of a calendar's answer."""
    return re.sub(rb"DTSTAMP:\w+|csrfmiddlewaretoken\W+value=\W[^\"']+", b"", content)


@dataclass(frozen=True)
class Total:
    """What several changes did. Pages that stayed as they were are counted without the changes that stamp
    everything."""

    changes: int
    stamp_everything: int
    changed: int
    missed: int
    left_alone: float

    def __str__(self) -> str:
        return (
            f"{self.changes} changes, {self.stamp_everything} of which stamp everything: {self.changed} pages "
            f"changed, {self.missed} missed; {self.left_alone:.1%} of the pages that stayed as they were are left "
            "alone by the others"
        )


def total(played: Collection[Played]) -> Total:
    """Return the sum of what changes did."""
    some = [each for each in played if not each.everything]
    dropped, alone = sum(len(each.dropped) for each in some), sum(len(each.alone) for each in some)
    return Total(
        changes=len(played),
        stamp_everything=len(played) - len(some),
        changed=sum(len(each.changed) for each in played),
        missed=sum(len(each.missed) for each in played),
        left_alone=alone / max(dropped + alone, 1),
    )
