"""Every public page of the demo, asked as a reader: what a page cache in front of the site relies on."""

import os
import re
import tempfile
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from core.csp import PUBLIC
from core.languages import LocaleCodes, all_languages, language

QUERIES_AT_MOST = 30
SELF = "http://testserver"


@dataclass(frozen=True)
class Asked:
    code: str
    status: int
    headers: dict[str, str]
    content: bytes
    queries: list[str]

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.content, "html.parser")


class PublicPagesTest(TestCase):
    """The demo is loaded once, and each address asked once for all of the tests."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.media = cls.enterClassContext(tempfile.TemporaryDirectory())
        with override_settings(MEDIA_ROOT=cls.media), open(os.devnull, "w") as nowhere:
            call_command("load_demo", stdout=nowhere)
        cls.asked = {address: ask(address, code) for address, code in addresses().items()}

    def test_public_page__asks_for_no_cookie_and_writes_nothing(self) -> None:
        for address, asked in self.asked.items():
            with self.subTest(address):
                assert asked.status == (404 if "nowhere" in address else 200)
                assert "cookie" not in asked.headers.get("Vary", "").lower()
                assert [sql for sql in asked.queries if not sql.startswith("SELECT")] == []
                assert len(asked.queries) <= QUERIES_AT_MOST

    def test_public_page__has_nothing_inline_and_nothing_from_another_host(self) -> None:
        for address, asked in self.asked.items():
            with self.subTest(address):
                assert inline_parts(asked.soup) == []
                assert foreign_requests(asked.soup) == []

    def test_public_page__has_the_strict_policy(self) -> None:
        for address, asked in self.asked.items():
            with self.subTest(address):
                policy = asked.headers["Content-Security-Policy"]
                assert "unsafe" not in policy
                assert "http" not in policy
                given = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
                assert set(given) == set(PUBLIC)
                assert given["default-src"] == "'none'"

    def test_public_page__says_its_language_direction_and_one_heading(self) -> None:
        for address, asked in self.asked.items():
            with self.subTest(address):
                soup = asked.soup
                assert (soup.html["lang"], soup.html["dir"]) == (asked.code, language(asked.code).dir)
                assert len(soup.find_all("h1")) == 1
                assert soup.title.get_text(strip=True)

    def test_public_page__is_the_same_when_asked_again(self) -> None:
        for address, asked in self.asked.items():
            with self.subTest(address):
                assert asked.content == Client().get(address).content


def addresses() -> dict[str, str]:
    """Address → language of every live page, and of the views that are no pages."""
    pages = Page.objects.live().public().filter(depth__gt=1)
    found = {page.get_url(): LocaleCodes.code(page.locale_id) for page in pages}
    for each in all_languages():
        found[f"/{each.code}/search/?q=a"] = each.code
        found[f"/{each.code}/news/?page=2&year=2024"] = each.code
        found[f"/{each.code}/nowhere/"] = each.code
    return found


def ask(address: str, code: str) -> Asked:
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(address)
    assert not response.cookies, address
    written = [query["sql"] for query in queries.captured_queries]
    return Asked(code, response.status_code, dict(response.items()), response.content, written)


def inline_parts(soup: BeautifulSoup) -> list[str]:
    scripts = [
        str(tag)
        for tag in soup.find_all("script")
        if not tag.get("src") and tag.get("type") != "application/ld+json"
    ]
    styles = [str(tag) for tag in soup.find_all("style")]
    attributes = [
        f"{tag.name} {name}"
        for tag in soup.find_all(True)
        for name in tag.attrs
        if re.match(r"style$|on[a-z]+$", name)
    ]
    return scripts + styles + attributes


def foreign_requests(soup: BeautifulSoup) -> list[str]:
    """What a browser would fetch by itself; a link that a reader may follow is none."""
    fetched = [tag.get("src") or tag.get("data") or tag.get("poster") for tag in soup.find_all(True)]
    fetched += [
        tag["href"] for tag in soup.find_all("link") if tag.get("rel") not in (["canonical"], ["alternate"])
    ]
    fetched += [tag.get("action") for tag in soup.find_all("form")]
    fetched += [
        candidate.split()[0] for tag in soup.find_all(srcset=True) for candidate in tag["srcset"].split(",")
    ]
    return [url for url in fetched if url and re.match(r"[a-z]+:|//", url) and not url.startswith(SELF)]
