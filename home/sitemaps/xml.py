"""XML of the sitemap protocol (sitemaps.org) with Google's extensions for languages, images and news."""

import datetime
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from xml.sax.xmlreader import AttributesImpl

from campaigns.feeds.markup import NOT_IN_XML
from core.internals.django import SimplerXMLGenerator
from home.sitemaps.news import NewsRow
from home.sitemaps.pages import Row

SITEMAP = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}
PAGES = SITEMAP | {
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
    "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
}
NEWS = SITEMAP | {"xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9"}
Absolute = Callable[[str], str]


class Document(SimplerXMLGenerator):
    """Writer of an XML document."""

    def __init__(self) -> None:
        self._file = io.StringIO()
        super().__init__(self._file, "utf-8", short_empty_elements=True)
        self.startDocument()

    @contextmanager
    def inside(self, name: str, attributes: dict[str, str] | None = None) -> Iterator[None]:
        """Context manager: what is written in it goes into an element of this name."""
        self.startElement(name, AttributesImpl(attributes or {}))
        yield
        self.endElement(name)

    def changed(self, when: datetime.datetime | None) -> None:
        """Add <lastmod>, if the time is known."""
        if when:
            self.addQuickElement("lastmod", when.isoformat(timespec="seconds"))

    def text(self) -> str:
        return self._file.getvalue()


def index(files: Iterable[tuple[str, datetime.datetime | None]]) -> str:
    """Return a sitemap index of `files`, pairs of an absolute address and the time of the last change, if it is
    known."""
    document = Document()
    with document.inside("sitemapindex", SITEMAP):
        for url, changed in files:
            with document.inside("sitemap"):
                document.addQuickElement("loc", url)
                document.changed(changed)
    return document.text()


def pages(rows: Iterable[Row], default: str, absolute: Absolute) -> str:
    """Return a sitemap of pages. `default` is the language code of the x-default alternate; a page without that
    language takes its first one. `absolute` adds the origin to a path."""
    document = Document()
    with document.inside("urlset", PAGES):
        for row in rows:
            with document.inside("url"):
                _add_page(document, row, default, absolute)
    return document.text()


def _add_page(document: Document, row: Row, default: str, absolute: Absolute) -> None:
    document.addQuickElement("loc", absolute(row.path))
    document.changed(row.changed)
    urls = {code: absolute(path) for code, path in row.alternates.items()}
    if urls:
        urls["x-default"] = urls.get(default) or next(iter(urls.values()))
    for code, url in urls.items():
        document.addQuickElement("xhtml:link", attrs={"rel": "alternate", "hreflang": code, "href": url})
    for image in row.images:
        with document.inside("image:image"):
            document.addQuickElement("image:loc", absolute(image))


def news(rows: Iterable[NewsRow], names: dict[str, str], absolute: Absolute) -> str:
    """Return a news sitemap. `names` are the names of the site by language code, empty for others. `absolute` adds
    the origin to a path."""
    document = Document()
    with document.inside("urlset", NEWS):
        for row in rows:
            with document.inside("url"):
                document.addQuickElement("loc", absolute(row.path))
                with document.inside("news:news"):
                    with document.inside("news:publication"):
                        document.addQuickElement("news:name", NOT_IN_XML.sub("", names.get(row.code, "")))
                        document.addQuickElement("news:language", row.code.partition("-")[0])
                    document.addQuickElement("news:publication_date", row.date.isoformat())
                    document.addQuickElement("news:title", NOT_IN_XML.sub("", row.title))
    return document.text()
