"""Pictures of the demo that show things (a bus, desks, cloth, phones, books): one function for each."""

import math
from typing import Any

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
    WALNUT,
    Sheet,
    blend,
)


def bus_station(sheet: Sheet) -> None:
    sheet.bands(0, 560, [INDIGO, "#6a74b0", "#e3a59a", CREAM], 11)
    sheet.ridge(560, 170, "#5f6fae", 7)
    sheet.box(0, 640, 1600, 900, "#c9ab84")
    sheet.box(0, 640, 1600, 660, "#a98a64")
    for x in (150, 760, 1440):
        sheet.box(x, 210, x + 26, 660, WALNUT)
    for stripe in range(16):
        x = stripe * 100
        fill = CRIMSON if stripe % 2 else PAPER
        sheet.polygon([(x, 120), (x + 100, 120), (x + 100, 236), (x + 50, 262), (x, 236)], fill)
    sheet.box(0, 96, 1600, 124, WALNUT)
    sheet.box(330, 350, 1310, 730, CRIMSON, 46)
    sheet.box(330, 590, 1310, 694, "#8d1730")
    sheet.ikat((360, 600, 1280, 684), [PAPER, SAFFRON, COBALT], "diamond", 84, 8)
    for window in range(5):
        x = 380 + window * 150
        sheet.box(x, 400, x + 126, 560, NIGHT, 14)
        sheet.polygon([(x + 20, 560), (x + 84, 400), (x + 112, 400), (x + 48, 560)], "#34407c")
    sheet.box(1140, 400, 1286, 590, SKY, 18)
    for x in (530, 1110):
        sheet.disc(x, 734, 74, NIGHT)
        sheet.disc(x, 734, 34, SAND)
    sheet.disc(1284, 650, 18, PAPER)


def classroom(sheet: Sheet) -> None:
    sheet.box(0, 0, 1600, 560, "#efd9ac")
    sheet.box(0, 560, 1600, 900, "#b9793f")
    sheet.box(0, 545, 1600, 566, WALNUT)
    sheet.box(110, 130, 660, 430, PINE, 6)
    sheet.box(134, 154, 636, 406, "#1c4f30")
    sheet.line([(190, 340), (290, 250), (370, 310), (480, 210), (580, 300)], CREAM, 5)
    for x in (860, 1210):
        sheet.box(x - 16, 74, x + 256, 470, WALNUT)
        for step, tone in enumerate((SKY, "#b7d8de", "#d5e6dc", CREAM)):
            sheet.box(x, 90 + step * 91, x + 240, 90 + (step + 1) * 91, tone)
        sheet.polygon([(x, 454), (x + 90, 330), (x + 150, 390), (x + 240, 300), (x + 240, 454)], "#6f93ad")
        sheet.box(x + 114, 90, x + 126, 454, WALNUT)
        sheet.polygon([(x - 330, 900), (x - 120, 566), (x + 110, 566), (x - 20, 900)], "#d79b58")
    for row, (y, size) in enumerate(((600, 0.7), (680, 0.9), (790, 1.2))):
        for column in range(4):
            x = 160 + column * 380 - row * 26
            tone = COBALT if (row, column) == (1, 2) else CRIMSON
            sheet.polygon(
                [(x, y), (x + 200 * size, y), (x + 230 * size, y + 44 * size), (x - 20, y + 44 * size)], tone
            )
            for leg in (x - 4, x + 200 * size):
                sheet.box(leg, y + 44 * size, leg + 11, y + 110 * size, WALNUT)


def blue_petals(sheet: Sheet) -> None:
    sheet.ikat((0, 0, 1200, 1200), [CREAM, "#ecd9b2", CREAM], "almond", 300, 10)
    tones = [NIGHT, INDIGO, COBALT, "#3f86c9", "#7db4dd", SKY]
    for place in range(6):
        lean = 74 - place * 14.5
        for side in (-1, 1):
            _petal(sheet, (600, 900), lean * side, 560 - place * 22, 122 - place * 8, tones[place])
    _petal(sheet, (600, 900), 0, 360, 64, SAFFRON)
    _petal(sheet, (600, 900), 0, 250, 34, CRIMSON)


def _petal(sheet: Sheet, foot: tuple[float, float], lean: float, length: float, half: float, fill: str) -> None:
    turn = math.radians(lean)
    sides: tuple[list[Any], list[Any]] = ([], [])
    for step in range(61):
        along = step / 60
        across = half * math.sin(math.pi * along**0.8)
        for points, sign in zip(sides, (-1, 1), strict=True):
            x, y = across * sign, -along * length
            points.append(
                (
                    foot[0] + x * math.cos(turn) - y * math.sin(turn),
                    foot[1] + x * math.sin(turn) + y * math.cos(turn),
                )
            )
    sheet.polygon([*sides[0], *reversed(sides[1])], fill)


