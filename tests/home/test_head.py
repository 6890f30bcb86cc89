"""What the head of a page tells search engines and those to whom its address is shared."""

import datetime
import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.seo.description import description
from tests import factories
from tests.scenes import scene

HOST = "http://testserver"


def head(client, address: str) -> Any:
    return BeautifulSoup(client.get(address).content, "html.parser").head


def alternates(client, address: str) -> dict[str, str]:
    return {
        each["hreflang"]: each["href"].removeprefix(HOST)
        for each in head(client, address).find_all("link", rel="alternate", hreflang=True)
    }


def canonical(client, address: str) -> str:
    return head(client, address).find("link", rel="canonical")["href"].removeprefix(HOST)


def data(client, address: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    script = head(client, address).find("script", type="application/ld+json")
    for node in json.loads(script.string) if script else []:
        assert node["@context"] == "https://schema.org"
        found.setdefault(node["@type"], []).append(node)
    return found


def meta(client, address: str, name: str) -> str:
    soup = head(client, address)
    return (soup.find("meta", attrs={"name": name}) or soup.find("meta", property=name))["content"]


@scene
def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="The Day", observance_day=30, observance_month=7, accent="teal"
    )


@scene
def story(site, campaign):
    place = factories.PlaceFactory(name="Romit")
    return factories.NewsPageFactory(
        parent=site.news_index, title="Lanterns", campaigns=[campaign], places=[place], summary="How it was."
    )


def translated(page, code, parent, **kwargs):
    return type(page).objects.get(
        pk=factories.NewsPageFactory(
            parent=parent,
            locale=code,
            translation_key=page.translation_key,
            title=f"{page.title} {code}",
            **kwargs,
        ).pk
    )


def test_alternates__are_the_live_translations_and_the_page_itself_on_each_of_them(client, site, story):
    russian = translated(story, "ru", site.news_indexes["ru"])
    translated(story, "tg", site.news_indexes["tg"], live=False)

    for page in (story, russian):
        assert alternates(client, page.get_url()) == {
            "en": story.get_url(),
            "ru": russian.get_url(),
            "x-default": story.get_url(),
        }
        assert canonical(client, page.get_url()) == page.get_url()


def test_alternates__default_to_the_first_language_that_there_is(client, site):
    story = factories.NewsPageFactory(parent=site.news_indexes["tg"])

    assert alternates(client, story.get_url()) == {"tg": story.get_url(), "x-default": story.get_url()}


def test_alternates__name_no_page_whose_home_is_offline(client, site, story):
    translated(story, "ru", site.news_indexes["ru"])
    site.homes["ru"].unpublish()

    assert set(alternates(client, story.get_url())) == {"en", "x-default"}


def test_head__of_a_list_stands_for_its_part_and_not_for_what_was_filtered(client, site):
    address = site.news_index.get_url()
    place, topic = factories.PlaceFactory(), factories.TopicFactory()
    for _n in range(13):
        factories.NewsPageFactory(parent=site.news_index, places=[place], topics=[topic])

    assert canonical(client, f"{address}?page=2") == f"{address}?page=2"
    assert alternates(client, f"{address}?page=2")["ru"] == f"{site.news_indexes['ru'].get_url()}?page=2"
    assert canonical(client, f"{address}?page=9") == f"{address}?page=2"
    assert canonical(client, f"{address}?year=2024") == address
    assert canonical(client, f"{address}?page=2&utm_source=x") == address


def test_head__of_the_search_leaves_out_what_was_searched_for(client, site):
    assert canonical(client, "/en/search/?q=lanterns") == "/en/search/"
    assert alternates(client, "/en/search/")["tg"] == "/tg/search/"
    assert meta(client, "/en/search/?q=lanterns", "robots") == "noindex"
    assert head(client, "/en/search/").find("meta", attrs={"name": "robots"}) is None


@pytest.mark.parametrize("address", ["/en/nowhere/", "/ru/news/lanterns/"])
def test_head__of_what_is_not_there_names_nothing(client, site, story, address):
    soup = head(client, address)

    assert soup.find("link", rel="canonical") is soup.find("script", type="application/ld+json") is None
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert soup.find("meta", attrs={"name": "description"})["content"]


def test_head__of_a_private_page_names_nothing_even_to_who_may_read_it(client, site, story):
    russian = translated(story, "ru", site.news_indexes["ru"])
    restriction = PageViewRestriction.objects.create(
        page=story, restriction_type=PageViewRestriction.PASSWORD, password="word"
    )
    door = head(client, story.get_url())
    session = client.session
    session["passed_page_view_restrictions"] = [restriction.pk]
    session.save()

    for soup in (door, head(client, story.get_url()), head(client, russian.get_url())):
        assert soup.find("link", rel="canonical") is soup.find("script", type="application/ld+json") is None
        assert soup.find("link", hreflang=True) is soup.find("meta", property="og:image") is None
        assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert "Lanterns" not in str(door)


def test_head__says_noindex_where_the_site_is_not_to_be_listed(client, site, settings):
    settings.INDEXED = False

    assert meta(client, "/en/", "robots") == "noindex"


def test_head__tells_the_one_origin_of_the_site(client, site, settings, story):
    settings.PUBLIC_BASE_URL = "https://www.example.org"
    soup = head(client, story.get_url())

    assert soup.find("link", rel="canonical")["href"] == f"https://www.example.org{story.get_url()}"
    assert soup.find("meta", property="og:image")["content"].startswith("https://www.example.org/share/")
    assert "testserver" not in str(soup)


