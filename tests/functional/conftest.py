"""A real browser before the demo site, which is loaded once for all of these tests: a test leaves what others
look at as it was, and gives what it makes a name of its own."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.test.utils import teardown_databases
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.browsers import launch_arguments
from tests.databases import load_demo, set_up_databases
from tests.functional.helpers import NewContext, log_in, traceless
from tests.stress.services import Nginx

HERE = Path(__file__).resolve().parent
NODE_MODULES = HERE.parent / "node_modules"
# Playwright's synchronous interface runs a loop of its own, beside which Django would refuse every query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return launch_arguments(browser_type_launch_args)


@pytest.fixture(scope="session", autouse=True)
def _media_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One folder for all, in place of one a test."""
    copy = tmp_path_factory.mktemp("var") / "helpline.json"
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), HELPLINE_COPY=copy):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    _media_of_its_own: None,
) -> Iterator[None]:
    """The demo, committed: the server that the browser asks has connections of its own."""
    with django_db_blocker.unblock():
        databases = set_up_databases()
        load_demo(Path(settings.MEDIA_ROOT))
        yield
        teardown_databases(databases, verbosity=0)


@pytest.fixture(scope="session")
def base_url(django_db_setup: None) -> Iterator[str]:
    """Where the site is served; Playwright's `page.goto("/en/")` begins with it."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe-core finds on the page as it stands, a line each."""
    source = (NODE_MODULES / "axe-core" / "axe.min.js").read_text()

    def violations(page: Page) -> list[str]:
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(source)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        return [
            f"{page.url} {violation['id']}: {violation['help']}: {node['html'][:200]}"
            for violation in found
            for node in violation["nodes"]
        ]

    return violations


@pytest.fixture(scope="session")
def html_errors(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str]], list[str]]:
    """What html-validate finds in the given pages (address: markup), a line each."""

    def errors(pages: dict[str, str]) -> list[str]:
        folder = tmp_path_factory.mktemp("html")
        addresses = {}
        for number, (address, markup) in enumerate(pages.items()):
            file = folder / f"{number}.html"
            file.write_text(markup)
            addresses[str(file)] = address
        done = subprocess.run(
            [
                NODE_MODULES / ".bin" / "html-validate",
                *("--config", HERE.parent / "htmlvalidate.json"),
                *("--formatter", "json"),
                *addresses,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        return [
            f"{addresses[report['filePath']]}:{message['line']} {message['ruleId']}: {message['message']}"
            for report in json.loads(done.stdout)
            for message in report["messages"]
        ]

    return errors


@pytest.fixture(params=["site", "nginx that sends", "nginx that hands on"])
def address(request: pytest.FixtureRequest, base_url: str, tmp_path: Path, settings: Settings) -> Iterator[str]:
    """Where the site is found: by itself, and by nginx with the configuration of this project."""
    if request.param == "site":
        yield base_url
        return
    if not Nginx.program():
        pytest.skip("nginx is not installed")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.X_ACCEL_REDIRECT = request.param == "nginx that sends"
    port = int(base_url.rpartition(":")[2])
    with Nginx(tmp_path / "nginx", port, media=Path(settings.MEDIA_ROOT)) as nginx:
        yield f"https://localhost:{nginx.port}"


@pytest.fixture
def editor(new_context: NewContext) -> Page:
    return log_in(new_context, "editor")


@pytest.fixture
def publisher(new_context: NewContext) -> Page:
    return log_in(new_context, "publisher")


@pytest.fixture
def leave_no_trace() -> Iterator[None]:
    with traceless():
        yield
