"""A campaign with two quotes and three images, from the keyboard of its translator to its readers: one submission,
and a review of few clicks."""

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Locale
from wagtail.rich_text import RichText
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from campaigns.models import CampaignIndexPage, CampaignPage
from tests.factories import CampaignPageFactory, QuoteFactory, SiteImageFactory
from tests.functional.desks import Effort, open_desk
from tests.functional.helpers import NewContext, log_in, status_of
from tests.functional.test_translator import launch
from tests.translating import translation_into
from translation.models import AltTextDraft, Review

QUOTES = {
    "Salt keeps longer than a promise.": "Соль хранится дольше обещания.",
    "Who owns the mountain?": "Чья это гора?",
}
PICTURES = {
    "Salt on a board": "Соль на доске",
    "A truck at dawn": "Грузовик на рассвете",
    "Hands with gloves": "Руки в перчатках",
}
TEXTS = {
    "Salt for the Winter Day": "День соли на зиму",
    "Salt Day": "День соли",
    "Some dig, some carry.": "Одни копают, другие носят.",
    "At the pass": "На перевале",
    "Heard at the mine": "Услышано у шахты",
    "miner in Vanj": "шахтёр из Ванджа",
}
WITH_TAGS = "Take <b>salt</b> with you, and"
RUSSIAN = {**QUOTES, **PICTURES, **TEXTS}


@pytest.fixture
def campaign(leave_no_trace: None) -> CampaignPage:
    images = [SiteImageFactory(alt_texts={"en": text}) for text in PICTURES]
    quotes = [QuoteFactory(text=text, role="miner in Vanj") for text in QUOTES]
    body = '<p>Take <b>salt</b> with you, and <a href="https://example.org/">a number</a>.</p>'
    title, short_name, introduction, caption, heading, _role = TEXTS
    page = CampaignPageFactory(
        parent=CampaignIndexPage.objects.get(locale__language_code="en"),
        title=title,
        short_name=short_name,
        introduction=f"<p>{introduction}</p>",
        lead_image=images[0],
        body=[
            ("rich_text", RichText(body)),
            ("image", {"image": images[1], "caption": caption}),
            ("image", {"image": images[2], "caption": ""}),
            ("voices", {"heading": heading, "limit": 2, "picks": quotes, "only_picked": True}),
        ],
    )
    for row in (*quotes, page):
        translate_object(row, list(Locale.objects.filter(language_code="ru")))
    return page


def test_campaign__from_the_keyboard_of_its_translator_to_its_readers(
    campaign: CampaignPage, new_context: NewContext, publisher: Page, page: Page
):
    russian = translation_into(campaign, "ru")
    translator, reviewer = log_in(new_context, "translator-ru"), log_in(new_context, "reviewer")

    by_keyboard = Effort(translator)
    translate_by_keyboard(translator, russian)
    assert by_keyboard.clicks == 0

    in_review = Effort(reviewer)
    reviewer.goto("/admin/")
    approve_all(reviewer, campaign, in_review)
    assert in_review.clicks <= 3
    assert in_review.loads <= 2

    launch(publisher, campaign, "ru")

    assert status_of(page, f"/ru/campaigns/{campaign.slug}/") == 200
    main = page.get_by_role("main")
    for words in (*QUOTES.values(), *TEXTS.values(), "Возьмите соль и номер."):
        expect(main).to_contain_text(words)
    for words in PICTURES.values():
        expect(main.get_by_role("img", name=words)).to_be_attached()
    expect(main.locator("[lang=en]")).to_have_count(0)


def translate_by_keyboard(page: Page, russian: Translation) -> None:
    """Each string in turn, until none is left, and the submission."""
    open_desk(page, russian)
    keys = page.keyboard
    for _each in range(30):
        keys.press("F8")
        active = page.locator("[data-unit]:focus-within")
        if not active.count() or active.get_attribute("data-state") != "missing":
            break
        source = active.locator("[data-source]").get_attribute("data-source") or ""
        if source.startswith(WITH_TAGS):
            type_with_tags(page)
        else:
            keys.type(RUSSIAN[source])
        here = active.get_attribute("id")
        keys.press("Control+Enter")
        expect(page.locator(f"#{here}")).to_have_attribute("data-state", "translated")
    expect(page.locator('[data-filter="missing"] .desk-count')).to_have_text("0")
    keys.press("Alt+s")
    keys.press("Enter")
    expect(page.get_by_text("In review since")).to_be_visible()

    [submission] = set(
        Review.objects.filter(locale=russian.target_locale).values_list("submission", flat=True)
    ) - {None}
    assert Review.objects.filter(submission=submission).count() == 1 + len(QUOTES)
    assert AltTextDraft.objects.filter(submission=submission).count() == len(PICTURES)


def type_with_tags(page: Page) -> None:
    keys = page.keyboard
    expect(page.locator(".cm-content:focus")).to_be_visible()
    for words, tag in (("Возьмите ", "Alt+1"), ("соль", ""), (" и ", "Alt+2"), ("номер", ""), (".", "")):
        keys.type(words)
        keys.press(tag or "End")


def approve_all(page: Page, campaign: CampaignPage, effort: Effort) -> None:
    """From the dashboard."""
    expect(page.get_by_role("heading", name="Notices about translations")).to_be_visible()
    effort.loads = 0
    page.get_by_role("link", name=campaign.title).first.click()
    for words in RUSSIAN.values():
        expect(page.get_by_role("cell", name=words).first).to_be_visible()
    page.get_by_label("I have read all of these lists").check()
    page.get_by_role("button", name="Approve", exact=True).last.click()
    expect(page.get_by_text("approved").first).to_be_visible()
    assert not Review.objects.filter(object_key=campaign.translation_key, decided_at=None).exists()
