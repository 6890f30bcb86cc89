"""What a page or an action costs inside the process: called beside a site, with its settings and its database."""

import gc
import resource
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from campaigns.models import CampaignPage, NewsIndexPage, NewsPage
from core.publishing.gate import confirmed

STEPS = 20
"""Steps of SQLite's virtual machine after which it tells how many there were."""
RUNS = 3
DEEP = 20
"""The page of the list of stories that counts as deep."""
STORY = "phones-on-the-table"
TITLE = "Phones on the table"
CAMPAIGN = "wdatip"
GET = {
    "campaign": "/en/campaigns/wdatip/",
    "edition": "/en/campaigns/wdatip/2024/",
    "news index": "/en/news/",
    f"news index, page {DEEP}": f"/en/news/?page={DEEP}",
    "story": f"/en/news/{STORY}/",
    "home": "/en/",
    "feed of news": "/en/feeds/news.atom",
    "feed of a campaign": f"/en/feeds/campaigns/{CAMPAIGN}.atom",
    "search": "/en/search/?q=contract",
    "sitemap, index": "/sitemap.xml",
    "sitemap, a file": "/sitemap-en-1.xml",
    "sitemap of news": "/sitemap-news.xml",
}

Costs = dict[str, float]
"""Queries, Python calls, rows that were read (on SQLite steps of its virtual machine), seconds of CPU in this
process, and the most memory that was taken, in bytes."""


def names() -> list[str]:
    """Return what can be measured, in the order of the table."""
    return [*GET, *_in_admin(), "draft saved (autosave)", "save_revision", "publish"]


def costs(name: str) -> Costs:
    """Return what a page or an action costs once everything is warm."""
    settings.DEBUG = False
    action = _action(name)
    for _time in range(2):
        action()
    gc.collect()
    with CaptureQueriesContext(connection) as captured:
        action()
    return {
        "queries": len(captured),
        "calls": _calls(action),
        "rows": _rows(action),
        "cpu": statistics.median(_cpu(action) for _time in range(RUNS)),
        "memory": _memory(action),
    }


def resident() -> int:
    """Return the most memory that this process has ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _in_admin() -> dict[str, str]:
    campaign = CampaignPage.objects.get(slug=CAMPAIGN, locale__language_code="en")
    index = NewsIndexPage.objects.get(locale__language_code="en")
    stories = reverse("wagtailadmin_choose_page_child", args=[index.pk])
    return {
        "board": reverse("translation_board:index"),
        "launch": reverse("translation_launch:launch", args=[campaign.pk, "ru"]),
        "dashboard": reverse("wagtailadmin_home"),
        "explorer": reverse("wagtailadmin_explore", args=[index.pk]),
        "search of pages": f"{reverse('wagtailadmin_pages:search')}?q=contract",
        "chooser of stories": f"{stories}?page_type=campaigns.newspage",
        "chooser of quotes": reverse("wagtailsnippetchoosers_campaigns_quote:choose"),
        "chooser of pictures": reverse("wagtailimages_chooser:choose"),
        "list of quotes": reverse("wagtailsnippets_campaigns_quote:list"),
        "edit page of a story": reverse("wagtailadmin_pages:edit", args=[_story().pk]),
    }


def _story() -> NewsPage:
    return NewsPage.objects.get(slug=STORY, locale__language_code="en")


def _action(name: str) -> Callable[[], object]:
    if name in GET:
        return _asking(Client(), GET[name])
    if name in ("save_revision", "publish"):
        return lambda: _saved(publish=name == "publish")
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    return _autosaving(client) if name.startswith("draft") else _asking(client, _in_admin()[name])


def _asking(client: Client, path: str) -> Callable[[], object]:
    def ask() -> None:
        answer = client.get(path, secure=True, headers={"host": settings.ALLOWED_HOSTS[0]})
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        # Sitemaps are sent in parts.
        answer.getvalue()

    return ask


def _saved(publish: bool) -> None:
    """Save a draft of a story with another title, and publish it as commands do."""
    story = _story()
    story.title = f"{TITLE} at {time.time_ns()}"
    revision = story.save_revision()
    if publish:
        with confirmed():
            revision.publish()


def _autosaving(client: Client) -> Callable[[], object]:
    """Save a draft again and again as the editor does by itself, each over the one before."""
    path = reverse("wagtailadmin_pages:edit", args=[_story().pk])
    sent = {"secure": True, "headers": {"host": settings.ALLOWED_HOSTS[0], "accept": "application/json"}}
    page = client.get(path, secure=True, headers={"host": settings.ALLOWED_HOSTS[0]})
    form = _filled(page.content)
    form |= nested_form_data({"body": streamfield([("rich_text", rich_text("<p>As it was.</p>"))])})

    def save() -> None:
        form["title"] = f"{TITLE} at {time.time_ns()}"
        answer = client.post(path, form, **sent)  # type: ignore[arg-type]  # a dict has one type of value
        assert answer.status_code == 200, answer.text[:500]
        found = answer.json()
        assert found["success"], found
        form["loaded_revision_id"] = found["revision_id"]
        form["loaded_revision_created_at"] = found["revision_created_at"]
        form["overwrite_revision_id"] = found["revision_id"]

    return save


def _filled(html: bytes) -> dict[str, Any]:
    """Return what a browser would send of the editor's form, without the body, which scripts make."""
    form = BeautifulSoup(html, "html.parser").find("form", id="page-edit-form")
    assert form
    found: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = str(field.get("name") or "")
        if not name or "__prefix__" in name or name.startswith(("action-", "body")):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            found[name] = str(chosen.get("value", "")) if chosen else ""
        elif field.name == "textarea":
            found[name] = field.text.removeprefix("\n")
        elif field.get("type") not in ("checkbox", "radio") or field.has_attr("checked"):
            found[name] = str(field.get("value", ""))
    return found


def _cpu(action: Callable[[], object]) -> float:
    began = time.process_time()
    action()
    return time.process_time() - began


def _calls(action: Callable[[], object]) -> int:
    """Return how many functions written in Python are called."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        if event == "call":
            count += 1

    sys.setprofile(seen)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def _rows(action: Callable[[], object]) -> int:
    """Return the steps of SQLite's virtual machine, or the rows and index entries that PostgreSQL has read."""
    if connection.vendor == "postgresql":
        before = _returned()
        action()
        return _returned() - before
    count = 0

    def step() -> int:
        nonlocal count
        count += STEPS
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(step, STEPS)
    try:
        action()
    finally:
        with suppress(AttributeError):
            connection.connection.set_progress_handler(None, 0)
    return count


def _returned() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT tup_returned FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def _memory(action: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
