import itertools
from pathlib import Path

import pytest

from core.design import colours

SCHEMES = ("light", "dark")
STYLESHEET = Path(__file__).parents[2] / "static/css/site.css"
INK = {"light": "#211c18", "dark": "#f0e9df"}
TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3


def luminance(colour: str) -> float:
    """Return the relative luminance (0 to 1) of a colour such as "#a81c35", as defined in WCAG."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in colours.channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio (1 to 21) of two colours, in any order, as defined in WCAG."""
    high, low = sorted((luminance(colour), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast__known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_ink_on_paper__holds_enhanced_contrast(scheme: str) -> None:
    assert contrast(INK[scheme], colours.PAPER[scheme]) >= 7


@pytest.mark.parametrize(
    ("accent", "scheme"),
    list(itertools.product(colours.ACCENTS.values(), SCHEMES)),
    ids=lambda v: getattr(v, "name", v),
)
def test_accent__carries_text_in_both_schemes(accent: colours.Accent, scheme: str) -> None:
    """Each pair of text and background that the stylesheets use."""
    paper, value, wash = colours.PAPER[scheme], accent.value(scheme), accent.wash(scheme)
    for text, background in ((value, paper), (paper, value), (value, wash), (INK[scheme], wash)):
        assert contrast(text, background) >= TEXT_CONTRAST, (text, background)


def test_choices__name_every_accent_once() -> None:
    names = [name for name, _label in colours.ACCENT_CHOICES]
    assert names == list(colours.ACCENTS)
    assert colours.DEFAULT_ACCENT in names


def test_stylesheet__is_what_the_module_prints() -> None:
    assert STYLESHEET.read_text().endswith(colours.accents_css())


def test_stylesheet_of_the_site__uses_the_same_paper_and_ink() -> None:
    site = STYLESHEET.read_text()
    for scheme in SCHEMES:
        assert f"--paper: {colours.PAPER[scheme]}" in site
        assert f"--ink: {INK[scheme]}" in site
