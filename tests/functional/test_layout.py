"""What stands beside what on a narrow screen, and on the screens of translation: nothing is split, cut or
squeezed, and nothing touches."""

from collections.abc import Callable, Iterator

import polib
import pytest
from django.contrib.auth.models import User
from playwright.sync_api import FilePayload, Page, expect
from wagtail.models import Locale
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from campaigns.models import NewsPage, ProjectPage
from tests.functional.helpers import NewContext, log_in
from tests.translation.exchanging import po_of
from translation.models import Review, ReviewStatus, Term, TermTranslation

NARROW = (320, 360)


@pytest.fixture(params=NARROW)
def narrow(request: pytest.FixtureRequest, page: Page) -> Page:
    page.set_viewport_size({"width": request.param, "height": 800})
    return page


@pytest.mark.parametrize("code", ["en", "ru", "tg", "fa-af"])
def test_footer__keeps_each_link_in_one_column(narrow: Page, code: str):
    narrow.goto(f"/{code}/")
    columns = narrow.locator(".footer .sections a").evaluate_all(
        "links => links.map(link => new Set([...link.getClientRects()].map(box => Math.round(box.left))).size)"
    )

    assert columns
    assert set(columns) == {1}


@pytest.mark.parametrize("model", [NewsPage, ProjectPage])
def test_details__stand_apart_from_the_text(narrow: Page, model: type[NewsPage | ProjectPage]):
    shown = model.objects.live().filter(locale__language_code="ru").first()
    narrow.goto(shown.get_url())
    gap = narrow.locator("dl.aside").evaluate(
        "list => list.getBoundingClientRect().top - Math.max(...[..."
        "list.parentElement.querySelectorAll('.prose, figure')].map(box => box.getBoundingClientRect().bottom))"
    )

    assert gap >= 16


def test_buttons__of_what_is_not_there_do_not_touch(narrow: Page):
    narrow.goto("/ru/nowhere/")
    first, second = narrow.locator(".more a").evaluate_all(
        "links => links.map(a => a.getBoundingClientRect().toJSON())"
    )

    assert second["top"] - first["bottom"] >= 8 or second["left"] - first["right"] >= 8


def test_breadcrumb__never_leaves_its_separator_alone(narrow: Page):
    """Of a crumb that begins with a separator the words begin on the same line."""
    narrow.goto("/tg/campaigns/wdatip/2024/")
    tops = narrow.locator(".crumbs li").evaluate_all(
        "items => items.map(item => item.querySelector('a').getBoundingClientRect().top"
        " - item.getBoundingClientRect().top)"
    )

    assert len(tops) >= 3
    assert max(tops) < 8


def test_breadcrumb__is_not_covered(page: Page):
    page.set_viewport_size({"width": 1024, "height": 800})
    page.goto("/ru/campaigns/iyd/2020/")
    covered = page.locator(".crumbs a").evaluate_all(
        "links => links.filter(link => [...link.getClientRects()].some(box =>"
        " !link.contains(document.elementFromPoint(box.right - 2, (box.top + box.bottom) / 2))))"
        ".map(link => link.textContent)"
    )

    assert covered == []


@pytest.mark.parametrize("width", [390, 1280])
def test_filter_of_the_board__shows_to_the_end_what_is_chosen(new_context: NewContext, width: int):
    page = log_in(new_context, "admin")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/translation/board/")
    for select in page.locator(".translation-filters select").all():
        select.evaluate("select => select.options[0].label = 'World Day Against Trafficking in Persons, and more'")
        select.evaluate("select => select.selectedIndex = 0")
        room, needed = select.evaluate(
            """select => {
                const style = getComputedStyle(select), copy = document.createElement("div");
                const same = ["font", "padding", "border", "lineHeight", "boxSizing"];
                for (const name of same) copy.style[name] = style[name];
                copy.style.inlineSize = `${select.offsetWidth}px`;
                copy.textContent = select.selectedOptions[0].label;
                select.after(copy);
                const needed = copy.offsetHeight;
                copy.remove();
                return [select.offsetHeight, needed];
            }"""
        )
        assert room >= needed - 2, select


def test_review__gives_both_languages_the_same_room(new_context: NewContext):
    review = Review.objects.filter(locale__language_code="fa-af").latest("pk")
    page = log_in(new_context, "reviewer")
    page.goto(f"/admin/translation/review/{review.pk}/")
    widths = page.locator(".translation-review td[lang]").evaluate_all(
        "cells => cells.map(cell => cell.offsetWidth)"
    )

    assert min(widths) > 200
    assert max(widths) - min(widths) <= 2


