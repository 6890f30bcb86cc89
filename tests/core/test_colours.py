import itertools
from pathlib import Path

import pytest

from core.design import colours

SCHEMES = ("light", "dark")
STYLESHEET = Path(__file__).parents[2] / "static/css/accents.css"


def test_contrast__known_values() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert colours.contrast("#ffffff", "#777777") == colours.contrast("#777777", "#ffffff")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_ink_on_paper__holds_enhanced_contrast(scheme: str) -> None:
    assert colours.contrast(colours.INK[scheme], colours.PAPER[scheme]) >= 7


@pytest.mark.parametrize(
    ("accent", "scheme"),
    list(itertools.product(colours.ACCENTS.values(), SCHEMES)),
    ids=lambda v: getattr(v, "name", v),
)
def test_accent__carries_text_in_both_schemes(accent: colours.Accent, scheme: str) -> None:
    for text, background in accent.text_pairs(scheme):
        assert colours.contrast(text, background) >= colours.TEXT_CONTRAST, (text, background)


def test_choices__name_every_accent_once() -> None:
    names = [name for name, _label in colours.ACCENT_CHOICES]
    assert names == list(colours.ACCENTS)
    assert colours.DEFAULT_ACCENT in names


def test_stylesheet__is_what_the_module_prints() -> None:
    assert STYLESHEET.read_text() == colours.accents_css()


def test_stylesheet_of_the_site__uses_the_same_paper_and_ink() -> None:
    site = (STYLESHEET.parent / "site.css").read_text()
    for scheme in SCHEMES:
        assert f"--paper: {colours.PAPER[scheme]}" in site
        assert f"--ink: {colours.INK[scheme]}" in site
