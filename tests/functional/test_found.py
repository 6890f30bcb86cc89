"""What search engines read of every public page of the demo, by validators that others have written."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Page

from home.models import ResourceIndexPage
from tests.factories import ResourcePageFactory
from tests.functional.helpers import traceless

HERE = Path(__file__).resolve().parent.parent
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
EVERY_TYPE = {
    *(
        "Action",
        "BreadcrumbList",
        "CreativeWork",
        "Dataset",
        "Event",
        "NewsArticle",
        "Organization",
        "Quotation",
        "WebSite",
    )
}

Findings = dict[str, dict[str, list[str]]]


@pytest.fixture(scope="module")
def structured_data(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str]], Findings]:
    """Of pages (address: markup) their types of schema.org and what is wrong with them."""

    def check(pages: dict[str, str]) -> Findings:
        file = tmp_path_factory.mktemp("structured") / "pages.json"
        file.write_text(json.dumps(pages))
        command = ["node", str(HERE / "tools" / "structured-data.js"), str(file)]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    return check


def xmllint(text: str) -> str:
    schema = str(HERE / "schemas" / "sitemap.xsd")
    command = ["xmllint", "--nonet", "--noout", "--schema", schema, "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr


def paths(text: str) -> list[str]:
    found = [each.text or "" for each in ElementTree.fromstring(text.encode()).iter(LOC)]
    return [url.removeprefix("http://testserver") for url in found]


def test_structured_data__of_every_page_is_valid(base_url: str, structured_data: Callable[..., Any]):
    client = Client()
    live = Page.objects.live().public().filter(depth__gt=1)
    with traceless():  # the demo has no data
        index = ResourceIndexPage.objects.get(locale__language_code="en")
        ResourcePageFactory(parent=index, kind="dataset", documents={"en": Document.objects.first()})
        pages = {page.get_url(): client.get(page.get_url()).text for page in live}
    found = structured_data(pages)

    assert {address: each["failures"] for address, each in found.items() if each["failures"]} == {}
    assert {kind for each in found.values() for kind in each["types"]} == EVERY_TYPE
    assert all({"Organization", "WebSite"} <= set(each["types"]) for each in found.values())


def test_sitemaps__are_valid_and_name_every_page(base_url: str):
    client = Client()
    index = client.get("/sitemap.xml").text
    files = {path: client.get(path).text for path in paths(index)}

    assert {path: wrong for path, text in {"": index, **files}.items() if (wrong := xmllint(text))} == {}
    live = {page.get_url() for page in Page.objects.live().public().filter(depth__gt=1)}
    named = [path for address, text in files.items() if "news" not in address for path in paths(text)]
    assert sorted(named) == sorted(live)


def test_tools__find_what_is_bad(structured_data: Callable[..., Any]):
    nodes = '[{"@context": "https://schema.org", "@type": "NewsArticle"}, {"@type": "Nonsense"}]'
    found = structured_data({"/bad/": f'<script type="application/ld+json">{nodes}</script>'})["/bad/"]["failures"]
    sitemap = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>/here/</loc></url></urlset>'

    assert any("headline" in line for line in found)
    assert any("og:image" in line for line in found)
    assert any("Nonsense" in line for line in found)
    assert "here" in xmllint(sitemap)
    assert xmllint(sitemap.replace("/here/", "https://example.org/")) == ""
