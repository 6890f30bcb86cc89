"""The whole trip of a campaign into other languages: sent, translated, reviewed, launched, and changed
afterwards."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation, Translation

from campaigns.models import CampaignIndexPage, CampaignPage, EditionPage
from tests.factories import CampaignPageFactory, EditionPageFactory, QuoteFactory
from tests.functional.helpers import Editor, NewContext, log_in, status_of
from translation.models import Review
from translation.review.submit import submit
from translation.review.workflow import decide
from translation.units.segments import target_of

ENGLISH_QUOTE = "A loaf is lighter than a debt."
TEXT = "Take a loaf and a telephone number with you."
RUSSIAN = {
    "Bread for the Road Day": "День хлеба в дорогу",
    "A day for those who leave home, and for those who bake for them.": (
        "День тех, кто уезжает, и тех, кто печёт им в путь."
    ),
    TEXT: "Возьмите с собой хлеб и номер телефона.",
    "Heard at the oven": "Услышано у тандыра",
    "BFR": "ХВД",
}


@pytest.fixture
def translator(new_context: NewContext) -> Page:
    return log_in(new_context, "translator-ru")


@pytest.fixture
def reviewer(new_context: NewContext) -> Page:
    return log_in(new_context, "reviewer")


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


@pytest.fixture
def edition(campaign: CampaignPage) -> EditionPage:
    return EditionPageFactory(
        parent=campaign,
        title="2024",
        slug="2024",
        year=2024,
        global_theme="Crumbs lead home",
        starts_on=datetime.date(2024, 6, 1),
    )


def test_campaign__goes_the_whole_way_and_stays_approved_when_its_text_changes(
    campaign: CampaignPage, edition: EditionPage, editor: Page, translator: Page, reviewer: Page, publisher: Page,
    page: Page, axe: Callable[[Page], list[str]],
):  # fmt: skip
    send(editor, edition)
    russian, tajik = translation_of(campaign, "ru"), translation_of(campaign, "tg")
    expect_refused(translator, tajik)

    translator.goto(edit_url(russian))
    for english, words in RUSSIAN.items():
        translate(translator, english, words)
    translator.get_by_role("button", name="Submit for review").click()
    expect(translator.get_by_text("In review since")).to_be_visible()
    expect_not_translated(page, campaign)

    approve_with_a_comment(reviewer, axe)
    expect_not_translated(page, campaign)
    bring_to_approval(translation_of(edition, "ru"))
    bring_to_approval(tajik)

    launch(publisher, campaign, "ru")
    expect_russian(page, campaign)
    assert status_of(page, f"/tg/campaigns/{campaign.slug}/") == 404

    change_a_sentence(publisher, campaign)
    expect_out_of_date_on_the_board(editor, campaign)
    page.goto(f"/ru/campaigns/{campaign.slug}/")
    expect(page.get_by_role("main")).to_contain_text(RUSSIAN[TEXT])
    expect(page.get_by_role("main")).not_to_contain_text("Take two loaves")


def send(page: Page, edition: EditionPage) -> None:
    page.goto(f"/admin/translation/sending/campaign/{edition.pk}/")
    page.get_by_label("Русский", exact=True).check()
    page.get_by_label("Тоҷикӣ", exact=True).check()
    page.get_by_role("button", name="Send for translation").click()
    page.wait_for_url("**/translation/sending/job/**")
    expect(page.get_by_role("status").filter(has_text="finished")).to_be_visible()


def expect_refused(page: Page, translation: Translation) -> None:
    response = page.goto(edit_url(translation))
    assert response is not None
    assert response.status == 403 or page.url.rstrip("/").endswith("/admin")


def translation_of(source: CampaignPage | EditionPage, code: str) -> Translation:
    return Translation.objects.select_related("source", "target_locale").get(
        source__object_id=source.translation_key, target_locale__language_code=code
    )


def edit_url(translation: Translation) -> str:
    target = target_of(translation)
    assert target is not None
    return f"/admin/pages/{target.pk}/edit/"


def translate(page: Page, english: str, words: str) -> None:
    cell = page.locator(".js-translation-editor").get_by_role("listitem").filter(has_text=english).last
    cell.get_by_role("button", name="Translate").click()
    cell.get_by_role("textbox").fill(words)
    cell.get_by_role("button", name="Save").click()
    expect(cell.get_by_role("button", name="Edit")).to_be_visible()
    expect(cell).to_contain_text(words)


def approve_with_a_comment(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto("/admin/translation/review/")
    page.get_by_role("link", name=re.compile("День хлеба|Bread")).first.click()
    row = page.get_by_role("row").filter(has_text=TEXT)
    row.get_by_text("Comment", exact=True).first.click()
    row.get_by_role("textbox").fill("Well said.")
    row.get_by_role("button", name="Add comment").click()
    expect(page.get_by_role("row").filter(has_text=TEXT)).to_contain_text("Well said.")
    page.get_by_label("Comment for the translator").fill("Thank you.")
    approve_by_key(page)
    expect(page.get_by_label("Comment for the translator")).to_have_value("Thank you.")
    assert axe(page) == []
    row.get_by_role("button", name="Approve", exact=True).click()
    expect(row).to_contain_text("Approved by")
    page.get_by_role("button", name=re.compile("Approve all that is unmarked|^Approve$")).last.click()
    expect(page.get_by_text("is approved.")).to_be_visible()


def approve_by_key(page: Page) -> None:
    """The first string, which leads to the second."""
    units = page.locator(".translation-unit")
    page.get_by_role("row").filter(has_text=TEXT).focus()
    while units.first.evaluate("unit => unit !== document.activeElement"):
        page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+a")
    expect(units.first).to_contain_text("Approved by")
    expect(units.nth(1)).to_be_focused()


def bring_to_review(translation: Translation) -> Review:
    """What a translator does meanwhile."""
    code = translation.target_locale.language_code
    people = get_user_model().objects
    for segment in translation.source.stringsegment_set.select_related("string"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context_id=segment.context_id,
            locale=translation.target_locale,
            defaults={
                "data": f"{segment.string.data} ({code})",
                "last_translated_by": people.get(username=f"translator-{code}"),
            },
        )
    return submit(translation, None)


def bring_to_approval(translation: Translation) -> None:
    """What others do meanwhile."""
    decide(bring_to_review(translation), get_user_model().objects.get(username="reviewer"), "approve")


def launch(page: Page, campaign: CampaignPage, code: str) -> None:
    page.goto(f"/admin/translation/launch/{campaign.pk}/{code}/")
    boxes = page.get_by_role("checkbox")
    for number in range(boxes.count()):
        boxes.nth(number).check()
    reason = page.get_by_label("Reason for launching without these items")
    if reason.count():
        reason.fill("The quote may stand in English.")
    page.get_by_role("button", name="Launch all").click()
    expect(page.locator(".messages .success, .messages [class*=success]").first).to_be_visible()


def change_a_sentence(page: Page, campaign: CampaignPage) -> None:
    form = Editor(page)
    form.open(campaign)
    text = form.body.get_by_role("textbox").first
    text.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Take two loaves and a telephone number with you.")
    form.wait_for_autosave()
    form.choose_action("Publish")
    expect(page.get_by_text("Translations are out of date")).to_be_visible()


def expect_out_of_date_on_the_board(page: Page, campaign: CampaignPage) -> None:
    page.goto(f"/admin/translation/board/?campaign={campaign.pk}")
    row = page.get_by_role("row").filter(has_text=campaign.title).first
    expect(row.get_by_role("link", name=re.compile("out of date", re.IGNORECASE))).to_have_count(2)


def expect_not_translated(page: Page, campaign: CampaignPage) -> None:
    assert status_of(page, f"/ru/campaigns/{campaign.slug}/") == 404
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    main = page.get_by_role("main")
    expect(main).not_to_contain_text("День хлеба")
    expect(main.get_by_role("link", name=campaign.title)).to_have_attribute("href", campaign.get_url())


def expect_russian(page: Page, campaign: CampaignPage) -> None:
    assert status_of(page, f"/ru/campaigns/{campaign.slug}/") == 200
    main = page.get_by_role("main")
    for words in RUSSIAN.values():
        expect(main).to_contain_text(words)
    expect(main.locator("[lang=en]").filter(has_text=ENGLISH_QUOTE).first).to_be_visible()
    page.get_by_role("navigation", name="Язык").get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1, name=campaign.title)).to_be_visible()
