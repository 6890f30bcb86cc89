"""A slow server, ended sessions and people who write at once: nothing that was written is lost, and what was
published is live."""

import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from tests.stress import edited
from tests.stress.client import Client
from tests.stress.server import Server
from tests.stress.services import HOST

MODULE = edited.__name__
WAYS = ["editor", "dashboard"]
LATENCY = 3.0
EDITS = 50
MILLISECONDS = 90_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    with Server(folder, STRESS_BROWSER="1", STRESS_LATENCY=str(LATENCY)) as server:
        yield server


@pytest.fixture(scope="module")
def subjects(server: Server, rounds: int) -> dict[str, Any]:
    made = server.call(MODULE, "make", WAYS, rounds)
    server.start()
    return made


@pytest.fixture
def page(server: Server, subjects: dict[str, Any], browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://{HOST}:{server.port}", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(MILLISECONDS)
    page = context.new_page()
    page.goto("/admin/login/")
    sign_in(page)
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def sign_in(page) -> None:
    page.get_by_label("Username").fill("stress")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Sign in").click()


def title(page: Page):
    return page.get_by_role("textbox", name="Title").first


def says_saved(page: Page) -> bool:
    return page.locator("#w-autosave-indicator").get_by_text("Saved", exact=True).is_visible()


def wait_until_saved(page: Page) -> None:
    expect(page.locator("#w-autosave-indicator").get_by_text("Saved", exact=True)).to_be_visible(
        timeout=MILLISECONDS
    )


def approve_in_editor(page: Page, pk: int) -> None:
    page.goto(f"/admin/pages/{pk}/edit/")
    title(page).fill(f"Approved {pk}")
    time.sleep(random.uniform(0, 4))
    title(page).press("End")
    page.keyboard.type(" today")
    action = page.get_by_role("button", name="Approve and Publish", exact=True)
    if not action.is_visible():
        page.get_by_role("button", name="More actions").last.click()
    action.click()
    page.wait_for_url(lambda url: "/edit/" not in url, timeout=MILLISECONDS)


def approve_on_dashboard(page: Page, pk: int) -> None:
    """While an editor of the page stands open and saves."""
    page.goto(f"/admin/pages/{pk}/edit/")
    title(page).fill(f"Approved {pk} today")
    wait_until_saved(page)
    title(page).fill("A draft after it")
    board = page.context.new_page()
    board.goto("/admin/")
    waiting = board.get_by_role("region", name="Awaiting your review")
    row = waiting.locator("tr", has=board.locator(f"a[href='/admin/pages/{pk}/edit/']"))
    row.get_by_role("button", name="Actions").click()
    with board.expect_navigation():
        row.get_by_role("button", name="Approve", exact=True).click()
    board.close()
    title(page).fill("A later draft after it")
    wait_until_saved(page)


@pytest.mark.parametrize("way", WAYS)
def test_approved_and_published__is_live(server: Server, page: Page, subjects: dict[str, Any], way: str):
    approve = {"editor": approve_in_editor, "dashboard": approve_on_dashboard}[way]
    for pk in subjects[way]:
        approve(page, pk)
        end = time.monotonic() + 2 * LATENCY
        while time.monotonic() < end and not server.call(MODULE, "is_live", pk):
            time.sleep(0.5)
        time.sleep(LATENCY)
        assert server.call(MODULE, "is_live", pk), f"{way} {pk}"
    print(f"\n{way}: approved and published {len(subjects[way])} times, live each time")


def test_approved_on_the_review_screen__is_live(server: Server, page: Page, subjects: dict[str, Any]):
    for each in subjects["review"]:
        page.goto(f"/admin/translation/review/{each['review']}/")
        with page.expect_navigation():
            # Those in the rows approve a single string.
            page.get_by_role("button", name="Approve", exact=True).last.click()
        assert server.call(MODULE, "is_live", each["page"])
        assert server.call(MODULE, "live_title", each["page"]).startswith("Changed")
    print(f"\nreview screen: approved {len(subjects['review'])} times, live with the new words each time")


def test_edits__are_all_saved_through_slow_saves_and_an_ended_session(
    server: Server, page: Page, subjects: dict[str, Any]
):
    pk = subjects["written"]
    page.goto(f"/admin/pages/{pk}/edit/")
    title(page).fill("")
    for number in range(EDITS):
        if number == EDITS // 2:
            server.call(MODULE, "end_sessions")
        if page.locator("#editing-sign-in").evaluate("each => each.open"):
            sign_in(page.frame_locator("#editing-sign-in iframe"))
            expect(page.locator("#editing-sign-in")).to_be_hidden(timeout=MILLISECONDS)
        title(page).press("End")
        page.keyboard.type(f"e{number} ")
        page.wait_for_timeout(random.uniform(0, 1200))
        if number % 10 == 9 and says_saved(page):
            assert server.call(MODULE, "newest", "page", pk) == title(page).input_value().strip()
    expected = [f"e{number}" for number in range(EDITS)]
    asked = []

    def stay(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(1000)
    assert asked == ["beforeunload"]
    if page.locator("#editing-sign-in").evaluate("each => each.open"):
        sign_in(page.frame_locator("#editing-sign-in iframe"))
    wait_until_saved(page)
    assert server.call(MODULE, "newest", "page", pk).split() == expected
    title(page).press("End")
    page.keyboard.type("last")
    page.remove_listener("dialog", stay)
    page.on("dialog", lambda dialog: dialog.accept())
    other = page.context.new_page()
    page.close(run_before_unload=True)
    other.wait_for_timeout(3 * LATENCY * 1000)
    assert server.call(MODULE, "newest", "page", pk).split() == [*expected, "last"]
    print(f"\n{EDITS} edits, a session that ended and a closed tab: all stored")


MOST_TURNS = 5
"""Of each writer: the words of more would not fit into a title."""
VALUE = re.compile(r'name="(loaded_revision_id|loaded_revision_created_at)" value="([^"]*)"')


def write(client: Client, kind: str, pk: int, word: str) -> tuple[int, int]:
    """Add a word to what is there, as often as it is refused. Return how often it was refused and failed."""
    path = f"/admin/pages/{pk}/edit/" if kind == "page" else f"/admin/snippets/campaigns/topic/edit/{pk}/"
    name = "title" if kind == "page" else "name"
    shown = re.compile(
        rf'<input(?=[^>]*\sname="{name}")[^>]*\svalue="([^"]*)"|<textarea[^>]*\sname="{name}"[^>]*>([^<]*)'
    )
    refusals = failures = 0
    while True:
        form = client.get(path).text
        found = shown.search(form)
        if not found:
            failures += 1
            continue
        known = unescape(found[1] or found[2]).strip()
        fields = {
            **dict(VALUE.findall(form)),
            name: f"{known} {word}",
            "slug": kind if kind == "page" else "begin",
        }
        if kind == "page":
            empty = {"introduction": "", "lead_image": "", "seo_title": "", "search_description": ""}
            body = {"body": streamfield([]), "comments": inline_formset([])}
            fields = nested_form_data({**empty, **body, **fields})
        answer = client.post(path, fields, Accept="application/json")
        if answer.status == 200 and '"success": true' in answer.text:
            return refusals, failures
        if "invalid_revision" in answer.text:
            refusals += 1
        else:
            failures += 1
            assert failures < 20, answer.text[:500]


@pytest.mark.parametrize("kind", ["page", "snippet"])
def test_eight_writers__lose_nothing(server: Server, subjects: dict[str, Any], rounds: int, kind: str):
    turns = min(rounds, MOST_TURNS)
    clients = [Client(server) for _writer in range(8)]
    for number, client in enumerate(clients):
        client.log_in(f"writer{number}")

    def work(number: int) -> list[tuple[int, int]]:
        return [write(clients[number], kind, subjects[kind], f"w{number}r{turn}") for turn in range(turns)]

    with ThreadPoolExecutor(8) as pool:
        outcomes = [each for outcome in pool.map(work, range(8)) for each in outcome]
    words = server.call(MODULE, "newest", kind, subjects[kind]).split()
    refused, failed = (sum(each) for each in zip(*outcomes, strict=True))
    print(
        f"\n{kind}: {len(outcomes)} saves by 8 writers at once, {refused} refused and {failed} failed before that"
    )
    assert sorted(words) == sorted(
        ["Begin", *(f"w{number}r{turn}" for number in range(8) for turn in range(turns))]
    )
