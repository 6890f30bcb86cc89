"""A translator at the desk: the keyboard alone, a line that is cut, a server that fails, a session that ends, and
somebody else; and the way to the desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Locale
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from campaigns.models import CampaignIndexPage, CampaignPage, Quote
from core.media.renditions import make_pictures
from home.models import HomePage
from tests.factories import CampaignPageFactory, ContentPageFactory, QuoteFactory, SiteImageFactory
from tests.functional.desks import expect_saved, field, open_desk, unit
from tests.functional.helpers import NewContext, log_in
from tests.functional.test_translator import bring_to_approval, bring_to_review
from tests.translating import change_source, translation_into, words_of
from translation.models import Review, Term, TermTranslation, Waiver

QUOTES = ("A loaf is lighter than a debt.", "I asked who pays for the road.")
HELP = '<button data-suggestion="Слышно у печи" data-tool="">M</button><button data-term="тандыр">T</button>'
TEXT = 'Take <b>bread</b> with you, and <a id="a1">a number</a>.'


@pytest.fixture
def translator(new_context: NewContext) -> Page:
    return log_in(new_context, "translator-ru")


@pytest.fixture
def campaign(leave_no_trace: None) -> CampaignPage:
    quotes = [QuoteFactory(text=text) for text in QUOTES]
    body = '<p>Take <b>bread</b> with you, and <a href="https://example.org/">a number</a>.</p>'
    page = CampaignPageFactory(
        parent=CampaignIndexPage.objects.get(locale__language_code="en"),
        title="Bread for the Road Day",
        short_name="",
        introduction="",
        body=[
            ("rich_text", RichText(body)),
            ("voices", {"heading": "Heard at the oven", "limit": 2, "picks": quotes, "only_picked": True}),
        ],
    )
    for row in (*quotes, page):
        translate_object(row, list(Locale.objects.filter(language_code="ru")))
    return page


@pytest.fixture
def russian(campaign: CampaignPage) -> Translation:
    return translation_into(campaign, "ru")


@pytest.fixture
def approved(leave_no_trace: None) -> Translation:
    """Of a page with strings of its own: the memory keeps what was approved."""
    page = CampaignPageFactory(
        parent=CampaignIndexPage.objects.get(locale__language_code="en"),
        title="Ovens of Khorugh",
        short_name="",
        introduction="<p>Ask <b>the baker</b>.</p>",
    )
    translate_object(page, list(Locale.objects.filter(language_code="ru")))
    bring_to_approval(translation_into(page, "ru"))
    return translation_into(page, "ru")


def test_translator__completes_a_page_with_two_quotes_by_keyboard(
    translator: Page, campaign: CampaignPage, russian: Translation, axe: Callable[[Page], list[str]]
):
    open_desk(translator, russian)
    assert axe(translator) == []
    keys = translator.keyboard
    # Each string in turn, until none is left.
    for _each in range(12):
        keys.press("F8")
        active = translator.locator("[data-unit]:focus-within")
        if not active.count() or active.get_attribute("data-state") != "missing":
            break
        source = active.locator("[data-source]").get_attribute("data-source") or ""
        if "<b>" in source:
            keys.type("Возьмите ")
            keys.press("Alt+1")
            keys.type("хлеб")
            keys.press("End")
            keys.type(" и ")
            keys.press("Alt+2")
            keys.type("номер")
            keys.press("End")
            keys.type(".")
        else:
            keys.insert_text("Слово.")
        keys.press("Control+Enter")
        expect(unit(translator, source[:4])).not_to_have_attribute("data-state", "missing")
    expect(translator.locator('[data-filter="missing"] .desk-count')).to_have_text("0")
    assert words_of(russian, TEXT) == 'Возьмите <b>хлеб</b> и <a id="a1">номер</a>.'
    for quote in QUOTES:
        expect(unit(translator, quote)).to_have_attribute("data-state", "translated")

    translator.get_by_role("button", name="Submit for review").press("Enter")
    expect(translator.get_by_text("In review since")).to_be_visible()
    assert Review.objects.filter(object_key=campaign.translation_key).exists()


@pytest.mark.usefixtures("leave_no_trace")
def test_submission__is_offered_once_an_approved_text_has_changed(translator: Page):
    page = ContentPageFactory(parent=HomePage.objects.get(locale__language_code="en"), title="Ovens of Vanj")
    translate_object(page, list(Locale.objects.filter(language_code="ru")))
    bring_to_approval(translation_into(page, "ru"))
    open_desk(translator, translation_into(page, "ru"))
    submission = translator.get_by_role("button", name="Submit for review")
    expect(submission).to_be_hidden()

    field(translator, "Ovens of Vanj").fill("Тандыры Ванджа")
    expect(submission).to_be_visible()
    submission.press("Enter")
    expect(translator.get_by_text("In review since")).to_be_visible()


@pytest.mark.usefixtures("leave_no_trace")
def test_count_of_what_is_unfinished__follows_the_work(translator: Page):
    page = ContentPageFactory(parent=HomePage.objects.get(locale__language_code="en"), title="Ovens of Ishkoshim")
    translate_object(page, list(Locale.objects.filter(language_code="ru")))
    open_desk(translator, translation_into(page, "ru"))
    translator.get_by_role("button", name="Submit for review").click()
    refusal = translator.get_by_text("One string is not translated")
    expect(refusal).to_be_visible()
    expect(translator.get_by_text("Unfinished strings: 1.")).to_be_visible()

    field(translator, "Ovens of Ishkoshim").fill("Тандыры Ишкашима")
    expect(translator.get_by_text("All strings are translated.")).to_be_visible()
    expect(translator.get_by_text("Unfinished strings:")).to_be_hidden()
    expect(refusal).to_be_hidden()

    field(translator, "Ovens of Ishkoshim").fill("")
    expect(translator.get_by_text("Unfinished strings: 1.")).to_be_visible()


@pytest.mark.parametrize("string", ["Ovens of Khorugh", "Ask <b>the baker</b>."], ids=["plain", "with tags"])
def test_cleared_text__comes_back_once_its_field_is_left(translator: Page, approved: Translation, string: str):
    open_desk(translator, approved)
    place, keys = unit(translator, string[:3]), translator.keyboard
    text = place.locator("textarea")
    type_into(translator, place, "")
    keys.press("Control+a")
    keys.press("Delete")
    expect_saved(place)
    expect(text).to_have_value("")
    keys.type("Слово ")
    keys.type("дня")
    expect_saved(place)
    expect(text).to_have_value("Слово дня")
    assert words_of(approved, string) == "Слово дня"

    keys.press("Control+a")
    keys.press("Delete")
    expect_saved(place)
    expect(text).to_have_value("")
    translator.get_by_role("button", name="Next unfinished").focus()
    expect(text).to_have_value(f"{string} (ru)")
    assert words_of(approved, string) == f"{string} (ru)"


def test_text__is_kept_while_the_line_is_cut(translator: Page, russian: Translation):
    open_desk(translator, russian)
    translator.context.set_offline(True)
    field(translator, "Heard at the oven").fill("Услышано у тандыра")
    expect(unit(translator, "Heard at the oven").locator("[data-saved]")).to_contain_text("Not saved")

    translator.context.set_offline(False)
    expect_saved(unit(translator, "Heard at the oven"))
    assert words_of(russian, "Heard at the oven") == "Услышано у тандыра"


def test_text__is_kept_while_the_server_fails(translator: Page, russian: Translation):
    open_desk(translator, russian)
    translator.route("**/translation/desk/unit/**", lambda route: route.fulfill(status=500, body="Broken"))
    field(translator, "Heard at the oven").fill("Услышано у тандыра")
    expect(unit(translator, "Heard at the oven").locator("[data-saved]")).to_contain_text("Not saved")

    translator.unroute("**/translation/desk/unit/**")
    expect_saved(unit(translator, "Heard at the oven"))
    assert words_of(russian, "Heard at the oven") == "Услышано у тандыра"


def test_text__is_restored_after_the_tab_was_closed(translator: Page, russian: Translation):
    open_desk(translator, russian)
    translator.context.set_offline(True)
    field(translator, "Heard at the oven").fill("Услышано у тандыра")
    translator.close(run_before_unload=False)
    page = translator.context.new_page()
    translator.context.set_offline(False)

    open_desk(page, russian)

    expect(field(page, "Heard at the oven")).to_have_value("Услышано у тандыра")
    # What the closed tab sent last may have arrived after all.
    expect(unit(page, "Heard at the oven")).to_have_attribute("data-state", "translated")
    assert words_of(russian, "Heard at the oven") == "Услышано у тандыра"


def test_changed_source__is_said_and_the_text_is_offered_at_the_new_string(
    translator: Page, campaign: CampaignPage, russian: Translation, axe: Callable[[Page], list[str]]
):
    open_desk(translator, russian)
    translator.context.set_offline(True)
    field(translator, "Bread for the Road Day").fill("День хлеба")
    change_source(campaign, title="Bread for All Day")
    translator.context.set_offline(False)

    expect(translator.get_by_text("The source has changed.")).to_be_visible()
    assert axe(translator) == []
    translator.get_by_role("button", name="Reload").click()

    new = unit(translator, "Bread for All Day")
    expect(new.locator("textarea")).to_have_value("День хлеба")
    new.get_by_role("button", name="Save my text").click()
    expect_saved(new)
    assert words_of(russian, "Bread for All Day") == "День хлеба"


def test_repeated_string__is_offered_to_its_other_places(
    translator: Page, russian: Translation, axe: Callable[[Page], list[str]]
):
    other = ContentPageFactory(parent=HomePage.objects.get(locale__language_code="en"), title="Heard at the oven")
    translate_object(other, list(Locale.objects.filter(language_code="ru")))
    open_desk(translator, russian)
    field(translator, "Heard at the oven").fill("Услышано у тандыра")
    place = unit(translator, "Heard at the oven")

    expect(place.get_by_text("The same string is in 1 other place")).to_be_visible()
    assert axe(translator) == []
    place.get_by_role("button", name="Fill").click()

    expect(translator.get_by_text("1 string filled.")).to_be_visible()
    assert words_of(translation_into(other, "ru"), "Heard at the oven") == "Услышано у тандыра"


def test_alternative_text__is_checked_while_one_types_and_its_finding_is_waived(
    translator: Page, campaign: CampaignPage, russian: Translation
):
    campaign.lead_image = SiteImageFactory(title="Hall", alt_texts={"en": "3 rows of loaves"})
    campaign.save_revision().publish()
    open_desk(translator, russian)
    place = translator.locator("[data-unit][id^=i]")
    finding = place.locator("[data-list] li", has_text="Numbers missing: 3.")

    place.locator("textarea").fill("5 рядов хлеба")
    expect(finding).to_have_class("desk-findings__blocking")
    blocking = translator.get_by_text("Blocking findings in the strings below:")
    expect(blocking).to_have_text("Blocking findings in the strings below: 2.")
    place.locator("textarea").blur()
    expect_saved(place)
    finding.locator("summary").click()
    finding.locator("input[name=reason]").fill("There are five")
    finding.locator("button").click()

    expect(place.locator("[data-list] li", has_text="There are five").first).to_be_visible()
    expect(blocking).to_be_hidden()
    assert Waiver.objects.filter(reason="There are five").count() == 1


def test_session_that_has_ended__asks_for_the_log_in_in_place(translator: Page, russian: Translation):
    open_desk(translator, russian)
    translator.context.clear_cookies()
    field(translator, "Heard at the oven").fill("Услышано у тандыра")

    dialog = translator.locator("#editing-sign-in")
    expect(dialog).to_be_visible()
    frame = dialog.frame_locator("iframe")
    frame.get_by_label("Username").fill("translator-ru")
    frame.get_by_label("Password").fill("translator-ru-demo")
    frame.get_by_role("button", name="Sign in").click()

    expect_saved(unit(translator, "Heard at the oven"))
    assert words_of(russian, "Heard at the oven") == "Услышано у тандыра"


def test_two_at_once__the_second_is_shown_the_text_of_the_first(
    translator: Page, russian: Translation, new_context: NewContext
):
    other = log_in(new_context, "admin")
    for page in (translator, other):
        open_desk(page, russian)
    field(other, "Heard at the oven").fill("У печи")
    expect_saved(unit(other, "Heard at the oven"))

    field(translator, "Heard at the oven").fill("У тандыра")
    mine = unit(translator, "Heard at the oven")
    expect(mine.get_by_role("alert")).to_contain_text("У печи")
    assert words_of(russian, "Heard at the oven") == "У печи"

    mine.get_by_role("button", name="Save my text").click()
    expect_saved(mine)
    assert words_of(russian, "Heard at the oven") == "У тандыра"


def test_tags__are_marks_in_a_text_of_another_and_in_one_whose_string_is_lost(
    translator: Page, campaign: CampaignPage, russian: Translation, axe: Callable[[Page], list[str]]
):
    theirs = 'Берите <b>хлеб</b> и <a id="a1">номер</a>.'
    open_desk(translator, russian)
    translator.get_by_role("button", name="Tags as text").click()
    store_text(russian, TEXT, theirs)
    field(translator, "with you").fill('Возьмите <a id="a1">номер</a> и <b>хлеб</b>.')
    conflict = unit(translator, "with you").get_by_role("alert")
    expect(conflict.locator("[data-theirs]")).to_have_text("Берите 1хлеб/1 и 2номер/2.")
    assert axe(translator) == []

    change_source(campaign, body=[])
    translator.reload()
    lost = translator.locator("[data-lost]")
    expect(lost.get_by_role("listitem")).to_have_text("Возьмите 1номер/1 и 2хлеб/2.")
    assert axe(translator) == []


def store_text(translation: Translation, source: str, text: str) -> None:
    """As another translator's save does."""
    segment = translation.source.stringsegment_set.get(string__data=source)
    StringTranslation.objects.create(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale=translation.target_locale,
        data=text,
    )


