"""Take the images of docs/ from the demo that runs at the address given: `make docs-screenshots`."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browsers import launch_arguments  # noqa: E402

IMAGES = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1280, 860  # pixels
QUALITY = 70


def signed_in(browser: Browser, address: str, username: str) -> Page:
    page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, base_url=address).new_page()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(f"{username}-demo")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
    return page


def keep(page: Page, name: str) -> None:
    """Write what is shown as docs/images/<name>.webp."""
    page.wait_for_load_state("networkidle")
    # What slides or fades in has come to rest.
    page.wait_for_timeout(1500)
    Image.open(BytesIO(page.screenshot())).save(IMAGES / f"{name}.webp", quality=QUALITY, method=6)


def number_of(page: Page, kind: str, slug: str) -> int:
    """Return the number of an English page of the demo, by the API that readers have."""
    found = page.request.get(f"/api/v2/pages/?type={kind}&slug={slug}&locale=en").json()["items"]
    return found[0]["id"]


def for_editors(page: Page) -> None:
    page.goto("/admin/")
    keep(page, "dashboard")
    page.goto(f"/admin/pages/{number_of(page, 'campaigns.NewsPage', 'phones-on-the-table')}/edit/")
    keep(page, "story")
    page.goto("/admin/snippets/campaigns/commitment/")
    keep(page, "commitments")
    campaign = number_of(page, "campaigns.CampaignPage", "iyd")
    page.goto(f"/admin/translation/launch/{campaign}/fa-af/")
    keep(page, "launch")
    page.goto(f"/admin/translation/sending/campaign/{campaign}/")
    keep(page, "send")


def for_translators(page: Page) -> None:
    page.goto("/admin/translation/board/")
    keep(page, "board")
    page.goto("/admin/snippets/campaigns/takeaway/?locale=ru")
    page.locator("table tbody a").first.click()
    keep(page, "translate")
    page.goto("/admin/translation/exchange/import/")
    keep(page, "exchange")


def main(address: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments({}))
        for_editors(signed_in(browser, address, "publisher"))
        for_translators(signed_in(browser, address, "translator-ru"))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
