"""Drawing of adras, the ikat cloth of the region, as SVG from a colour and a seed.

The drawing follows the way in which the cloth is made. The warp is folded and dyed in bundles before weaving.
Therefore a pattern is mirrored at the fold, repeats along the cloth, and its edges are blurred only along the
warp: each thread keeps its dyes and is shifted a little. Here a motif is a function that returns a depth (0 at its
edge, 1 at its core). Each thread draws the runs in which the depth exceeds the step of a dye, shifted by the
thread's slip.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.design.colours import ACCENTS, Accent

WEAVE = 1  # part of the address: browsers keep a pattern for a year, so raise it when the drawing changes
THREADS = 26  # from the fold of the main band to the fold of the band beside it
HEIGHT = 76  # of the repeat, in steps of the weft
SCALE = "2.5 2"  # pixels: width of a thread, height of a step
ROOM = 0.86  # share of the repeat that a motif fills, so that its feathers are not cut

# A function of a point's depth in a motif: how far it lies inside, up to 1; 0 at the edge, negative outside. u:
# distance from the fold, from 0 to 1 at the edge of the band; v: from -1 at the top of the motif to 1 at its foot.
Field = Callable[[float, float], float]


def almond(u: float, v: float) -> float:
    return 1 - abs(v) ** 1.7 - u


def lozenge(u: float, v: float) -> float:
    """Return a point's depth in a lozenge with teeth along its sides."""
    tooth = 0.16 if math.sin(v * 24) > 0 else 0.0
    return 1 - abs(v) - max(0.0, u - tooth) * 1.1


def moon(u: float, v: float) -> float:
    return 1 - math.hypot(u, v * 1.15)


def pomegranate(u: float, v: float) -> float:
    body = 1 - math.hypot(u * 1.05, (v - 0.28) * 1.4)
    spread = 0.5 * (-0.3 - v)
    prong = min(abs(u), abs(u - spread)) * 4.5
    return max(body, 0.62 - prong if -1 < v < -0.3 else -1)


def horns(u: float, v: float) -> float:
    """Return a point's depth in a stem with a ram's horns at its head and smaller ones at its foot."""
    stem = 0.9 - u * 4 if -0.4 < v < 0.9 else -1
    head = 0.9 - abs(math.hypot(u - 0.5, (v + 0.5) * 1.05) - 0.36) * 3.6
    if u > 0.52 and v > -0.42:
        head = -1
    foot = 0.8 - abs(math.hypot(u - 0.36, (v - 0.6) * 1.1) - 0.28) * 4.4
    return max(stem, head, foot if v > 0.3 else -1)


def tulip(u: float, v: float) -> float:
    """Return a point's depth in a bud between two leaves that open upwards."""
    bud = 1 - math.hypot(u * 2.4, (v + 0.5) * 1.7)
    lean = 0.72 * max(0.0, (0.7 - v) / 1.5) ** 1.3
    leaf = 0.9 - abs(u - lean) * 3.2 if -0.8 < v < 0.95 else -1
    return max(bud, leaf)


def amulet(u: float, v: float) -> float:
    """Return a point's depth in a triangle with pendants."""
    body = min((v + 0.95) * 0.85 - u, 0.35 - v) * 1.3
    pendant = 0.7 - v * 0.7 if 0.3 < v < 0.95 - u * 0.4 and math.sin(u * 16 + 1.2) > 0 and u < 0.95 else -1
    return max(body, pendant)


def snake(u: float, v: float) -> float:
    return 1 - abs(u - 0.5 - 0.32 * math.asin(math.sin(v * math.pi * 2 * ROOM)) / (math.pi / 2)) * 3.4


def comb(u: float, v: float) -> float:
    tooth = 0.95 - abs(v) * 1.05 if math.sin(u * 15 + 0.8) > 0 else -1
    return max(1 - abs(v) * 5, tooth)


def drops(u: float, v: float) -> float:
    along = (v * ROOM * 2) % 2 - 1
    return 1 - abs(along) ** 1.5 * 1.15 - u * 1.1


BOLD: tuple[Field, ...] = (almond, lozenge, moon, pomegranate, amulet)
FINE: tuple[Field, ...] = (horns, tulip)  # too slender for more than two dyes and much slip
BESIDE: tuple[Field, ...] = (snake, comb, drops, almond, lozenge)
BOLD_STEPS = ((0.0, 0.25, 0.48, 0.72), (0.0, 0.2, 0.54, 0.7), (0.0, 0.33, 0.5, 0.78))
FINE_STEPS = (0.0, 0.42)


def with_corners(field: Field) -> Field:
    """Return a function of the depth of `field` with small almonds added in its corners, where four repeats of the
    motif meet."""

    def both(u: float, v: float) -> float:
        corner = 0.75 - (1 - u) * 2.4 - (1 / ROOM - abs(v)) * 2.4
        return max(field(u, v), corner)

    return both