@pytest.mark.parametrize("key", ["Alt+0", "Alt+m", "Alt+t"])
@pytest.mark.parametrize("before", ["Bread for the Road Day", "with you"], ids=["plain", "with tags"])
def test_undo__takes_back_what_a_key_has_put_in_and_leaves_other_strings_alone(
    translator: Page, russian: Translation, key: str, before: str
):
    translator.route("**/helps/", lambda route: route.fulfill(body=HELP, content_type="text/html"))
    open_desk(translator, russian)
    other, place = unit(translator, before), unit(translator, "Heard at the oven")
    type_into(translator, other, "Слово")
    expect_saved(other)
    type_into(translator, place, "Моё")
    expect(place.locator("[data-strip]")).to_be_visible()
    translator.keyboard.press(key)
    text = place.locator("textarea")
    expect(text).not_to_have_value("Моё")

    translator.keyboard.press("Control+z")
    expect(text).to_have_value("Моё")
    for _each in range(3):
        translator.keyboard.press("Control+z")
    expect(text).to_be_focused()
    expect(other.locator("textarea")).to_have_value("Слово")
    expect_saved(other)
    assert words_of(russian, TEXT if before in TEXT else before) == "Слово"


@pytest.mark.parametrize("key", ["Alt+0", "Alt+m", "Alt+t", "Alt+1"])
def test_undo__takes_back_what_a_key_has_put_in_among_protected_tags(
    translator: Page, russian: Translation, key: str
):
    translator.route("**/helps/", lambda route: route.fulfill(body=HELP, content_type="text/html"))
    open_desk(translator, russian)
    place = unit(translator, "with you")
    type_into(translator, place, "Моё")
    expect(place.locator("[data-strip]")).to_be_visible()
    translator.keyboard.press(key)
    expect(place.locator("textarea")).not_to_have_value("Моё")

    translator.keyboard.press("Control+z")
    expect(place.locator("textarea")).to_have_value("Моё")


