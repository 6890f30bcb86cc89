import pytest

from tests import factories


@pytest.fixture
def section(site):
    return factories.SectionPageFactory(parent=site.home)


@pytest.fixture
def image(site):
    return factories.SiteImageFactory(alt_texts={})


@pytest.fixture
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


@pytest.fixture
def other(site):
    return factories.UserFactory(is_superuser=True, first_name="Zebo", last_name="Alieva")
