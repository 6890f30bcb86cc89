"""Charts as SVG drawn on the server. Lengths across are percentages and heights are pixels, so that a chart
is as wide as its column while its letters keep their size; colours come by class. No library draws without
inline styles or scripts, which the pages' policy refuses.

What is measured across is measured from where the lines of the page's language begin: in one that runs from right
to left bars grow to the left, and time with them. `text-anchor` follows the direction by itself."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.languages.cldr import percent
from core.languages.site_languages import active_code, current_language

ROW = 54
BAR = 18
LINE_HEIGHT = 260
LINE_TOP, LINE_BOTTOM = 36, 214
LINE_START, LINE_WIDTH = 6, 88
MOST_LABELS = 8


@dataclass(frozen=True)
class Point:
    label: str
    value: Decimal
    text: str


def draw(kind: str, title: str, description: str, points: list[Point]) -> SafeString:
    """`kind` is "bars", "line" or "share"."""
    drawing, height = {"bars": bars, "line": line, "share": share}[kind](points)
    name = title or _("Chart")
    return format_html(
        '<svg class="chart chart--{}" role="img" aria-label="{}: {}" width="100%" height="{}">'
        "<title>{}</title><desc>{}</desc>{}</svg>",
        kind,
        name,
        description,
        height,
        name,
        description,
        drawing,
    )


@dataclass(frozen=True)
class Scale:
    """From the lowest value to the highest, nought always among them."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, points: list[Point]) -> "Scale":
        values = [Decimal(0), *(point.value for point in points)]
        return cls(min(values), max(values))

    def place(self, value: Decimal) -> Decimal:
        """In percent of the way up."""
        return part(value - self.low, self.high - self.low)

    @property
    def has_negatives(self) -> bool:
        return self.low < 0


def bars(points: list[Point]) -> tuple[SafeString, int]:
    scale, height = Scale.of(points), len(points) * ROW
    zero = scale.place(Decimal(0))
    ends = [scale.place(point.value) for point in points]
    drawn = rows(
        [(point, min(zero, end), abs(end - zero)) for point, end in zip(points, ends, strict=True)],
        0,
    )
    middle = across(zero)
    return format_html("{}{}", drawn, zero_line(middle, 0, middle, height, scale)), height


def zero_line(x1: str, y1: object, x2: str, y2: object, scale: Scale) -> SafeString | str:
    """Only where values lie on both its sides, or beneath it."""
    if not scale.has_negatives:
        return ""
    return format_html('<line class="chart-zero" x1="{}" y1="{}" x2="{}" y2="{}"/>', x1, y1, x2, y2)


def share(points: list[Point]) -> tuple[SafeString, int]:
    """One bar cut in pieces, and beneath it a row for each with its percentage."""
    whole = sum(point.value for point in points)
    start, pieces = Decimal(0), []
    for place, point in enumerate(points):
        width = part(point.value, whole)
        pieces.append((across(start, width), width, place % 6))
        start += width
    cut = format_html_join(
        "", '<rect class="chart-piece chart-piece--{2}" x="{0}" y="0" width="{1}%" height="32"/>', pieces
    )
    below = [
        (
            Point(point.label, point.value, percent(part(point.value, whole), active_code())),
            0,
            part(point.value, whole),
        )
        for point in points
    ]
    return format_html("{}{}", cut, rows(below, 52)), 52 + len(points) * ROW


def rows(points: list[tuple[Point, Decimal, Decimal]], top: int) -> SafeString:
    """Each a point with the start and the width of its bar."""
    near, far = across(0), across(100)
    return format_html_join(
        "",
        '<text class="chart-label" x="{}" y="{}">{}</text><text class="chart-value" x="{}" y="{}" '
        'text-anchor="end">{}</text><rect class="chart-ground" x="0" y="{}" width="100%" height="{}"/>'
        '<rect class="chart-bar" x="{}" y="{}" width="{}%" height="{}"/>',
        (
            (near, name, point.label, far, name, point.text, bar, BAR, across(start, width), bar, width, BAR)
            for place, (point, start, width) in enumerate(points)
            for name, bar in [(top + place * ROW + 16, top + place * ROW + 24)]
        ),
    )


def line(points: list[Point]) -> tuple[SafeString, int]:
    scale = Scale.of(points)
    step = Decimal(LINE_WIDTH) / max(len(points) - 1, 1)
    places = [
        (across(round(LINE_START + place * step, 2)), line_height(point.value, scale))
        for place, point in enumerate(points)
    ]
    zero = line_height(Decimal(0), scale)
    segments = format_html_join(
        "",
        '<line class="chart-line" x1="{}" y1="{}" x2="{}" y2="{}"/>',
        ((x1, y1, x2, y2) for (x1, y1), (x2, y2) in pairwise(places)),
    )
    every = -(-len(points) // MOST_LABELS)
    marks = format_html_join(
        "",
        '<circle class="chart-mark" cx="{}" cy="{}" r="5"/>'
        '<text class="chart-value" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="chart-label" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (x, y, x, y - 14, point.text if shown else "", x, LINE_HEIGHT - 16, point.label if shown else "")
            for place, ((x, y), point) in enumerate(zip(places, points, strict=True))
            for shown in [place % every == 0]
        ),
    )
    return format_html("{}{}{}", zero_line("0", zero, "100%", zero, scale), segments, marks), LINE_HEIGHT


def line_height(value: Decimal, scale: Scale) -> Decimal:
    return round(LINE_BOTTOM - (LINE_BOTTOM - LINE_TOP) * scale.place(value) / 100, 1)


def across(start: Decimal | int, width: Decimal | int = 0) -> str:
    """The left end of what begins so many percent into the line."""
    return f"{100 - start - width if current_language().dir == 'rtl' else start}%"


def part(value: Decimal, whole: Decimal) -> Decimal:
    """In percent; what is negative or of nothing has no length."""
    return round(max(value, Decimal(0)) * 100 / whole, 2) if whole > 0 else Decimal(0)