def test_protected_tags__are_shown_before_anybody_types(
    translator: Page, approved: Translation, axe: Callable[[Page], list[str]]
):
    open_desk(translator, approved)
    place = unit(translator, "Ask")
    editor = place.locator(".cm-content")
    expect(editor).to_have_text("Ask 1the baker/1. (ru)")
    expect(editor.locator(".desk-tag")).to_have_count(2)
    expect(translator.locator("[data-unit]:focus-within")).to_have_count(0)
    assert axe(translator) == []

    editor.click()
    translator.keyboard.press("Control+a")
    translator.keyboard.insert_text("Спросите пекаря")
    expect(editor).to_have_text("Спросите пекаря")
    translator.get_by_role("button", name="Tags as text").click()
    expect(editor).to_have_count(0)
    expect(place.get_by_role("textbox")).to_have_value("Спросите пекаря")


def test_protected_tags__are_deleted_in_pairs(translator: Page, russian: Translation):
    open_desk(translator, russian)
    place, keys = unit(translator, "with you"), translator.keyboard
    type_into(translator, place, "Возьмите ")
    for words, key in (("", "Alt+1"), ("хлеб", "ArrowRight"), (" и ", "Alt+2"), ("номер", "ArrowRight")):
        keys.type(words)
        keys.press(key)
    text, whole = place.locator("textarea"), 'Возьмите <b>хлеб</b> и <a id="a1">номер</a>'
    expect(text).to_have_value(whole)

    keys.press("Backspace")
    expect(text).to_have_value("Возьмите <b>хлеб</b> и номер")
    expect_saved(place)
    keys.press("Control+z")
    expect(text).to_have_value(whole)
    keys.press("Shift+ArrowLeft")
    keys.type("а")
    expect(text).to_have_value("Возьмите <b>хлеб</b> и номера")
    keys.press("Control+Home")
    for _letter in "Возьмите ":
        keys.press("Delete")
    keys.press("Delete")
    expect(text).to_have_value("хлеб и номера")


