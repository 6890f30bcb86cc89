from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.shared_site import SharedSite
from tests.site_tree import SiteTree

shared_site = SharedSite()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    shared_site.suit(item)


@pytest.fixture(scope="session")
def _shared_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SharedSite]:
    shared_site.begin(django_db_blocker)
    yield shared_site
    shared_site.close()


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def site(db, _shared_site: SharedSite) -> SiteTree:
    return _shared_site.of_a_test()
