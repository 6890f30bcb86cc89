"""How often each check finds what is wrong, and how often what is right: docs/translators.md has the rates."""

import pytest

from tests.test_architecture import ROOT
from tests.translation.checks.tables import LANGUAGES, Pair, codes, found, right_and_wrong, sentences, tables
from translation.checks import Code

ENOUGH = 15


@pytest.mark.parametrize(("check", "code"), list(tables()))
def test_wrong_text__is_found(check: Code, code: str):
    _right, wrong = right_and_wrong(check, code)

    assert len(wrong) >= ENOUGH
    assert [pair.text for pair in wrong if check not in codes(pair, code)] == []


@pytest.mark.parametrize(("check", "code"), list(tables()))
def test_right_text__is_left_alone(check: Code, code: str):
    right, _wrong = right_and_wrong(check, code)

    assert len(right) >= ENOUGH
    assert [pair.text for pair in right if check in codes(pair, code)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_right_sentences__raise_nothing(code: str):
    pairs = [Pair(each.source, each.text) for each in sentences(code)]

    assert [(pair.text, found(pair, code)) for pair in pairs if found(pair, code)] == []


def rate(check: Code, code: str) -> str:
    right, wrong = right_and_wrong(check, code)
    hits, alarms = (sum(check in codes(pair, code) for pair in pairs) for pairs in (wrong, right))
    return f"{hits} of {len(wrong)}; {alarms} of {len(right)}"


def test_rates__are_those_of_the_documents():
    document = (ROOT / "docs/translators.md").read_text()

    for check in dict.fromkeys(check for check, _code in tables()):
        rates = " | ".join(rate(check, code) for code in LANGUAGES)
        assert f"| {check.label} | {rates} |" in document