def type_into(page: Page, place: Locator, text: str) -> None:
    place.locator("textarea").focus()
    if place.get_attribute("data-tags") is not None:
        expect(place.locator(".cm-content")).to_be_focused()
    page.keyboard.type(text)


def test_comment__leads_back_to_its_string(translator: Page, russian: Translation):
    open_desk(translator, russian)
    field(translator, "Heard at the oven").focus()
    translator.keyboard.press("Alt+c")
    translator.keyboard.type("Which oven?")
    translator.keyboard.press("Control+Enter")

    expect(unit(translator, "Heard at the oven").get_by_text("Which oven?")).to_be_visible()
    expect(field(translator, "Heard at the oven").first).to_be_focused()


def test_terms__are_marked_in_the_source_at_hand(translator: Page, campaign: CampaignPage, russian: Translation):
    term = Term.objects.create(text="bread")
    TermTranslation.objects.create(term=term, locale=russian.target_locale, text="хлеб")
    open_desk(translator, russian)
    source = unit(translator, "with you").locator("[data-source]")
    shown = source.text_content()

    field(translator, "with you").focus()

    expect(source.locator("mark")).to_have_text("bread")
    expect(source.locator("mark")).to_have_attribute("title", "хлеб")
    expect(source).to_have_text(shown or "")