def test_open_graph__says_the_language_and_the_others(client, site):
    soup = head(client, "/tg/")

    assert soup.find("meta", property="og:locale")["content"] == "tg_TJ"
    others = [each["content"] for each in soup.find_all("meta", property="og:locale:alternate")]
    assert others == ["en_US", "ru_RU", "fa_AF"]


def test_description__falls_back_and_is_never_empty(client, site, campaign):
    edition = factories.EditionPageFactory(parent=campaign, year=2024, global_theme="")
    campaign.introduction = "<p>What the day is <b>about</b>.</p>"
    campaign.save()
    section = factories.SectionPageFactory(parent=site.home, introduction="")
    section.body = [("rich_text", "<p>First &amp; foremost.</p><p>Then.</p>")]
    section.save()
    bare = factories.SectionPageFactory(parent=site.home, title="Bare", introduction="")

    assert meta(client, campaign.get_url(), "description") == "What the day is about ."
    assert meta(client, edition.get_url(), "description") == "What the day is about ."
    assert meta(client, section.get_url(), "description") == "First & foremost. Then."
    assert meta(client, bare.get_url(), "description") == "Bare – Home en"
    section.search_description = "Written for it."
    assert description(section) == "Written for it."


def test_structured__story_says_where_when_and_what_about(client, site, campaign, story):
    factories.QuoteFactory(text="Ask first.", source=story, date=datetime.date(2024, 8, 1))
    found = data(client, story.get_url())
    (article,) = found["NewsArticle"]

    assert article["headline"] == "Lanterns"
    assert article["contentLocation"] == [{"@type": "Place", "name": "Romit, Tajikistan"}]
    assert article["datePublished"] == "2024-08-16"
    assert {"@type": "Thing", "name": "The Day", "url": f"{HOST}{campaign.get_url()}"} in article["about"]
    assert article["inLanguage"] == "en"
    assert article["publisher"]["name"] == "Home en"
    (quotation,) = found["Quotation"]
    assert (quotation["text"], quotation["creditText"]) == ("Ask first.", "camp participant, Romit")
    (trail,) = found["BreadcrumbList"]
    assert [item["name"] for item in trail["itemListElement"]] == ["Home en", "News", "Lanterns"]
    assert found["WebSite"][0]["potentialAction"]["@type"] == "SearchAction"
    assert found["Organization"][0]["logo"]["url"].startswith(f"{HOST}/static/")


def test_structured__names_the_lead_image_only_while_consent_holds(client, site, story, settings):
    image = factories.SiteImageFactory(people=True)
    image.get_renditions("width-1200|format-jpeg", "width-400|format-webp")
    story.lead_image = image
    story.save()
    assert any("/media/images/" in url for url in data(client, story.get_url())["NewsArticle"][0]["image"])
    image.consent_withdrawn = timezone.localdate()
    image.save()
    assert not any("/media/" in url for url in data(client, story.get_url())["NewsArticle"][0]["image"])


def test_structured__leaves_out_drafts_and_what_was_withdrawn(client, site, campaign, story):
    factories.QuoteFactory(text="Shown.", campaigns=[campaign])
    factories.QuoteFactory(text="Draft.", campaigns=[campaign], live=False)
    withdrawn = factories.QuoteFactory(text="Withdrawn.", campaigns=[campaign])
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(consent_withdrawn=timezone.localdate())
    private = factories.NewsPageFactory(parent=site.news_index, title="Private", campaigns=[campaign])
    factories.QuoteFactory(text="Of a private story.", source=private)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    assert [each["text"] for each in data(client, campaign.get_url())["Quotation"]] == ["Shown."]


def test_structured__day_of_an_edition_is_an_event(client, site, campaign):
    edition = factories.EditionPageFactory(parent=campaign, year=2024, global_theme="Leave no child behind")
    (of_edition,) = data(client, edition.get_url())["Event"]
    (of_campaign,) = data(client, campaign.get_url())["Event"]

    assert (of_edition["startDate"], of_edition["endDate"]) == ("2024-07-30", "2024-07-30")
    assert of_edition["name"] == of_campaign["name"] == "The Day, Edition 2024"
    assert of_edition["@id"] == of_campaign["@id"]
    campaign.observance_day = campaign.observance_month = None
    campaign.save()
    assert "Event" not in data(client, edition.get_url())


def test_structured__resource_is_a_work_or_data_with_its_files(client, site):
    section = factories.SectionPageFactory(parent=site.home)
    index = factories.ResourceIndexPageFactory(parent=section)
    document = factories.DocumentFactory()
    report = factories.ResourcePageFactory(parent=index, documents={"ru": document}, summary="What it says.")
    numbers = factories.ResourcePageFactory(parent=index, documents={"en": document}, kind="dataset")

    (work,) = data(client, report.get_url())["CreativeWork"]
    assert work["encoding"][0]["contentUrl"] == f"{HOST}{document.url}"
    assert work["encoding"][0]["inLanguage"] == "ru"
    assert work["encoding"][0]["encodingFormat"] == "application/pdf"
    assert data(client, numbers.get_url())["Dataset"][0]["distribution"][0]["@type"] == "DataDownload"


def test_structured__no_content_ends_the_script(client, site, campaign):
    bad = "</script><script>alert(1)</script><!-- & \u2028"
    factories.QuoteFactory(text=bad, campaigns=[campaign])
    text = client.get(campaign.get_url()).text

    assert "<script>alert" not in text
    assert data(client, campaign.get_url())["Quotation"][0]["text"] == bad.replace("\u2028", "\u2028")
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1]
    assert not set(script) & set("<>&\u2028")
