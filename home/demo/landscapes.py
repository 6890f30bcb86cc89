"""Pictures of the demo that show landscapes: one function for each."""

import math

from .canvas import (
    COBALT,
    CREAM,
    CRIMSON,
    INDIGO,
    MOSS,
    NIGHT,
    OCHRE,
    PAPER,
    PINE,
    POMEGRANATE,
    SAFFRON,
    SAND,
    SKY,
    TEAL,
    TURQUOISE,
    WALNUT,
    Sheet,
    blend,
)


def romit_mountains(sheet: Sheet) -> None:
    sheet.bands(0, 620, [INDIGO, POMEGRANATE, OCHRE, SAFFRON, CREAM], 14)
    sheet.disc(1130, 400, 92, PAPER)
    for base, rise, fill, peaks in (
        (610, 330, "#8b8fbb", 5),
        (660, 270, "#5f6fae", 6),
        (720, 220, "#3f5597", 7),
        (790, 170, "#29407c", 8),
    ):
        sheet.ridge(base, rise, fill, peaks)
    sheet.polygon([(905, 690), (960, 735), (700, 790), (980, 900), (400, 900), (560, 790), (880, 730)], "#d9b48a")
    sheet.polygon([(905, 690), (935, 733), (660, 790), (800, 900), (560, 900), (610, 790), (890, 730)], CREAM)
    sheet.polygon([(0, 760), (430, 800), (300, 900), (0, 900)], NIGHT)
    sheet.polygon([(1600, 740), (1120, 800), (1260, 900), (1600, 900)], NIGHT)


def river_crossing(sheet: Sheet) -> None:
    sheet.bands(0, 260, [SKY, CREAM], 6)
    sheet.ridge(300, 150, "#8fae9c", 6)
    sheet.hill(330, 40, MOSS, 2.4)
    sheet.polygon([(0, 470), (1600, 400), (1600, 760), (0, 840)], TURQUOISE)
    for _ in range(70):
        x, y = sheet.chance.uniform(-60, 1600), sheet.chance.uniform(460, 800)
        length = sheet.chance.uniform(40, 200)
        tone = sheet.chance.choice(["#63bdb6", "#8dd2c8", TEAL])
        sheet.polygon([(x, y), (x + length, y - 4), (x + length * 0.6, y + 7)], tone)
    sheet.polygon([(0, 810), (520, 800), (1600, 735), (1600, 900), (0, 900)], PINE)
    sheet.polygon([(0, 560), (1600, 480), (1600, 540), (0, 622)], CRIMSON)
    sheet.polygon([(0, 612), (1600, 532), (1600, 548), (0, 632)], "#7d1429")
    for step in range(17):
        x = step * 100 + 20
        y = 560 - x * 0.05
        sheet.box(x - 6, y - 92, x + 6, y + 10, OCHRE)
        sheet.line([(x, y - 84), (x + 100, y - 12)], SAFFRON, 5)
        sheet.line([(x, y - 12), (x + 100, y - 90)], SAFFRON, 5)
    sheet.line([(0, 468), (1600, 388)], OCHRE, 12)


def road_home(sheet: Sheet) -> None:
    sheet.bands(0, 520, [SAFFRON, SAND, PAPER], 9)
    sheet.disc(1080, 300, 190, CRIMSON)
    sheet.ridge(520, 190, blend(POMEGRANATE, SAND, 0.45), 5)
    sheet.hill(520, 60, "#d99b4a", 2.2, 0.3)
    sheet.hill(600, 70, OCHRE, 1.7, 0.9)
    sheet.hill(720, 80, "#a85a26", 1.5, 0.1)
    middle = [(1086, 452), (1010, 490), (1150, 540), (840, 600), (700, 660), (1010, 730), (760, 900)]
    widths = [4, 9, 15, 26, 38, 62, 150]
    left = [(x - w, y) for (x, y), w in zip(middle, widths, strict=True)]
    right = [(x + w, y) for (x, y), w in zip(middle, widths, strict=True)]
    sheet.polygon([*left, *reversed(right)], CREAM)
    sheet.hill(865, 26, WALNUT, 1.1, 1.15)
    for x, y, size in ((250, 800, 70), (330, 820, 50), (1330, 770, 60), (1420, 800, 84)):
        sheet.polygon([(x, y - size * 2.4), (x + size * 0.42, y), (x - size * 0.42, y)], PINE)


def orchard(sheet: Sheet) -> None:
    sheet.bands(0, 340, [SKY, PAPER], 7)
    sheet.ridge(330, 190, "#a9b7c6", 5)
    sheet.hill(340, 46, "#9cab58", 1.6, 0.2)
    for row in range(5):
        y = 400 + row * 112
        size = 34 + row * 14
        sheet.hill(y, 20, (MOSS, "#6d8b3a", "#5b7c37", "#4a6d35", "#3b5f33")[row], 1.3, 0.1 * row)
        sheet.hill(y + 60, 18, blend(WALNUT, SAND, 0.55 - row * 0.08), 1.3, 0.1 * row)
        gap = size * 3.1
        for place in range(int(1600 / gap) + 2):
            x = place * gap + (row % 2) * gap / 2
            _tree(sheet, x, y + 26 - 20 * math.sin((x / 1600 * 1.3 + 0.1 * row) * math.pi), size)


