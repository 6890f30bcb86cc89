"""XML of the sitemap protocol (sitemaps.org) with Google's extensions for languages, images and news."""

import datetime
import re
from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape, quoteattr

from home.sitemaps.news import NewsRow
from home.sitemaps.pages import Row

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAMESPACES = {
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
    "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
}
NEWS = {"xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9"}
# Characters that XML 1.0 allows nowhere, not even as a character reference.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
Absolute = Callable[[str], str]


class Document:
    """An XML document, built as text: a sitemap may have fifty thousand elements."""

    def __init__(self, root: str, namespaces: dict[str, str]) -> None:
        self._parts = ['<?xml version="1.0" encoding="utf-8"?>\n']
        self._root = root
        self.open(root, {"xmlns": SITEMAP, **namespaces})

    def open(self, name: str, attributes: dict[str, str] | None = None) -> None:
        self._parts.append(f"<{name}{written(attributes)}>")

    def close(self, name: str) -> None:
        self._parts.append(f"</{name}>\n")

    def add(self, name: str, text: str) -> None:
        self._parts.append(f"<{name}>{escape(NOT_IN_XML.sub('', text))}</{name}>")

    def add_empty(self, name: str, attributes: dict[str, str]) -> None:
        self._parts.append(f"<{name}{written(attributes)}/>")

    def changed(self, when: datetime.datetime | None) -> None:
        """Add <lastmod>, if the time is known."""
        if when:
            self.add("lastmod", when.isoformat(timespec="seconds"))

    def text(self) -> str:
        """Close the root element and return the document. It must be called once, at the end."""
        self.close(self._root)
        return "".join(self._parts)


def written(attributes: dict[str, str] | None) -> str:
    """Return attributes as escaped XML, with a space before each; an empty string if there are none."""
    return "".join(f" {name}={quoteattr(value)}" for name, value in (attributes or {}).items())


def index(files: Iterable[tuple[str, datetime.datetime | None]]) -> str:
    """Return a sitemap index of `files`, pairs of an absolute address and the time of the last change, if it is
    known."""
    document = Document("sitemapindex", {})
    for url, changed in files:
        document.open("sitemap")
        document.add("loc", url)
        document.changed(changed)
        document.close("sitemap")
    return document.text()


def pages(rows: Iterable[Row], default: str, absolute: Absolute) -> str:
    """Return a sitemap of pages. `default` is the language code of the x-default alternate; a page without that
    language takes its first one. `absolute` adds the origin to a path."""
    document = Document("urlset", NAMESPACES)
    for row in rows:
        document.open("url")
        document.add("loc", absolute(row.path))
        document.changed(row.changed)
        urls = {code: absolute(path) for code, path in row.alternates.items()}
        if urls:
            urls["x-default"] = urls.get(default) or next(iter(urls.values()))
        for code, url in urls.items():
            document.add_empty("xhtml:link", {"rel": "alternate", "hreflang": code, "href": url})
        for image in row.images:
            document.open("image:image")
            document.add("image:loc", absolute(image))
            document.close("image:image")
        document.close("url")
    return document.text()


def news(rows: Iterable[NewsRow], names: dict[str, str], absolute: Absolute) -> str:
    """Return a news sitemap. `names` are the names of the site by language code, empty for others. `absolute` adds
    the origin to a path."""
    document = Document("urlset", NEWS)
    for row in rows:
        document.open("url")
        document.add("loc", absolute(row.path))
        document.open("news:news")
        document.open("news:publication")
        document.add("news:name", names.get(row.code, ""))
        document.add("news:language", row.code.partition("-")[0])
        document.close("news:publication")
        document.add("news:publication_date", row.date.isoformat())
        document.add("news:title", row.title)
        document.close("news:news")
        document.close("url")
    return document.text()