def test_latin_letters_alone__turn_while_one_types_in_dari(new_context: NewContext, campaign: CampaignPage):
    translate_object(campaign, list(Locale.objects.filter(language_code="fa-af")))
    page = log_in(new_context, "translator-fa-af")
    open_desk(page, translation_into(campaign, "fa-af"))
    heading, linked = field(page, "Heard at the oven"), unit(page, "with you")

    heading.fill("#YouthDay")
    expect(heading).to_have_attribute("dir", "ltr")
    heading.fill("روز #YouthDay")
    expect(heading).to_have_attribute("dir", "rtl")

    linked.locator("textarea").focus()
    protected = linked.locator(".cm-content")
    expect(protected).to_have_attribute("dir", "rtl")
    page.keyboard.type("#YouthDay")
    expect(protected).to_have_attribute("dir", "ltr")


def test_list_of_strings__leads_to_the_desk(translator: Page, campaign: CampaignPage):
    russian = Quote.objects.get(text=QUOTES[0], locale__language_code="ru")
    translator.goto(f"/admin/snippets/campaigns/quote/edit/{russian.pk}/")

    actions = translator.get_by_role("navigation", name="Actions")
    expect(actions.get_by_role("link", name="Translate on the desk")).to_be_visible()
    expect(actions.get_by_role("button", name="Stop Synced translation")).to_be_hidden()
    with translator.expect_popup() as opened:
        actions.get_by_role("link", name="Preview").click()
    expect(opened.value.get_by_text(QUOTES[0])).to_be_visible()
    actions.get_by_role("link", name="Translate on the desk").click()
    expect(field(translator, QUOTES[0])).to_be_visible()