def _tree(sheet: Sheet, x: float, foot: float, size: float) -> None:
    sheet.box(x - size * 0.1, foot - size, x + size * 0.1, foot + size * 0.4, WALNUT)
    sheet.disc(x, foot - size * 1.3, size, PINE)
    sheet.disc(x - size * 0.22, foot - size * 1.5, size * 0.68, "#35794a")
    for dx, dy in ((-0.5, -1.1), (0.1, -0.8), (0.5, -1.5), (-0.1, -1.75), (0.55, -1.0)):
        sheet.disc(x + dx * size, foot + dy * size, size * 0.14, SAFFRON)


def solar_roofs(sheet: Sheet) -> None:
    sheet.bands(0, 520, [COBALT, "#5d9fcb", "#cfe0de"], 9)
    for base, rise, fill, peaks in ((560, 420, "#8ea6c0", 4), (600, 300, "#5f7ba3", 5)):
        for x, y in sheet.ridge(base, rise, fill, peaks):
            cap = rise * 0.24
            sheet.polygon(
                [
                    (x, y),
                    (x + 62, y + cap),
                    (x + 20, y + cap * 0.7),
                    (x - 10, y + cap * 1.1),
                    (x - 34, y + cap * 0.7),
                ],
                PAPER,
            )
    sheet.hill(640, 30, "#8d9650", 1.8)
    for x, y, size, wall in (
        (60, 560, 1.0, SAND),
        (430, 600, 1.15, CREAM),
        (860, 570, 1.05, "#e0b98a"),
        (1220, 610, 1.2, CREAM),
        (230, 740, 1.35, "#e0b98a"),
        (760, 760, 1.45, SAND),
    ):
        _house(sheet, x, y, size, wall)
    sheet.hill(905, 14, PINE, 3.1)


def _house(sheet: Sheet, x: float, y: float, size: float, wall: str) -> None:
    wide, high = 270 * size, 120 * size
    sheet.box(x, y, x + wide, y + high, wall)
    sheet.box(x - 8, y - 14 * size, x + wide + 8, y + 4, WALNUT)
    sheet.box(x + wide * 0.12, y + high * 0.36, x + wide * 0.3, y + high * 0.72, INDIGO)
    sheet.box(x + wide * 0.62, y + high * 0.34, x + wide * 0.8, y + high, CRIMSON)
    left, top = x + wide * 0.2, y - 14 * size
    for panel in range(3):
        start = left + panel * wide * 0.2
        sheet.polygon(
            [
                (start, top),
                (start + wide * 0.17, top),
                (start + wide * 0.24, top - 58 * size),
                (start + wide * 0.07, top - 58 * size),
            ],
            NIGHT,
        )
        sheet.line(
            [(start + wide * 0.035, top - 29 * size), (start + wide * 0.205, top - 29 * size)], "#6f8fd0", 3
        )
        sheet.line([(start + wide * 0.085, top), (start + wide * 0.155, top - 58 * size)], "#6f8fd0", 3)


def lanterns(sheet: Sheet) -> None:
    sheet.bands(0, 900, [NIGHT, "#1d2554", INDIGO, "#4b3d7a"], 10)
    for _ in range(150):
        x, y = sheet.chance.uniform(0, 1600), sheet.chance.uniform(0, 560)
        sheet.disc(x, y, sheet.chance.choice([1.2, 1.6, 2.6]), CREAM)
    sheet.ridge(760, 200, "#232a5c", 6)
    for x, size in ((120, 1.1), (1480, 1.2)):
        sheet.box(x - 22, 420, x + 22, 900, "#0c1029")
        for dx, dy, radius in ((0, 300, 170), (-110, 380, 130), (110, 390, 130), (-40, 220, 120), (60, 240, 110)):
            sheet.disc(x + dx * size, dy, radius * size, "#0c1029")
    rope = [(120 + t * 1360, 300 + 190 * math.sin(math.pi * t)) for t in (step / 80 for step in range(81))]
    hung = [(*rope[7 + place * 11], (SAFFRON, CRIMSON, "#f0c674", OCHRE)[place % 4]) for place in range(7)]
    for x, y, tone in hung:
        for radius, share in ((120, 0.9), (92, 0.8), (68, 0.62)):
            sheet.disc(x, y + 74, radius, blend(tone, "#232a5c", share))
    sheet.line(rope, SAND, 3)
    for x, y, tone in hung:
        _lantern(sheet, x, y, tone)
    sheet.hill(860, 30, "#0c1029", 1.3, 0.4)


def _lantern(sheet: Sheet, x: float, y: float, tone: str) -> None:
    sheet.line([(x, y), (x, y + 30)], SAND, 3)
    sheet.polygon(
        [
            (x - 22, y + 30),
            (x + 22, y + 30),
            (x + 42, y + 74),
            (x + 22, y + 118),
            (x - 22, y + 118),
            (x - 42, y + 74),
        ],
        tone,
    )
    sheet.polygon(
        [(x - 9, y + 30), (x + 9, y + 30), (x + 16, y + 74), (x + 9, y + 118), (x - 9, y + 118), (x - 16, y + 74)],
        PAPER,
    )
