"""Numbers in running text of a Dari page, as a browser draws them: from left to right; and Dari texts among
English ones on the screens of translation."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Locale
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation
from wagtail_localize.operations import translate_object

from campaigns.models import NewsIndexPage, NewsPage
from home.models import HomePage
from tests import factories
from tests.functional.helpers import NewContext, log_in
from tests.translating import translation_into
from translation.models import Review
from translation.review.comments import add_comment
from translation.review.submit import submit
from translation.units.four_eyes import hashes_of

RUNS = [
    "44-600-12-34",
    "+992 44 600 12 34",
    "+992 (37) 221-00-00",
    "8:00-20:00",
    "8:00 – 20:00",
    "۸:۰۰-۱۷:۰۰",
    "help-24@example.org",
    "https://example.org/fa-af/1-2/",
    "A/RES/68/192",
    "-5%",
]

DRAWN = """
run => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const start = walker.currentNode.data.indexOf(run);
        if (start < 0) continue;
        found.push([...run].map((_, place) => {
            const range = document.createRange();
            range.setStart(walker.currentNode, start + place);
            range.setEnd(walker.currentNode, start + place + 1);
            const box = range.getBoundingClientRect();
            return [Math.round(box.top), box.left];
        }));
    }
    return found;
}
"""


@pytest.fixture(scope="module")
def address(base_url: str, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock():
        index = NewsIndexPage.objects.get(locale__language_code="fa-af")
        text = "".join(f"<p>به این شماره یا آدرس {run} نگاه کنید، سپس {run}، و بعد بروید.</p>" for run in RUNS)
        story = factories.NewsPageFactory(
            parent=index, title="شماره‌ها", slug="numbers-in-dari", body=[("rich_text", text)]
        )
        yield story.get_url()
        NewsPage.objects.get(pk=story.pk).delete()


@pytest.mark.parametrize("width", [360, 1280])
def test_number__is_drawn_from_left_to_right(page: Page, address: str, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    if folder := os.environ.get("SCREENSHOTS"):
        page.locator(".prose").first.screenshot(path=Path(folder) / f"numbers-{width}.png")

    for run in RUNS:
        drawn = page.evaluate(DRAWN, run)
        assert len(drawn) == 2, run
        for places in drawn:
            assert places == sorted(places), run
            assert len({top for top, _left in places}) == 1, run


@pytest.mark.parametrize("run", ["۸:۰۰-۱۷:۰۰", "+۹۹۲ ۰۰ ۰۰۰ ۰۰ ۰۰"])
def test_number__of_the_demo_is_drawn_from_left_to_right(page: Page, run: str):
    page.goto("/fa-af/take-action/get-help/")

    (places,) = page.evaluate(DRAWN, run)

    assert places == sorted(places)


SOURCE, TITLE = "An empty chair is a question (IOM, 2026).", "چوکی خالی یک سوال است (IOM, 2026)."
REASON = "لطفا تمام بند را ترجمه کنید."
PLACES = """
(element, words) => words.map((word) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const start = walker.currentNode.data.indexOf(word);
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, start);
        range.setEnd(walker.currentNode, start + 1);
        return range.getBoundingClientRect().left;
    }
})
"""


def expect_from_left_to_right(place: Locator, *words: str) -> None:
    expect(place).to_be_visible()
    places = place.evaluate(PLACES, words)
    assert None not in places, words
    assert places == sorted(places), (words, places)


@pytest.fixture
def review(leave_no_trace: None) -> Review:
    home = HomePage.objects.get(locale__language_code="en")
    page = factories.ContentPageFactory(parent=home, title=SOURCE, body=[("rich_text", "<p>Ask.</p>")])
    translate_object(page, list(Locale.objects.filter(language_code="fa-af")))
    dari = translation_into(page, "fa-af")
    for segment in dari.source.stringsegment_set.select_related("string"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context_id=segment.context_id,
            locale=dari.target_locale,
            data=TITLE if segment.string.data == SOURCE else "بپرسید.",
        )
    return submit(dari, None)


def test_dari_texts__keep_their_order_in_a_review_in_english(new_context: NewContext, review: Review):
    reviewer = log_in(new_context, "reviewer")
    reviewer.goto(f"/admin/translation/review/{review.pk}/")
    expect_from_left_to_right(reviewer.locator("h1"), "Review", ".", ")", "(", "چوکی", "دری")

    row = reviewer.locator("tr.translation-unit").first
    row.get_by_text("Return", exact=True).first.click()
    row.get_by_placeholder("What should be changed?").fill(REASON)
    row.get_by_role("button", name="Return").click()
    decision = row.locator(".translation-decision")
    expect_from_left_to_right(decision, ".", "لطفا")

    reviewer.locator(".translation-panel__decision").get_by_role("button", name="Approve").first.click()
    told = reviewer.locator(".messages .success")
    expect_from_left_to_right(told, "“", ".", "چوکی", "in", "دری", "was")


@pytest.fixture
def reviewer_in_dari(new_context: NewContext) -> Iterator[Page]:
    profile = UserProfile.get_for_user(get_user_model().objects.get(username="reviewer"))
    profile.preferred_language = "fa-af"
    profile.save()
    yield log_in(new_context, "reviewer")
    profile.preferred_language = ""
    profile.save()


def test_comment__keeps_its_order_in_a_review_in_dari(reviewer_in_dari: Page, review: Review):
    author = get_user_model().objects.get(username="reviewer")
    add_comment(review, hashes_of(review.wordings[0]), author, "Which chair?")
    reviewer_in_dari.goto(f"/admin/translation/review/{review.pk}/")
    comment = reviewer_in_dari.locator(".translation-comment")
    date = comment.locator("time").inner_text().split()

    expect_from_left_to_right(comment, "Which", *reversed(date), "reviewer")
