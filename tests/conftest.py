import pytest

from tests.site_tree import SiteTree, make_site


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def site(db) -> SiteTree:
    return make_site()
