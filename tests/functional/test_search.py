"""The search with scripts, and lines of short things on a narrow screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.functional.helpers import NewContext


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
