"""Figures in each other's place are found by the words before them. docs/translators.md has the rates."""

from pathlib import Path

import pytest

from tests.translation.checks.tables import LANGUAGES, glossary
from translation.checks import Code, findings
from translation.checks.checking import Basis

ROWS = [row.split(" | ") for row in (Path(__file__).parent / "exchanged.txt").read_text().splitlines()]


def found(source: str, text: str, code: str) -> list[str]:
    return [
        each.message
        for each in findings(source, text, code, basis=Basis(glossary(code)))
        if each.code == Code.FIGURES and "exchanged" in each.message and not each.is_blocking
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_exchanged_figures__are_found(code):
    missed = [
        wrong for language, source, wrong, _right in ROWS if language == code and not found(source, wrong, code)
    ]

    assert missed == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_right_figures__are_left_alone_in_any_order(code):
    alarms = [right for language, source, _wrong, right in ROWS if language == code and found(source, right, code)]

    assert alarms == []