def market_cloth(sheet: Sheet) -> None:
    sheet.box(0, 0, 1600, 900, "#3a2440")
    sheet.box(0, 40, 1600, 64, WALNUT)
    bolts = (
        ([CRIMSON, SAFFRON, NIGHT, PAPER], "almond", 210),
        ([PAPER, COBALT, SKY, NIGHT], "diamond", 170),
        ([SAFFRON, CRIMSON, PAPER, PINE], "comb", 230),
        ([TEAL, PAPER, OCHRE, POMEGRANATE], "diamond", 250),
        ([PAPER, POMEGRANATE, SAFFRON, INDIGO], "almond", 190),
        ([INDIGO, SAND, CRIMSON, PAPER], "comb", 200),
    )
    for place, (dyes, motif, repeat) in enumerate(bolts):
        left = 30 + place * 260
        foot = 880 - (place * 97) % 130
        for half in range(2):
            x = left + half * 120
            sheet.ikat((x, 52, x + 120, foot), dyes, motif, repeat)
        for x in range(left, left + 240, 8):
            sheet.box(x + 2, foot, x + 5, foot + 26, dyes[1])


def phones_on_table(sheet: Sheet) -> None:
    for plank in range(6):
        tone = blend("#b9793f", WALNUT, (plank * 37 % 50) / 100)
        sheet.box(0, plank * 200, 1200, plank * 200 + 196, tone)
    screens = (
        ([CRIMSON, SAFFRON, PAPER], "diamond"),
        ([PAPER, COBALT, SKY], "almond"),
        ([SAFFRON, POMEGRANATE, CREAM], "comb"),
        ([TEAL, PAPER, OCHRE], "almond"),
        ([INDIGO, SAND, CRIMSON], "diamond"),
        ([CREAM, PINE, MOSS], "comb"),
        ([POMEGRANATE, CREAM, SAFFRON], "almond"),
        ([SKY, NIGHT, PAPER], "comb"),
        ([OCHRE, PAPER, CRIMSON], "diamond"),
    )
    for place, (dyes, motif) in enumerate(screens):
        x, y = 110 + place % 3 * 350, 60 + place // 3 * 375
        sheet.box(x + 14, y + 16, x + 254, y + 356, blend(WALNUT, NIGHT, 0.45), 34)
        sheet.box(x, y, x + 240, y + 340, NIGHT, 34)
        sheet.ikat((x + 18, y + 34, x + 222, y + 306), dyes, motif, 136)


def open_books(sheet: Sheet) -> None:
    for column in range(4):
        dyes = ([CRIMSON, SAFFRON, PAPER, INDIGO], [CREAM, TEAL, SAND, POMEGRANATE])[column % 2]
        sheet.ikat((column * 300, 0, column * 300 + 300, 1200), dyes, ("almond", "diamond")[column % 2], 300, 10)
    covers = (COBALT, PINE, POMEGRANATE, OCHRE, NIGHT)
    for place, (x, y, size) in enumerate(
        ((330, 420, 0.9), (840, 380, 0.8), (600, 690, 1.05), (260, 1010, 1.0), (930, 1040, 1.1))
    ):
        _book(sheet, x, y, size, covers[place])


def _book(sheet: Sheet, x: float, y: float, size: float, cover: str) -> None:
    wide, high, deep = 190 * size, 230 * size, 60 * size
    sheet.polygon(
        [(x - wide - 30, y + 16), (x + wide + 40, y + 16), (x + wide, y + 34), (x - wide, y + 34)], "#2a1a1c"
    )
    sheet.polygon(
        [(x, y - high), (x - wide, y), (x - wide + deep, y + 20), (x + deep, y - high + 20)],
        blend(cover, NIGHT, 0.35),
    )
    sheet.polygon([(x + deep, y - high + 20), (x - wide + deep * 1.5, y + 12), (x + wide * 0.86, y + 12)], PAPER)
    for leaf in range(1, 5):
        foot = x - wide + deep * 1.5 + leaf * wide * 0.31
        sheet.line([(x + deep, y - high + 24), (foot, y + 10)], SAND, 3)
    sheet.polygon(
        [(x, y - high), (x + deep, y - high + 20), (x + wide + deep * 0.6, y + 20), (x + wide, y)], cover
    )
