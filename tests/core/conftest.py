import pytest

from tests import factories
from tests.scenes import scene


@scene
def section(site):
    return factories.SectionPageFactory(parent=site.home)


@scene
def image(site):
    return factories.SiteImageFactory(alt_texts={})


@scene
def draft(section, image):
    """Never live, and blocked by its lead image."""
    page = factories.ContentPageFactory(parent=section, live=False, lead_image=image)
    page.save_revision()
    return page


@pytest.fixture
def publisher(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


@scene
def other(site):
    return factories.UserFactory(is_superuser=True, first_name="Zebo", last_name="Alieva")