@pytest.fixture
def term() -> Iterator[Term]:
    term = Term.objects.create(text="International Organization for Migration", part_of_speech="proper noun")
    for locale in Locale.objects.exclude(language_code="en"):
        TermTranslation.objects.create(term=term, locale=locale, text="Международная организация по миграции")
    yield term
    term.delete()


@pytest.mark.usefixtures("term")
def test_glossary__splits_no_word_on_a_phone(new_context: NewContext, axe: Callable[[Page], list[str]]):
    page = log_in(new_context, "admin")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/admin/translation/glossary/")
    expect(page.locator(".translation-terms").first).to_be_visible()
    split = page.locator(".listing td").evaluate_all(
        """cells => cells.flatMap(cell => {
            const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), split = [];
            while (walker.nextNode()) {
                for (const { 0: word, index } of walker.currentNode.data.matchAll(/[\\p{L}\\p{M}]+/gu)) {
                    const range = document.createRange();
                    range.setStart(walker.currentNode, index);
                    range.setEnd(walker.currentNode, index + word.length);
                    const tops = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
                    if (tops.size > 1) split.push(word);
                }
            }
            return split;
        })"""
    )

    assert split == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(page) == []


@pytest.fixture
def speaking() -> Iterator[Callable[[str, str], None]]:
    changed = []

    def speak(username: str, code: str) -> None:
        profile = UserProfile.get_for_user(User.objects.get(username=username))
        changed.append((profile, profile.preferred_language))
        profile.preferred_language = code
        profile.save()

    yield speak
    for profile, code in changed:
        profile.preferred_language = code
        profile.save()


def cut(page: Page) -> list[str]:
    """The texts of the content that end beyond the edges of the screen, where nobody can scroll to them."""
    return page.locator("main").evaluate(
        """main => {
            const scrolls = each => each !== main && /auto|scroll/.test(getComputedStyle(each).overflowX);
            const found = [...main.querySelectorAll("button, a, select, td, th, p, label, summary, h2, h3")];
            return found.filter(each => {
                for (let box = each.parentElement; box !== main; box = box.parentElement)
                    if (scrolls(box)) return false;
                const { left, right, width } = each.getBoundingClientRect();
                return width > 1 && (left < -1 || right > innerWidth + 1);
            }).map(each => each.textContent.trim().slice(0, 80));
        }"""
    )


@pytest.fixture
def waiting() -> Iterator[Review]:
    review = Review.objects.filter(locale__language_code="tg").latest("pk")
    status = review.status
    Review.objects.filter(pk=review.pk).update(status=ReviewStatus.WAITING)
    yield review
    Review.objects.filter(pk=review.pk).update(status=status)


@pytest.mark.parametrize("code", ["ru", "tg", "fa-af"])
@pytest.mark.usefixtures("term")
def test_glossary_and_review__are_not_cut_on_a_phone(
    new_context: NewContext, speaking: Callable[[str, str], None], waiting: Review, code: str
):
    speaking("reviewer", code)
    page = log_in(new_context, "reviewer")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/admin/translation/glossary/")
    expect(page.locator(".translation-terms").first).to_be_visible()
    found = cut(page)
    page.goto(f"/admin/translation/review/{waiting.pk}/")
    expect(page.locator(".translation-panel__decision .button").first).to_be_visible()
    found += cut(page)

    assert found == []


@pytest.mark.parametrize("code", ["ru", "tg", "fa-af"])
def test_settings_and_plan_of_an_import__are_not_cut_on_a_phone(
    new_context: NewContext, speaking: Callable[[str, str], None], code: str
):
    speaking("publisher", code)
    page = log_in(new_context, "publisher")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/admin/settings/translation/translationsettings/")
    expect(page.locator("main select")).to_be_visible()
    found = cut(page)
    sent = Translation.objects.filter(target_locale__language_code=code, enabled=True).first()
    file: FilePayload = {"name": "a.po", "mimeType": "text/x-gettext-translation", "buffer": po_of(sent, rewrite)}
    page.goto("/admin/translation/exchange/import/")
    page.locator("[type=file]").set_input_files(file)
    page.locator("main form [type=submit]").click()
    expect(page.locator(".translation-review")).to_be_visible()
    found += cut(page)

    assert found == []


def rewrite(entry: polib.POEntry) -> None:
    entry.msgstr = f"{entry.msgstr or entry.msgid} 12"
