"""Every address that the sitemaps and the pages of the demo lead to, in all languages."""

from collections.abc import Callable

import feedparser
import icalendar
import pytest
from django.conf import settings

from core.languages.site_languages import language
from tests.functional.crawler import HOST, Crawl, Visit, crawl


@pytest.fixture(scope="module")
def crawled(base_url: str, django_db_blocker) -> Crawl:
    with django_db_blocker.unblock():
        return crawl()


def first(visits: dict[str, Visit], wrong: Callable[[Visit], object]) -> dict[str, object]:
    """The addresses for which something is wrong, and what."""
    return {address: found for address, visit in visits.items() if (found := wrong(visit))}


def test_crawl__comes_everywhere(crawled: Crawl):
    codes = [code for code, _name in settings.LANGUAGES]
    assert len(crawled.listed) == len(set(crawled.listed)) > 100
    assert {address.split("/")[1] for address in crawled.listed} == set(codes)
    assert len(crawled.of_kind("application/atom+xml")) > len(codes)
    assert len(crawled.of_kind("text/calendar")) > len(codes)


def test_address__is_alive(crawled: Crawl):
    """What is not translated yet is answered with 404 and its own page, which nothing links to."""
    dead = first(
        crawled.visits,
        lambda visit: (
            visit.response.status_code not in (200, 301, 302) and (visit.response.status_code, visit.found_on)
        ),
    )
    assert dead == {}


def test_answer__sets_no_cookie(crawled: Crawl):
    assert first(crawled.visits, lambda visit: visit.response.cookies.output()) == {}


def test_page__says_its_language_and_direction(crawled: Crawl):
    def wrong(visit: Visit) -> object:
        code = visit.address.split("/")[1]
        html = visit.soup.html
        assert html is not None
        expected = (code, language(code).dir)
        return (html.get("lang"), html.get("dir")) != expected and (html.get("lang"), html.get("dir"))

    assert first(crawled.pages, wrong) == {}


def test_page__has_one_heading_a_title_and_a_description(crawled: Crawl):
    def wrong(visit: Visit) -> object:
        description = visit.soup.find("meta", attrs={"name": "description"})
        has_all = (
            visit.soup.title
            and visit.soup.title.text.strip()
            and description
            and str(description["content"]).strip()
        )
        return len(visit.soup.find_all("h1")) != 1 or not has_all

    assert first(crawled.pages, wrong) == {}


def test_page__loads_nothing_from_elsewhere(crawled: Crawl):
    assert first(crawled.pages, lambda visit: [url for url in visit.loads() if not url.startswith(HOST)]) == {}


def test_image__has_words_or_is_said_to_need_none(crawled: Crawl):
    assert (
        first(
            crawled.pages,
            lambda visit: visit.soup.find_all(lambda tag: tag.name == "img" and "alt" not in tag.attrs),
        )
        == {}
    )


def test_page__of_the_sitemap_is_its_own_canonical(crawled: Crawl):
    listed = {address: crawled.visits[address] for address in crawled.listed}
    assert first(listed, lambda visit: visit.canonical != visit.address and (visit.canonical,)) == {}


def test_alternates__are_live_and_name_each_other(crawled: Crawl):
    listed = {address: crawled.visits[address] for address in crawled.listed}

    def wrong(visit: Visit) -> object:
        alternates = visit.alternates()
        html = visit.soup.html
        assert html is not None
        code = str(html["lang"])
        if alternates.get(code) != visit.address or "x-default" not in alternates:
            return alternates or "none"
        return [
            each
            for each in set(alternates.values())
            if each not in listed or listed[each].alternates() != alternates
        ]

    assert first(listed, wrong) == {}
    assert any(len(visit.alternates()) > 2 for visit in listed.values())


def test_structured_data__can_be_read(crawled: Crawl):
    listed = {address: crawled.visits[address] for address in crawled.listed}
    assert first(listed, lambda visit: not visit.structured()) == {}


def test_feed__can_be_read(crawled: Crawl):
    feeds = crawled.of_kind("application/atom+xml")

    def wrong(visit: Visit) -> object:
        feed = feedparser.parse(visit.response.content)
        return (feed.bozo and str(feed.bozo_exception)) or feed.version != "atom10" or not feed.feed.get("id")

    assert first(feeds, wrong) == {}
    assert any(feedparser.parse(visit.response.content).entries for visit in feeds.values())


def test_calendar__can_be_read(crawled: Crawl):
    for visit in crawled.of_kind("text/calendar").values():
        assert icalendar.Calendar.from_ical(visit.response.content).events


def test_markup__is_valid_on_every_page(crawled: Crawl, html_errors: Callable[[dict[str, str]], list[str]]):
    assert html_errors({address: visit.response.text for address, visit in crawled.pages.items()}) == []


def test_crawler__finds_what_is_bad():
    class Answer:
        status_code, headers = 200, {"Content-Type": "text/html; charset=utf-8"}
        content = (
            b'<html lang="en"><link rel="canonical" href="http://testserver/other/"><img src="https://elsewhere.org/x.png">'
            b'<a href="/dead/#there">x</a><a href="https://elsewhere.org/">y</a></html>'
        )

    visit = Visit("/here/", Answer())
    assert list(visit.loads()) == ["https://elsewhere.org/x.png"]
    assert list(visit.links()) == ["/other/", "/dead/"]
    assert visit.canonical == "/other/"
    assert visit.alternates() == {}
