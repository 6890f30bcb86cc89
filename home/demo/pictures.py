"""Pictures of the demo: landscapes and things, without people. Drawing one always makes the same bytes."""

from collections.abc import Callable

from . import landscapes, things
from .canvas import PAPER, Sheet

WIDE = (1600, 900)
SQUARE = (1200, 1200)

_SCENES: dict[str, tuple[tuple[int, int], Callable[[Sheet], None]]] = {
    "romit-mountains": (WIDE, landscapes.romit_mountains),
    "river-crossing": (WIDE, landscapes.river_crossing),
    "road-home": (WIDE, landscapes.road_home),
    "bus-station": (WIDE, things.bus_station),
    "classroom": (WIDE, things.classroom),
    "blue-petals": (SQUARE, things.blue_petals),
    "market-cloth": (WIDE, things.market_cloth),
    "lanterns": (WIDE, landscapes.lanterns),
    "orchard": (WIDE, landscapes.orchard),
    "solar-roofs": (WIDE, landscapes.solar_roofs),
    "phones-on-table": (SQUARE, things.phones_on_table),
    "open-books": (SQUARE, things.open_books),
}


def draw_picture(slug: str) -> bytes:
    """Return the picture as a JPEG file. Raise KeyError for an unknown slug."""
    (width, height), scene = _SCENES[slug]
    sheet = Sheet(width, height, PAPER, slug)
    scene(sheet)
    return sheet.jpeg()
