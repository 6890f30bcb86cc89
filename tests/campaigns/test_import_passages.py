import pytest

from campaigns.models import NewsPage, Quote
from core.publishing.gate import Publication
from tests.campaigns.importing import run

pytestmark = pytest.mark.django_db

HEAD = "A Market Stall, a Phone and a Question\nBokhtar, Tajikistan, 3 May 2025 – A desk answers.\n"
FOOT = "The desk wrote down the number and called it.\n"


def imported(tmp_path, site, paragraph: str) -> NewsPage:
    path = tmp_path / "story.txt"
    path.write_text(HEAD + paragraph + "\n" + FOOT)
    run(path, locale="en")
    return NewsPage.objects.get(title__startswith="A Market Stall")


@pytest.mark.parametrize(
    "paragraph",
    [
        "‘I sold my phone to pay the broker,’ says Malika Saidova, 16, tells the desk’s paralegal.",
        "'I sold my phone to pay the broker', said Malika Saidova, 16.",
        "‹I sold my phone to pay the broker›, said Malika Saidova, 16.",
    ],
)
def test_import__makes_a_quote_of_a_young_persons_words(tmp_path, site, paragraph):
    page = imported(tmp_path, site, paragraph)

    quote = Quote.objects.get(source=page)
    assert quote.text.startswith("I sold my phone to pay the broker")
    assert quote.who_speaks != "official"
    assert "sold my phone" not in str(page.body)
    assert Publication(page).findings


@pytest.mark.parametrize(
    "paragraph",
    [
        "— I sold my phone to pay the broker, — she said.",
        "One of them had “sold my phone to pay the broker” and told nobody.",
        "“I sold my phone to pay the broker, and nobody asked.",
    ],
)
def test_import__leaves_a_finding_for_what_stays_in_the_text(tmp_path, site, paragraph):
    page = imported(tmp_path, site, paragraph)

    assert "quoted_passage" in {finding.code for finding in Publication(page).findings}
