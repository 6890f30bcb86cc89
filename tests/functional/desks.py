"""The translator's desk in a browser, and how much a person clicks and waits."""

from playwright.sync_api import Locator, Page, expect
from wagtail_localize.models import Translation


def open_desk(page: Page, translation: Translation, show: str = "") -> None:
    code = translation.target_locale.language_code
    page.goto(f"/admin/translation/desk/{translation.source.object_id}/{code}/{show}")
    expect(page.locator(".desk--live")).to_be_visible()


def unit(page: Page, source: str) -> Locator:
    return page.locator("[data-unit]").filter(has=page.locator("[data-source]", has_text=source)).first


def field(page: Page, source: str) -> Locator:
    return unit(page, source).locator("textarea")


def expect_saved(place: Locator) -> None:
    expect(place.locator("[data-saved]")).to_have_text("Saved")


class Effort:
    """How often the mouse is pressed in a page, and how many pages are loaded."""

    def __init__(self, page: Page):
        self.clicks = self.loads = 0
        page.expose_function("pressed", self._pressed)
        page.add_init_script("addEventListener('pointerdown', () => pressed(), true)")
        page.on("load", self._loaded)

    def _pressed(self) -> None:
        self.clicks += 1

    def _loaded(self, _page: Page) -> None:
        self.loads += 1
