import gc
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from core import work
from core.audit import triggers
from core.publishing.gate import confirmed
from core.seo import pictures
from core.seo.drawing import draw
from tests import listings
from tests.databases import restore, set_up_databases
from tests.scenes import by_scenes, commits, files_in, scene, stage
from tests.site_tree import SiteTree, make_site
from tests.statements import Statements, left_out, names_none_of

BLOCKER = pytest.StashKey[DjangoDbBlocker]()

_empty_tables = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # not in the stubs


def _empty_all_tables(self: TransactionTestCase) -> None:
    """Nothing deletes the audit log, except a test that commits, after which all tables are emptied."""
    triggers.unprotect(connection)
    _empty_tables(self)
    triggers.protect(connection)


listings.follow_uncommitted_changes()
TransactionTestCase._fixture_teardown = _empty_all_tables  # type: ignore[attr-defined]  # not in the stubs


def _draw_alike(title: str, site_name: str, code: str, direction: str, accent: str, seed: str) -> bytes:
    """Return the same share picture for all pages of a language and colour, drawn once: a page goes live with one,
    and hardly a test looks at it. `tests/core/test_share_pictures.py` draws them all."""
    return draw("Title", "Site", code, direction, accent, "seed")


pictures.draw = _draw_alike  # type: ignore[attr-defined, assignment]  # imported there

_record = work.record


def _followed_at_once(name: str, keys: Iterable[str]) -> None:
    """Record work. Objects that were published are followed by their translations at once, as by a worker that is
    quicker than whoever looks; the transaction of a test comes to no commit."""
    _record(name, keys)
    if name == "translation_sources":
        work.perform(name)


work.record = _followed_at_once


@pytest.fixture
def without_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is recorded is done until a test asks for it."""
    monkeypatch.setattr(work, "record", _record)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-test", action="store_true", help="run all tests on PostgreSQL")
    parser.addoption("--statements", choices=["check", "write"], help="what to do with tests/postgresql.txt")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("statements"):
        config.pluginmanager.register(Statements(config))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a file as a whole where none of its tests runs."""
    return (not config.getoption("every_test") and names_none_of(collection_path)) or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    excess = set() if config.getoption("every_test") else left_out(items)
    config.hook.pytest_deselected(items=list(excess))
    items[:] = by_scenes([item for item in items if item not in excess])


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Spare what is loaded by now, and stays, when garbage is looked for."""
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    stage.prepare(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    result = yield
    blocker = item.config.stash.get(BLOCKER, None)
    # After the last one the database is gone.
    if blocker and nextitem and commits(item):
        with blocker.unblock():
            restore()
    return result


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    request.config.stash[BLOCKER] = django_db_blocker
    with django_db_blocker.unblock():
        databases = set_up_databases()
    stage.begin(django_db_blocker)
    yield
    stage.close()
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)


@pytest.fixture(autouse=True)
def _confirmed(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test publishes is taken as confirmed, as by a command; a test marked `unconfirmed` is asked like an
    editor."""
    if request.node.get_closest_marker("unconfirmed"):
        yield
        return
    with confirmed():
        yield


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    stage.copy_files(tmp_path)
    for name, path in files_in(tmp_path).items():
        setattr(settings, name, path)


@scene
def site(db) -> SiteTree:
    return make_site()