def test_review_on_a_phone__is_legible(new_context: NewContext, axe: Callable[[Page], list[str]]):
    review = Review.objects.filter(locale__language_code="ru").latest("pk")
    reviewer = log_in(new_context, "reviewer")
    reviewer.set_viewport_size({"width": 390, "height": 844})
    reviewer.goto(f"/admin/translation/review/{review.pk}/")

    cell = reviewer.locator("td[lang]").first.bounding_box()
    assert cell is not None
    assert cell["width"] > 250
    assert axe(reviewer) == []


def test_correction_in_review__fits_into_its_table(new_context: NewContext, russian: Translation):
    """Also where the source has changed meanwhile, which the first column says."""
    review = bring_to_review(russian)
    page = CampaignPage.objects.get(translation_key=russian.source.object_id, locale=russian.source.locale)
    change_source(page, title="Bread for the Road")
    reviewer = log_in(new_context, "reviewer")
    reviewer.set_viewport_size({"width": 1280, "height": 900})
    reviewer.goto(f"/admin/translation/review/{review.pk}/")
    reviewer.get_by_text("Correct", exact=True).first.click()

    box = reviewer.locator("textarea[name^=text-]").first.bounding_box()
    table = reviewer.locator(".translation-review").first.bounding_box()
    assert box
    assert table
    assert box["x"] + box["width"] <= table["x"] + table["width"]
    mark = reviewer.get_by_text("The source has changed since the submission")
    assert mark.evaluate("each => each.scrollWidth <= each.closest('td').clientWidth")


def test_preview__shows_what_is_typed_and_leads_to_the_unit(translator: Page, russian: Translation):
    open_desk(translator, russian)
    translator.get_by_role("button", name="Preview").click()
    page = translator.frame_locator(".desk-preview iframe")
    heading = page.get_by_role("heading", name="Heard at the oven")
    expect(heading).to_be_visible()

    heading.locator("[data-seg]").click()
    expect(field(translator, "Heard at the oven")).to_be_focused()
    translator.keyboard.insert_text("У тандыра")
    expect(page.get_by_role("heading", name="У тандыра")).to_be_visible()


def test_preview__follows_the_quotes_and_the_pictures_of_the_page(translator: Page, campaign: CampaignPage):
    picture = SiteImageFactory(alt_texts={"en": "A loaf on a stone"})
    make_pictures(picture)
    campaign.body.append(("image", {"image": picture, "caption": ""}))
    campaign.save_revision().publish()
    open_desk(translator, translation_into(campaign, "ru"))
    translator.get_by_role("button", name="Preview").click()
    page = translator.frame_locator(".desk-preview iframe")

    page.locator("[data-seg]").get_by_text(QUOTES[0]).click()
    expect(field(translator, QUOTES[0])).to_be_focused()
    translator.keyboard.insert_text("Хлеб легче долга.")
    expect(page.get_by_text("Хлеб легче долга.")).to_be_visible()
    expect_saved(unit(translator, QUOTES[0]))

    page.get_by_alt_text("A loaf on a stone").click()
    expect(field(translator, "A loaf on a stone")).to_be_focused()
    translator.keyboard.insert_text("Хлеб на камне")
    expect(page.get_by_alt_text("Хлеб на камне")).to_be_visible()

    translator.reload()
    expect(page.locator("[data-seg]").get_by_text("Хлеб легче долга.")).to_be_visible()
