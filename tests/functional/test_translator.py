"""A translator at work: what others submit is translated, and goes live only when a publisher says so."""

import re

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Locale
from wagtail.rich_text import RichText

from campaigns.models import CampaignIndexPage, CampaignPage
from tests.factories import CampaignPageFactory, QuoteFactory
from tests.functional.helpers import NewContext, log_in

ENGLISH_QUOTE = "A loaf is lighter than a debt."
RUSSIAN = {
    "Bread for the Road Day": "День хлеба в дорогу",
    "A day for those who leave home, and for those who bake for them.": (
        "День тех, кто уезжает, и тех, кто печёт им в путь."
    ),
    "Take a loaf and a telephone number with you.": "Возьмите с собой хлеб и номер телефона.",
    "Heard at the oven": "Услышано у тандыра",
    "BFR": "ХВД",
}


@pytest.fixture
def translator(new_context: NewContext) -> Page:
    return log_in(new_context, "translator-ru")


@pytest.fixture
def campaign(leave_no_trace: None) -> CampaignPage:
    title, introduction, text, heading, short_name = RUSSIAN
    voices = {"heading": heading, "limit": 3, "picks": [QuoteFactory(text=ENGLISH_QUOTE)], "only_picked": True}
    return CampaignPageFactory(
        parent=CampaignIndexPage.objects.get(locale__language_code="en"),
        title=title,
        short_name=short_name,
        introduction=f"<p>{introduction}</p>",
        body=[("rich_text", RichText(f"<p>{text}</p>")), ("voices", voices)],
    )


def test_campaign__is_in_russian_only_after_a_publisher_published_it(
    campaign: CampaignPage, editor: Page, translator: Page, publisher: Page, page: Page
):
    submit_for_russian(editor, campaign)
    russian = campaign.get_translation(Locale.objects.get(language_code="ru"))
    assert russian.slug == campaign.slug

    translator.goto(f"/admin/pages/{russian.pk}/edit/")
    for english, words in RUSSIAN.items():
        translate(translator, english, words)
    expect(translator.get_by_role("button", name=re.compile("Publish"))).to_have_count(0)
    expect_not_translated(page, campaign)

    publisher.goto(f"/admin/pages/{russian.pk}/edit/")
    publisher.get_by_role("button", name="Publish in Русский").click()
    expect(publisher.get_by_text("Published 'День хлеба в дорогу' in Русский.", exact=True)).to_be_visible()
    expect_russian(page, campaign)


def submit_for_russian(page: Page, campaign: CampaignPage) -> None:
    page.goto(f"/admin/pages/{campaign.pk}/edit/")
    page.get_by_role("navigation", name="Actions", exact=True).get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Translate this page").click()
    page.get_by_label("Русский").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("was successfully submitted for translation into Русский")).to_be_visible()


def translate(page: Page, english: str, words: str) -> None:
    cell = page.get_by_role("listitem").filter(has_text=english).last
    cell.get_by_role("button", name="Translate").click()
    cell.get_by_role("textbox").fill(words)
    cell.get_by_role("button", name="Save").click()
    expect(cell.get_by_role("button", name="Edit")).to_be_visible()
    expect(cell).to_contain_text(words)


def expect_not_translated(page: Page, campaign: CampaignPage) -> None:
    assert page.goto(f"/ru/campaigns/{campaign.slug}/").status == 404
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    main = page.get_by_role("main")
    expect(main).not_to_contain_text("День хлеба")
    expect(main.get_by_role("link", name=campaign.title)).to_have_attribute("href", campaign.get_url())


def expect_russian(page: Page, campaign: CampaignPage) -> None:
    assert page.goto(f"/ru/campaigns/{campaign.slug}/").status == 200
    main = page.get_by_role("main")
    for words in RUSSIAN.values():
        expect(main).to_contain_text(words)
    expect(main.locator("[lang=en]").filter(has_text=ENGLISH_QUOTE).first).to_be_visible()
    page.get_by_role("navigation", name="Язык").get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1, name=campaign.title)).to_be_visible()
