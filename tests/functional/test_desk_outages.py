"""What is typed at the desk while the line, the server, the session or the tab goes away is neither lost nor shown
to anybody else."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from wagtail.models import Locale
from wagtail.rich_text import RichText
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from core.models import SiteImage
from home.demo.users import demo_password
from home.models import HomePage
from tests.factories import ContentPageFactory, SiteImageFactory
from tests.functional.desks import expect_saved, field, open_desk, unit
from tests.functional.helpers import NewContext, log_in
from tests.translating import translation_into, words_of
from translation.models import AltTextDraft, Review

TITLE = "Bread for the Road"
LINKED = 'Ask for <a id="a1">a number</a>.'
PICTURE = "Loaves on a board"
SAVES = re.compile(r"/translation/desk/unit/\d+/\d+/$")


@pytest.fixture
def translator(new_context: NewContext) -> Page:
    return log_in(new_context, "translator-ru")


@pytest.fixture
def russian(leave_no_trace: None) -> Translation:
    image = SiteImageFactory(alt_texts={"en": PICTURE})
    page = ContentPageFactory(
        parent=HomePage.objects.get(locale__language_code="en"),
        title=TITLE,
        body=[
            ("rich_text", RichText('<p>Ask for <a href="https://example.org/">a number</a>.</p>')),
            ("image", {"image": image, "caption": ""}),
        ],
    )
    translate_object(page, list(Locale.objects.filter(language_code="ru")))
    return translation_into(page, "ru")


def new_tab(page: Page) -> Page:
    """In place of one that is closed without being asked."""
    other = page.context.new_page()
    page.close(run_before_unload=False)
    return other


def test_save_whose_answer_is_lost__is_no_conflict_with_oneself(translator: Page, russian: Translation):
    open_desk(translator, russian)

    def store_and_fail(route: Route) -> None:
        route.fetch()
        route.abort()

    translator.route(SAVES, store_and_fail, times=1)
    field(translator, TITLE).fill("Хлеб")
    expect(unit(translator, TITLE).locator("[data-saved]")).to_contain_text("Not saved")
    assert words_of(russian, TITLE) == "Хлеб"
    field(translator, TITLE).fill("Хлеб в дорогу")

    expect_saved(unit(translator, TITLE))
    expect(unit(translator, TITLE).get_by_role("alert")).to_have_count(0)
    assert words_of(russian, TITLE) == "Хлеб в дорогу"


def test_text_with_a_link__is_kept_while_the_server_fails_and_the_tab_is_closed(
    translator: Page, russian: Translation
):
    open_desk(translator, russian)
    translator.route(SAVES, lambda route: route.fulfill(status=500, body="Broken"))
    place = unit(translator, "a number")
    place.locator("textarea").focus()
    expect(place.locator(".cm-content")).to_be_focused()
    translator.keyboard.type("Спросите ")
    translator.keyboard.press("Alt+1")
    translator.keyboard.type("номер")
    expect(place.locator("[data-saved]")).to_contain_text("Not saved")

    page = new_tab(translator)
    open_desk(page, russian)

    expect(field(page, "a number")).to_have_value('Спросите <a id="a1">номер</a>')
    expect(unit(page, "a number")).to_have_attribute("data-state", "translated")
    assert words_of(russian, LINKED) == 'Спросите <a id="a1">номер</a>'


def test_text_of_one_tab__is_not_deleted_by_another(translator: Page, russian: Translation):
    open_desk(translator, russian)
    other = translator.context.new_page()
    open_desk(other, russian)
    translator.route(SAVES, lambda route: route.abort())
    field(translator, TITLE).fill("Хлеб из первой вкладки")
    expect(unit(translator, TITLE).locator("[data-saved]")).to_contain_text("Not saved")
    field(other, TITLE).fill("Хлеб из второй вкладки")
    expect_saved(unit(other, TITLE))

    # Asked again by each page until one has chosen.
    page = new_tab(translator)
    for _each in range(2):
        open_desk(page, russian)
        expect(field(page, TITLE)).to_have_value("Хлеб из первой вкладки")
        expect(unit(page, TITLE).get_by_role("alert")).to_contain_text("Хлеб из второй вкладки")
    assert words_of(russian, TITLE) == "Хлеб из второй вкладки"
    unit(page, TITLE).get_by_role("button", name="Save my text").click()
    expect_saved(unit(page, TITLE))
    assert words_of(russian, TITLE) == "Хлеб из первой вкладки"

    open_desk(page, russian)
    expect(unit(page, TITLE).get_by_role("alert")).to_have_count(0)


def test_alternative_text__is_saved_while_one_stays_in_its_field(translator: Page, russian: Translation):
    open_desk(translator, russian)
    for text in ("Буханки", "Буханки на доске"):
        field(translator, PICTURE).fill(text)
        expect_saved(unit(translator, PICTURE))
        assert AltTextDraft.objects.filter(text=text).exists()
    expect(field(translator, PICTURE)).to_be_focused()


def test_alternative_text__comes_back_in_a_new_tab_and_is_submitted(translator: Page, russian: Translation):
    open_desk(translator, russian)
    field(translator, TITLE).fill("Хлеб в дорогу")
    place = unit(translator, "a number")
    place.locator("textarea").focus()
    expect(place.locator(".cm-content")).to_be_focused()
    translator.keyboard.insert_text('Спросите <a id="a1">номер</a>.')
    expect_saved(place)
    field(translator, PICTURE).fill("Буханки")
    page = new_tab(translator)

    open_desk(page, russian)
    expect(field(page, PICTURE)).to_have_value("Буханки")
    page.get_by_role("button", name="Submit for review").click()

    expect(page.get_by_text("In review since")).to_be_visible()
    review = Review.objects.get(object_key=russian.source.object_id)
    image = SiteImage.objects.get(alt_texts__en=PICTURE)
    assert AltTextDraft.objects.get(image=image).submission == review.submission


def test_submission__waits_for_what_cannot_be_stored(translator: Page, russian: Translation):
    open_desk(translator, russian)
    translator.route(SAVES, lambda route: route.abort())
    field(translator, TITLE).fill("Хлеб в дорогу")
    translator.get_by_role("button", name="Submit for review").click()

    expect(field(translator, TITLE)).to_be_focused()
    expect(translator.locator("[data-status]")).to_contain_text("Not saved")
    assert field(translator, TITLE).input_value() == "Хлеб в дорогу"
    assert not Review.objects.filter(object_key=russian.source.object_id).exists()


def test_last_keystrokes__are_stored_when_the_page_is_left_at_once(translator: Page, russian: Translation):
    open_desk(translator, russian)
    field(translator, TITLE).fill("Хлеб в дорогу")
    translator.goto("/admin/")

    open_desk(translator, russian)
    expect(field(translator, TITLE)).to_have_value("Хлеб в дорогу")
    expect(unit(translator, TITLE)).to_have_attribute("data-state", "translated")
    assert words_of(russian, TITLE) == "Хлеб в дорогу"


def test_text_of_a_session_that_has_ended__waits_for_its_writer_alone(translator: Page, russian: Translation):
    open_desk(translator, russian)
    translator.context.clear_cookies()
    field(translator, TITLE).fill("Хлеб в дорогу")
    expect(translator.locator("#editing-sign-in")).to_be_visible()

    page = new_tab(translator)
    for username, shown in (("admin", ""), ("translator-ru", "Хлеб в дорогу")):
        page.context.clear_cookies()
        sign_in(page, username)
        open_desk(page, russian)
        expect(field(page, TITLE)).to_have_value(shown)
    expect_saved(unit(page, TITLE))
    assert words_of(russian, TITLE) == "Хлеб в дорогу"


def sign_in(page: Page, username: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(demo_password(username))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
