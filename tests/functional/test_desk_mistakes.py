"""The mistakes that translators make, on the four screens that show them: the desk as one types, the plan of an
import, the submission, and the review."""

from dataclasses import dataclass

import polib
import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import FilePayload, Locator, Page, expect
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from campaigns.models import CampaignIndexPage
from tests.factories import CampaignPageFactory
from tests.functional.desks import expect_saved, open_desk, unit
from tests.functional.helpers import NewContext, log_in
from tests.translating import change_source, translation_into
from tests.translation.exchanging import po_of
from translation.models import Review, ReviewStatus
from translation.review.submit import submit
from translation.review.workflow import decide


@dataclass(frozen=True)
class Mistake:
    """`source` as it is stored, and `shown` as it is found on a screen. `stops` tells whether the text cannot be
    submitted."""

    source: str
    shown: str
    right: str
    wrong: str
    message: str
    stops: bool


MISTAKES = {
    "figure": Mistake(
        "In 2024, 50,000 people asked.",
        "people asked.",
        "В 2024 году спросили 50 000 человек.",
        "В 2024 году спросили 5000 человек.",
        "Numbers missing: 50,000.",
        True,
    ),
    "link": Mistake(
        'Read <a id="a1">the contract</a> first.',
        "the contract",
        'Сначала прочтите <a id="a1">договор</a>.',
        "Сначала прочтите договор.",
        "The link 1 (the contract) of the source is missing.",
        True,
    ),
    "tag": Mistake(
        "Take <b>bread</b> with you.",
        "with you.",
        "Возьмите <b>хлеб</b> с собой.",
        "Возьмите <b>хлеб с собой.",
        "a tag is not closed",
        True,
    ),
    "letter": Mistake(
        "World Bread Day",
        "World Bread Day",
        "Всемирный день хлеба",
        "Всемиpный день хлеба",
        "A word has letters of two scripts: Всемиpный.",
        True,
    ),
    "length": Mistake(
        "Loaf",
        "Loaf",
        "Хлеб",
        "Всемирный день хлеба для каждого, кто в дороге",
        "Maximum: 40.",
        True,
    ),
    "unchanged": Mistake(
        "Ask who pays.",
        "Ask who pays.",
        "Спросите, кто платит.",
        "Ask who pays.",
        "The text is the same as the source.",
        False,
    ),
    "stale": Mistake(
        "Bakers work at night.",
        "Bakers work",
        "Пекари работают вечером.",
        "Пекари работают вечером.",
        "The source has changed, the text has not.",
        False,
    ),
}
TYPED = [mistake for name, mistake in MISTAKES.items() if name != "stale"]
BEFORE = "Bakers work in the evening."
INTRODUCTION = (
    "<p>In 2024, 50,000 people asked.</p>"
    '<p>Read <a href="https://example.org/">the contract</a> first.</p>'
    "<p>Take <b>bread</b> with you.</p><p>Ask who pays.</p>"
)


@pytest.fixture
def russian(leave_no_trace: None) -> Translation:
    """All is approved; then a sentence of the source changes."""
    page = CampaignPageFactory(
        parent=CampaignIndexPage.objects.get(locale__language_code="en"),
        title="World Bread Day",
        short_name="Loaf",
        introduction=f"{INTRODUCTION}<p>{BEFORE}</p>",
    )
    translate_object(page, list(Locale.objects.filter(language_code="ru")))
    translation = translation_into(page, "ru")
    right = {each.source: each.right for each in MISTAKES.values()}
    store(translation, {**right, BEFORE: MISTAKES["stale"].right})
    reviewer = get_user_model().objects.get(username="reviewer")
    decide(submit(translation, None), reviewer, "approve")
    change_source(page, introduction=f"{INTRODUCTION}<p>Bakers work at night.</p>")
    return translation_into(page, "ru")