@dataclass(frozen=True)
class Band:
    """The threads `first` to `last` of the cloth with a motif that is mirrored at the thread `fold`."""

    first: int
    last: int
    fold: int
    field: Field
    slips: Sequence[int]

    def runs(self, thread: int, step: float) -> Iterable[tuple[int, int]]:
        """Yield start and end, in steps of the weft, of each part of a thread in which the depth of the motif
        exceeds `step`, shifted by the thread's slip except at the edges of the repeat."""
        width = abs(self.last - self.first) + 1
        u = abs(thread + 0.5 - self.fold) / width
        deep = [self.field(u, (2 * (y + 0.5) / HEIGHT - 1) / ROOM) > step for y in range(HEIGHT)]
        marks = [y for y in range(HEIGHT + 1) if (y < HEIGHT and deep[y]) != (y > 0 and deep[y - 1])]
        for start, end in zip(marks[::2], marks[1::2], strict=True):
            yield start + (self.slips[thread] if start else 0), end + (self.slips[thread] if end < HEIGHT else 0)

    def path(self, step: float) -> str:
        """Return the SVG path data of the runs of all threads for the dye of this `step`. Threads are drawn down
        and up in turn, so that the numbers stay short."""
        path, x, y = "", 0, 0
        for thread in range(self.first, self.last + 1):
            runs = list(self.runs(thread, step))
            if thread % 2:
                runs = [(end, start) for start, end in reversed(runs)]
            for start, end in runs:
                gap = start - y
                path += f"m{thread - x}{'' if gap < 0 else ' '}{gap}v{end - start}"
                x, y = thread, end
        return path


def _dyes(accent: Accent, dice: random.Random) -> tuple[Sequence[str], Sequence[str]]:
    """Return the dyes of the main band and of the band beside it, in one of six orders that `dice` chooses, each
    from the ground to the core of the motif."""
    light, dye, dark, spark = accent.cloth
    main, beside = dice.choice(
        (
            ((light, dye, spark, dark, light), (dye, dark, spark)),
            ((light, dark, dye, light, spark), (dye, light, dark)),
            ((light, dye, light, dark, spark), (dark, spark, dye)),
            ((dye, light, dark, spark, light), (light, dark, spark)),
            ((dye, dark, light, spark, dark), (spark, dark, light)),
            ((dark, light, dye, spark, light), (light, dye, spark)),
        )
    )
    return main, beside


@dataclass(frozen=True)
class Cloth:
    """Half of the pattern's repeat, up to the fold where it is mirrored. `ground` and `ground_beside` are the
    colours of the two bands, which meet at the thread `seam`; `edge` is the colour of the thread before it. `dyed`
    has dye, band and step, the outermost dyes first."""

    ground: str
    ground_beside: str
    seam: int
    edge: str
    dyed: tuple[tuple[str, Band, float], ...]


def cloth(seed: str, accent: str) -> Cloth:
    """Return the cloth of a seed and an accent's name, always the same for equal arguments. Raise KeyError if
    `accent` is not one of ACCENTS."""
    dice = random.Random(_digest(seed, accent))
    fine = dice.random() < 0.3
    field = dice.choice(FINE if fine else BOLD)
    slip = 1 if fine else 2
    slips = [dice.randint(-slip, slip) + (2 if thread % 2 else -2) for thread in range(THREADS)]
    split = dice.choice((15, 16, 17))
    main = Band(0, split - 1, 0, with_corners(field), slips)
    beside = Band(split + 2, THREADS - 1, THREADS, dice.choice(BESIDE), slips)
    dyes, dyes_beside = _dyes(ACCENTS[accent], dice)
    if fine:  # the core must differ from the ground
        dyes = (*dyes[:2], next(dye for dye in dyes[2:] if dye != dyes[0]))
    steps = FINE_STEPS if fine else dice.choice(BOLD_STEPS)
    dyed = [
        *((dye, main, step) for dye, step in zip(dyes[1:], steps, strict=False)),
        *((dye, beside, step) for dye, step in zip(dyes_beside[1:], (0.0, 0.42), strict=True)),
    ]
    return Cloth(dyes[0], dyes_beside[0], split + 2, dyes[2], tuple(dyed))


def _digest(seed: str, accent: str) -> str:
    return hashlib.sha256(f"{accent}/{seed}".encode()).hexdigest()


@lru_cache(maxsize=512)
def adras_svg(seed: str, accent: str) -> str:
    """Return the cloth of a seed and an accent's name as an SVG document that fills its box. Raise KeyError if
    `accent` is not one of ACCENTS."""
    woven = cloth(seed, accent)
    paths = "".join(f'<path stroke="{dye}" d="{band.path(step)}"/>' for dye, band, step in woven.dyed)
    key = "a" + _digest(seed, accent)[:7]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%">'
        f'<pattern id="{key}" width="{THREADS * 2}" height="{HEIGHT}" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({SCALE})"><g id="{key}h">'
        f'<path fill="{woven.ground}" d="M0 0h{THREADS}v{HEIGHT}H0"/>'
        f'<path fill="{woven.ground_beside}" d="M{woven.seam} 0H{THREADS}v{HEIGHT}H{woven.seam}"/>'
        f'<g transform="translate(.5)" stroke-width="1.06">'
        f'<path stroke="{woven.edge}" d="M{woven.seam - 1} 0v{HEIGHT}"/>'
        f'{paths}</g></g><use href="#{key}h" transform="matrix(-1 0 0 1 {THREADS * 2} 0)"/></pattern>'
        f'<rect width="100%" height="100%" fill="url(#{key})"/></svg>'
    )
