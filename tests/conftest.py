from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from core.audit import triggers
from core.publishing.gate import confirmed
from tests.databases import restore, set_up_databases
from tests.shared_site import SharedSite, commits
from tests.site_tree import SiteTree

shared_site = SharedSite()
BLOCKER = pytest.StashKey[DjangoDbBlocker]()


_empty_tables = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # not in the stubs


def _empty_all_tables(self: TransactionTestCase) -> None:
    """Nothing deletes the audit log, except a test that commits, after which all tables are emptied."""
    triggers.unprotect(connection)
    _empty_tables(self)
    triggers.protect(connection)


TransactionTestCase._fixture_teardown = _empty_all_tables  # type: ignore[attr-defined]  # not in the stubs


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    shared_site.suit(item)


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
    yield
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)


@pytest.fixture(scope="session")
def _shared_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SharedSite]:
    shared_site.begin(django_db_blocker)
    yield shared_site
    shared_site.close()


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
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.HELPLINE_COPY = tmp_path / "helpline.json"
    settings.JOURNAL = tmp_path / "journal.jsonl"
    settings.BACKUPS = tmp_path / "backups"


@pytest.fixture
def site(db, _shared_site: SharedSite) -> SiteTree:
    return _shared_site.of_a_test()
