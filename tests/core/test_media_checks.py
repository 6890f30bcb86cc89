import pytest

from campaigns.models import NewsPage, Organisation, Person, Quote
from core.checks import check_sources, source_errors
from core.models import SiteImage
from core.references import files as file_references


def test_check__finds_nothing_wrong_here():
    assert check_sources() == []


@pytest.mark.parametrize(
    ("model", "count"), [(Person, 1), (Organisation, 0), (Quote, 0), (NewsPage, 0), (SiteImage, 0)]
)
def test_check__of_a_snippet_whose_files_nobody_would_see(monkeypatch, model, count):
    monkeypatch.setattr(file_references, "_snippets", {})
    assert [error.id for error in source_errors(model)] == ["core.E008"] * count
