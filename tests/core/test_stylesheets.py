import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
STYLESHEETS = sorted((STATIC / "css").glob("*.css"))
ASSETS = (STATIC.parent / "templates/components/assets.html").read_text()

# Beside it the HTML of a campaign page must fit into one round trip of 14 kB.
HEAVIEST_STYLES = 8_000
# With its headers a file fits into the first ten packets of a connection.
HEAVIEST_FONT = 14_100
HEAVIEST_SCRIPT = 1_000


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: path.name)
def test_stylesheet__serves_both_directions(path: Path) -> None:
    physical = r"(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)|[{;]\s*(?:left|right|float):"
    assert re.findall(physical, path.read_text()) == []


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: path.name)
def test_stylesheet__loads_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text()
    assert "@import" not in text
    addresses = re.findall(r'url\("?([^")]+)', text)
    assert all((path.parent / address).is_file() for address in addresses), addresses


def test_styles_fonts_and_script__are_light() -> None:
    everywhere = [path for path in STYLESHEETS if f"css/{path.name}" in ASSETS]
    assert len(everywhere) == 2
    assert sum(len(gzip.compress(path.read_bytes())) for path in everywhere) < HEAVIEST_STYLES
    assert max(path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2")) < HEAVIEST_FONT
    assert (STATIC / "js/menu.js").stat().st_size < HEAVIEST_SCRIPT
