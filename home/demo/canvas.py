"""Canvas of the demo's pictures: flat colours, and ikat cloth with its feathered edges."""

import io
import math
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

PAPER, CREAM, SAND = "#fbf3e2", "#f4e4c4", "#e7c98f"
SAFFRON, OCHRE, WALNUT = "#e9a93a", "#cf7f2c", "#7a4524"
CRIMSON, POMEGRANATE = "#b3203a", "#8f1f52"
SKY, COBALT, INDIGO, NIGHT = "#9cc7d8", "#1763b3", "#2b3578", "#161b3f"
TURQUOISE, TEAL, PINE, MOSS = "#3fa7a3", "#11676c", "#23633a", "#7f9a3f"

# The canvas is this many times larger than the saved picture, so that edges are smooth.
OVERSAMPLING = 2
# Height of a motif (0 to 1) at the position `u` across its column (-1 to 1).
MOTIFS: dict[str, Callable[[float], float]] = {
    "diamond": lambda u: 1 - abs(u),
    "almond": lambda u: math.sqrt(max(0.0, 1 - abs(u) ** 1.5)),
    "comb": lambda u: 1 - abs(u) if int((u + 1) * 8) % 2 else 0.35 * (1 - abs(u)),
    "wave": lambda u: 0.55 + 0.45 * math.sin(u * math.pi),
}

Point = tuple[float, float]
Box = tuple[float, float, float, float]


def blend(colour: str, other: str, share: float) -> str:
    """Return the colour that is `share` (0 to 1) of the way from the first to the second, as #rrggbb."""
    pairs = [(int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


class Sheet:
    """A canvas of a size in pixels. Its random numbers depend on `seed` alone."""

    def __init__(self, width: int, height: int, ground: str, seed: str) -> None:
        self.width, self.height = width, height
        self.chance = random.Random(seed)
        self._image = Image.new("RGB", (width * OVERSAMPLING, height * OVERSAMPLING), ground)
        self._draw = ImageDraw.Draw(self._image)

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        self._draw.polygon([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points], fill=fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str, radius: float = 0) -> None:
        corners = [value * OVERSAMPLING for value in (left, top, right, bottom)]
        self._draw.rounded_rectangle(corners, radius * OVERSAMPLING, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        corners = [value * OVERSAMPLING for value in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(corners, fill=fill)

    def line(self, points: Sequence[Point], fill: str, width: float) -> None:
        scaled = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]
        self._draw.line(scaled, fill=fill, width=round(width * OVERSAMPLING), joint="curve")

    def bands(self, top: float, bottom: float, colours: Sequence[str], steps: int) -> None:
        """Draw horizontal stripes over the whole width from `top` to `bottom`, `steps` of them, blended from the
        first of at least two colours to the last."""
        height = (bottom - top) / steps
        for step in range(steps):
            place = step / max(1, steps - 1) * (len(colours) - 1)
            lower = min(int(place), len(colours) - 2)
            fill = blend(colours[lower], colours[lower + 1], place - lower)
            self.box(0, top + step * height, self.width, top + (step + 1) * height + 1, fill)

    def ridge(self, base: float, rise: float, fill: str, peaks: int) -> list[Point]:
        """Draw a ridge of `peaks` mountains from edge to edge, filled down to the lower edge, and return their
        summits. `base` is the height of its foot, `rise` the greatest height above it; summits vary at random."""
        step = self.width / peaks
        points: list[Point] = [(-step, base)]
        summits = []
        for peak in range(peaks + 1):
            x = (peak + self.chance.uniform(-0.25, 0.25)) * step
            summit = (x, base - rise * self.chance.uniform(0.55, 1))
            summits.append(summit)
            saddle = base - rise * self.chance.uniform(0.05, 0.3)
            points += [(x - step * 0.2, summit[1] + rise * 0.16), summit, (x + step * 0.48, saddle)]
        points += [(self.width + step, base), (self.width + step, self.height), (-step, self.height)]
        self.polygon(points, fill)
        return summits

    def hill(self, base: float, rise: float, fill: str, waves: float, shift: float = 0) -> None:
        """Draw a sine wave as a hill, filled down to the lower edge. `base` is the position of its middle, `rise`
        its height, `waves` counts half periods, and `shift` moves the wave by half periods."""
        crest = [
            (x, base - rise * math.sin((x / self.width * waves + shift) * math.pi))
            for x in range(0, self.width + 20, 20)
        ]
        self.polygon([*crest, (self.width, self.height), (0, self.height)], fill)

    def ikat(self, box: Box, dyes: Sequence[str], motif: str, repeat: float, thread: float = 6) -> None:
        """Fill a box with ikat cloth: the ground in the first dye, on it the motif (a name of MOTIFS) in each
        further dye, smaller each time, repeated every `repeat` pixels. Threads, `thread` pixels wide, are shifted
        at random along the warp, which makes feathered edges."""
        left, top, right, bottom = box
        self.box(left, top, right, bottom, dyes[0])
        middle, half = (left + right) / 2, (right - left) / 2
        x = left
        while x < right:
            end = min(x + thread, right)
            height = MOTIFS[motif](((x + end) / 2 - middle) / half)
            slip = self.chance.uniform(-0.06, 0.06) * repeat
            y = top + repeat / 2
            while y - repeat / 2 < bottom:
                self._thread((x, end), (top, bottom), y + slip, height * repeat * 0.46, dyes[1:])
                y += repeat
            x = end

    def _thread(self, sides: Point, ends: Point, y: float, reach: float, dyes: Sequence[str]) -> None:
        for place, dye in enumerate(dyes):
            length = reach * (1 - place / len(dyes)) + self.chance.uniform(-4, 4)
            high, low = max(ends[0], y - length), min(ends[1], y + length)
            if low - high > 1:
                self.box(sides[0], high, sides[1], low, dye)

    def jpeg(self) -> bytes:
        """Return the picture in its final size as a JPEG file."""
        file = io.BytesIO()
        self._image.reduce(OVERSAMPLING).save(file, "JPEG", quality=88, subsampling=0, optimize=True)
        return file.getvalue()
