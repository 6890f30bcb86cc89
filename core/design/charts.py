"""Charts as SVG, drawn on the server. Horizontal lengths are percentages and heights are pixels, so that a chart
is as wide as its column while its text keeps its size. Colours are set by class. No library is used, as all draw
with inline styles or scripts, which the Content Security Policy forbids.

Horizontal positions are measured from the start of a line: in right-to-left languages bars and time axes grow to
the left. `text-anchor` follows the direction by itself."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
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
    """A value of a chart with its label. `text` is the value as readers see it."""

    label: str
    value: Decimal
    text: str


def draw(kind: str, title: str, description: str, points: list[Point]) -> SafeString:
    """Return a chart of the kind "bars", "line" or "share" as SVG; raise KeyError for other kinds. `title` (by
    default “Chart”) and `description` are read by screen readers."""
    return _drawn(active_code(), kind, str(title), str(description), tuple(points))


@lru_cache(maxsize=512)
def _drawn(code: str, kind: str, title: str, description: str, points: tuple[Point, ...]) -> SafeString:
    drawing, height = {"bars": bars, "line": line, "share": share}[kind](list(points))
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
    """A scale from the lowest to the highest value that always includes zero."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, points: list[Point]) -> "Scale":
        values = [Decimal(0), *(point.value for point in points)]
        return cls(min(values), max(values))

    def place(self, value: Decimal) -> Decimal:
        """Return the place of a value on the scale in percent, from the lowest value (0) up to the highest
        (100)."""
        return part(value - self.low, self.high - self.low)

    @property
    def has_negatives(self) -> bool:
        return self.low < 0


def bars(points: list[Point]) -> tuple[SafeString, int]:
    """Return the inner SVG of a bar chart and its height in pixels. Bars begin at zero, which is marked if there
    are negative values."""
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
    """Return the zero line between two positions as SVG; empty if `scale` has no negative values."""
    if not scale.has_negatives:
        return ""
    return format_html('<line class="chart-zero" x1="{}" y1="{}" x2="{}" y2="{}"/>', x1, y1, x2, y2)


def share(points: list[Point]) -> tuple[SafeString, int]:
    """Return the content of an SVG element that shows the points as shares of one bar, with a row for each below
    it that says its percentage, and the height of the drawing in pixels. Negative values count as 0."""
    whole = sum((point.value for point in points), Decimal(0))
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
            Decimal(0),
            part(point.value, whole),
        )
        for point in points
    ]
    return format_html("{}{}", cut, rows(below, 52)), 52 + len(points) * ROW


def rows(points: list[tuple[Point, Decimal, Decimal]], top: int) -> SafeString:
    """Return a row of text and bar as SVG for each of `points`: a point with the start and the width of its bar in
    percent. `top` is the position of the first row in pixels."""
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
    """Return the inner SVG of a line chart and its height in pixels. At most MOST_LABELS points are labelled, at
    equal distances."""
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
    """Return the vertical position of a value in a line chart, in pixels from the top."""
    return round(LINE_BOTTOM - (LINE_BOTTOM - LINE_TOP) * scale.place(value) / 100, 1)


def across(start: Decimal | int, width: Decimal | int = 0) -> str:
    """Return, as a percentage, the left end of an element of the given width that begins `start` percent from the
    start of the line, which is on the right in right-to-left languages."""
    return f"{100 - start - width if current_language().dir == 'rtl' else start}%"


def part(value: Decimal, whole: Decimal) -> Decimal:
    """Return the share of a value in `whole` in percent, to two decimals; 0 for negative values, or if the whole
    is not positive."""
    return round(max(value, Decimal(0)) * 100 / whole, 2) if whole > 0 else Decimal(0)
