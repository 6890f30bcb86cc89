"""The files of the sitemap protocol: sitemaps.org, with Google's extensions for languages, pictures and news."""

import datetime
import io
from collections.abc import Callable, Iterable

from django.utils.xmlutils import SimplerXMLGenerator

from home.sitemaps.news import NewsRow
from home.sitemaps.pages import Row

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAMESPACES = {
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
    "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
}
NEWS = {"xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9"}
Absolute = Callable[[str], str]


class Document:
    def __init__(self, root: str, namespaces: dict[str, str]) -> None:
        self._file = io.StringIO()
        self._xml = SimplerXMLGenerator(self._file, "utf-8")
        self._root = root
        self._xml.startDocument()
        self.open(root, {"xmlns": SITEMAP, **namespaces})

    def open(self, name: str, attributes: dict[str, str] | None = None) -> None:
        self._xml.startElement(name, attributes or {})

    def close(self, name: str) -> None:
        self._xml.endElement(name)

    def add(self, name: str, text: str | None = None, attributes: dict[str, str] | None = None) -> None:
        self._xml.addQuickElement(name, text, attributes or {})

    def changed(self, when: datetime.datetime | None) -> None:
        if when:
            self.add("lastmod", when.isoformat(timespec="seconds"))

    def text(self) -> str:
        self.close(self._root)
        self._xml.endDocument()
        return self._file.getvalue()


def index(files: Iterable[tuple[str, datetime.datetime | None]]) -> str:
    document = Document("sitemapindex", {})
    for url, changed in files:
        document.open("sitemap")
        document.add("loc", url)
        document.changed(changed)
        document.close("sitemap")
    return document.text()


def pages(rows: Iterable[Row], default: str, absolute: Absolute) -> str:
    """`default`: the language for readers of none of the page's."""
    document = Document("urlset", NAMESPACES)
    for row in rows:
        document.open("url")
        document.add("loc", absolute(row.path))
        document.changed(row.changed)
        urls = {code: absolute(path) for code, path in row.alternates.items()}
        if urls:
            urls["x-default"] = urls.get(default) or next(iter(urls.values()))
        for code, url in urls.items():
            document.add("xhtml:link", attributes={"rel": "alternate", "hreflang": code, "href": url})
        for image in row.images:
            document.open("image:image")
            document.add("image:loc", absolute(image))
            document.close("image:image")
        document.close("url")
    return document.text()


def news(rows: Iterable[NewsRow], names: dict[str, str], absolute: Absolute) -> str:
    """`names`: of the site, by language."""
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