def store(translation: Translation, texts: dict[str, str]) -> None:
    """Without the desk, as by a program that checks nothing."""
    author = get_user_model().objects.get(username="translator-ru")
    for segment in translation.source.stringsegment_set.select_related("string"):
        if segment.string.data in texts:
            place = {"translation_of": segment.string, "context": segment.context}
            StringTranslation.objects.update_or_create(
                **place,
                locale=translation.target_locale,
                defaults={"data": texts[segment.string.data], "last_translated_by": author},
            )


def test_mistakes__are_shown_while_typing_at_import_at_submission_and_in_review(
    russian: Translation, new_context: NewContext
):
    translator = log_in(new_context, "translator-ru")
    expect_on_the_desk(translator, russian)
    expect_in_the_plan_of_an_import(translator, russian)
    expect_at_submission(translator, russian)
    expect_in_review(log_in(new_context, "reviewer"), russian)


def row(page: Page, mistake: Mistake) -> Locator:
    return page.get_by_role("row").filter(has=page.locator("td[lang=en]", has_text=mistake.shown))


def expect_message(place: Locator, mistake: Mistake) -> None:
    expect(place).to_contain_text(mistake.message)


def expect_on_the_desk(page: Page, russian: Translation) -> None:
    open_desk(page, russian)
    for mistake in MISTAKES.values():
        place = unit(page, mistake.shown)
        if mistake in TYPED:
            write(page, place, mistake.wrong)
        expect_message(place.locator(".desk-findings"), mistake)
    # What cannot be stored is shown instead of being left out.
    page.get_by_role("button", name="Submit for review").click()
    tag = unit(page, MISTAKES["tag"].shown)
    expect(tag.locator(":focus")).to_be_visible()
    expect_message(tag.locator(".desk-findings"), MISTAKES["tag"])
    write(page, tag, MISTAKES["tag"].right)
    expect_saved(tag)


def write(page: Page, place: Locator, text: str) -> None:
    if place.get_attribute("data-tags") is None:
        place.locator("textarea").fill(text)
        return
    place.locator("textarea, .cm-content").locator("visible=true").first.focus()
    expect(place.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def expect_in_the_plan_of_an_import(page: Page, russian: Translation) -> None:
    store(russian, {each.source: each.right for each in TYPED})
    texts = {each.source: each.wrong for each in MISTAKES.values()}

    def spoil(entry: polib.POEntry) -> None:
        entry.msgstr = texts.get(entry.msgid, entry.msgstr)

    file: FilePayload = {
        "name": "ru.po",
        "mimeType": "text/x-gettext-translation",
        "buffer": po_of(russian, spoil),
    }
    page.goto("/admin/translation/exchange/import/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Check file").click()
    for mistake in MISTAKES.values():
        expect_message(row(page, mistake), mistake)


def expect_at_submission(page: Page, russian: Translation) -> None:
    store(russian, {each.source: each.wrong for each in TYPED})
    open_desk(page, russian)
    page.get_by_role("button", name="Submit for review").click()
    told = page.locator(".messages")
    for mistake in MISTAKES.values():
        if mistake.stops:
            expect_message(told, mistake)

    store(russian, {each.source: each.right for each in TYPED if each.stops})
    page.reload()
    page.get_by_role("button", name="Submit for review").click()
    expect(told).to_contain_text("Reviewers will see 2 findings")
    for mistake in MISTAKES.values():
        if not mistake.stops:
            expect_message(told, mistake)


def expect_in_review(page: Page, russian: Translation) -> None:
    """Also what was submitted before there were checks."""
    key = russian.source.object_id
    review = Review.objects.get(object_key=key, status=ReviewStatus.WAITING)
    texts = {each.source: each.wrong for each in MISTAKES.values()}
    for each in review.wordings:
        each["text"] = texts[each["source"]]
    review.save()
    page.goto(f"/admin/translation/review/{review.pk}/")
    for mistake in MISTAKES.values():
        expect_message(row(page, mistake), mistake)
    expect(page.get_by_role("button", name="Approve all that is unmarked")).to_be_visible()
