from collections.abc import Callable

import pytest

from core import work
from core.models import RecordedWork
from tests.scenes import scene
from tests.site_tree import SiteTree


@scene
def site(site: SiteTree) -> SiteTree:
    """After the work that it has recorded."""
    work.perform_due()
    return site


@pytest.fixture
def committed(site) -> Callable[[], None]:
    """Does what was recorded, as after the commit, which no transaction of a test comes to."""

    def write() -> None:
        work.perform_due()
        assert not RecordedWork.objects.exists()

    write()
    return write
