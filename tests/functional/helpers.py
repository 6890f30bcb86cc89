"""What the browser tests do again and again, found as a user finds it: by role and by label."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect
from wagtail.documents import get_document_model
from wagtail.models import Page as WagtailPage

from campaigns.models import Person, Place, Quote, Topic
from core.models import SiteImage

# The machine may be busy.
expect.set_options(timeout=15_000)

WIDE: ViewportSize = {"width": 1280, "height": 900}

# Milliseconds: here the work of the worker (search, pictures of titles) is done within the request.
LONGEST_PUBLISHING = 120_000
MADE = (WagtailPage, Quote, Person, Place, Topic, SiteImage, get_document_model())
NewContext = Callable[..., BrowserContext]


@contextmanager
def traceless() -> Iterator[None]:
    """What is made in it is gone after it, so that the demo's pages stay as they were; the newest first, for what
    stands beneath a page was made after it."""
    before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in MADE}
    yield
    for model, known in before.items():
        for made in model._base_manager.exclude(pk__in=known).order_by("-pk"):
            made.delete()


def log_in(new_context: NewContext, username: str, address: str = "") -> Page:
    """An empty page of a browser in which one of the demo's users has logged in: not by the form, which takes more
    time than many a test. `address`: where another than the test server answers."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context = new_context(viewport=WIDE, ignore_https_errors=bool(address))
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}])
    return context.new_page()


def status_of(page: Page, address: str) -> int:
    """What the server answers when the browser goes there."""
    response = page.goto(address)
    assert response is not None
    return response.status


class Editor:
    """The form of a page or snippet in the admin."""

    def __init__(self, page: Page):
        self.page = page

    @property
    def findings(self) -> Locator:
        """What the panel says against publishing."""
        return self.page.get_by_role("region", name="Publishing checks")

    @property
    def body(self) -> Locator:
        return self.page.get_by_role("region", name="Body", exact=True)

    def open(self, page: WagtailPage) -> None:
        """What is changed in the first two seconds Wagtail takes for what was there before."""
        self.page.goto(f"/admin/pages/{page.pk}/edit/")
        self.let_pass(2500)

    def fill_title(self, title: str) -> None:
        self.page.get_by_role("textbox", name="Title").first.fill(title)

    def write(self, rich_text: Locator, words: str) -> None:
        rich_text.click()
        self.page.keyboard.insert_text(words)
        expect(rich_text).to_contain_text(words)

    def add_block(self, kind: str) -> Locator:
        self.body.get_by_role("button", name="Insert a block").last.click()
        self.page.get_by_role("option", name=kind, exact=True).click()
        self.wait_for_sliding()
        return self.body.get_by_role("region", name=kind).last

    def add_pick(self, block: Locator, chooser: str) -> "Chooser":
        block.get_by_role("button", name="Add", exact=True).last.click()
        self.wait_for_sliding()
        return self.open_chooser(block.get_by_role("button", name=chooser))

    def open_chooser(self, button: Locator) -> "Chooser":
        button.click()
        return Chooser(self.page)

    def wait_for_sliding(self) -> None:
        """A new block slides in, and a click on what is still moving may hit something else."""
        self.let_pass(50)
        self.page.evaluate("jQuery(':animated').promise().then(() => null)")

    def wait_for_autosave(self) -> None:
        """It says that all is saved only when the newest change is. A change that no click or key has made is seen
        within half a second."""
        self.let_pass(1100)
        expect(self.page.locator("#w-autosave-indicator").get_by_text("Saved", exact=True)).to_be_visible()

    def let_pass(self, milliseconds: int) -> None:
        """By the page's own clock, on which what is waited for depends."""
        self.page.evaluate(f"new Promise(passed => setTimeout(passed, {milliseconds}))")

    def confirm_what_becomes_public(self) -> None:
        self.findings.get_by_role("group", name="Becomes public").get_by_role("checkbox").check()

    def choose_action(self, name: str) -> None:
        """One of the ways to save, of which all but the first stand in a menu."""
        action = self.page.get_by_role("button", name=name, exact=True)
        if not action.is_visible():
            self.page.get_by_role("button", name="More actions").last.click()
        # The form is sent once what was written is saved.
        with self.page.expect_navigation(timeout=LONGEST_PUBLISHING):
            action.click(timeout=LONGEST_PUBLISHING)


class Chooser:
    def __init__(self, page: Page):
        self.window = page.locator(".modal-dialog")
        expect(self.window).to_be_visible()

    def open_tab(self, name: str) -> Locator:
        self.window.get_by_role("tab", name=name).click()
        return self.window.get_by_role("tabpanel", name=name)

    def pick(self, name: str) -> None:
        self.window.get_by_role("link", name=name).first.click()
        expect(self.window).to_have_count(0)

    def create(self, fill: Callable[[Locator], None]) -> None:
        form = self.open_tab("New")
        fill(form)
        form.get_by_role("button", name="Create as a draft").click()
        expect(self.window).to_have_count(0)
