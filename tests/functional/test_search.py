"""The search without scripts and with them, and lines of short things on a narrow screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.functional.helpers import NewContext


@pytest.mark.parametrize("width", [360, 1280])
def test_search__is_filtered_and_left_for_a_story_without_javascript(new_context: NewContext, width: int):
    page = new_context(java_script_enabled=False, viewport={"width": width, "height": 740}).new_page()
    page.goto("/ru/search/")
    page.get_by_role("searchbox").fill("миграцией")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q="))
    found = page.locator(".results > li")
    everything = found.count()
    kind = page.get_by_label("Вид")
    story = kind.locator("option[value=story]").inner_text()
    number = re.search(r"\((\d+)\)", story)
    assert number is not None
    stories = int(number.group(1))
    assert 0 < stories < everything

    kind.select_option(value="story")
    page.get_by_role("button", name="Поиск").click()

    expect(page).to_have_url(re.compile("kind=story"))
    expect(found).to_have_count(stories)
    expect(kind).to_have_value("story")
    title = found.first.get_by_role("link").inner_text()
    found.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_suggestions__are_announced_and_come_back_with_the_arrow(page: Page):
    page.goto("/en/search/")
    field = page.get_by_role("combobox")
    field.press_sequentially("mig", delay=20)
    found = page.get_by_role("listbox", name="Suggestions")
    expect(found).to_be_visible()
    expect(page.locator(".asked [aria-live]")).to_have_text(f"Suggestions: {found.get_by_role('option').count()}")
    field.press("Escape")
    expect(found).to_be_hidden()
    expect(field).to_have_value("mig")
    field.press("ArrowDown")
    expect(found).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")


LINES = """() => [...document.querySelectorAll('main *, footer *')].flatMap(element => [...element.childNodes])
  .filter(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
  .flatMap(node => {
    const range = document.createRange(), lines = [];
    [...node.textContent].forEach((letter, place) => {
      if (!letter.trim()) return;
      range.setStart(node, place); range.setEnd(node, place + 1);
      const box = range.getBoundingClientRect(), last = lines.at(-1);
      if (last && Math.abs(last.top - box.top) < 5) last.text += letter;
      else lines.push({top: box.top, text: letter});
    });
    return lines.slice(1).map(line => line.text);
  }).filter(text => /^[·،,]/.test(text) || text === '·')"""


@pytest.mark.parametrize(
    "address", ["/fa-af/campaigns/wdatip/", "/fa-af/data-and-resources/resources/", "/ru/news/"]
)
def test_lines__begin_with_no_separator_on_a_narrow_screen(new_context: NewContext, address: str):
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(address)
    assert page.evaluate(LINES) == []
    assert "·" not in page.locator("main").inner_text()
