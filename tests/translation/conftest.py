import pytest
from django.utils.module_loading import import_string

from tests.translating import Newsroom


@pytest.fixture
def newsroom(site, settings) -> Newsroom:
    return import_string(getattr(settings, "NEWSROOM", "tests.translating.open_newsroom"))(site)
