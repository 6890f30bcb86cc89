"""Text rendering for share pictures, in every script of the site: ordered by the Unicode bidirectional algorithm
(UAX #9), shaped and drawn by HarfBuzz. Needs no system fonts and no system libraries."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from bidi import algorithm
from PIL import Image

from core.languages import bidi

FONTS = Path(__file__).parent / "fonts"
# For each letter the first font that has it is used.
FILES = ("vollkorn.ttf", "noto-naskh-arabic.ttf")
# Characters that rule X9 removes, such as joiners. They are kept here, as they shape the letters beside them.
UNORDERED = {*algorithm.X9_REMOVED}
BRACKETS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class Text:
    """Characters in logical order, each with its embedding level; odd levels run from right to left."""

    characters: str
    levels: tuple[int, ...]
    code: str

    @classmethod
    def of(cls, characters: str, code: str, direction: str) -> "Text":
        return cls(characters, tuple(levels(characters, direction)), code)

    def part(self, start: int, end: int | None = None) -> "Text":
        """Return a part of the text with the levels of the whole, as brackets may open and close in different
        lines."""
        return Text(self.characters[start:end], self.levels[start:end], self.code)

    def cut(self) -> "Text":
        """Return the text without its last character (spaces and ellipses aside) and with an ellipsis at the
        end."""
        end = len(self.characters.rstrip(" …"))
        kept = self.characters[: end - 1].rstrip()
        return Text(kept + "…", self.levels[: len(kept)] + self.levels[:1], self.code)


@dataclass(frozen=True)
class Glyph:
    """A shaped letter: place of its font in FILES, number in the font, and position as in `Line`."""

    font: int
    code: int
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """A shaped line. Positions and width are in units of the font size, measured from the left end of the
    baseline, upwards."""

    glyphs: tuple[Glyph, ...]
    width: float


@dataclass(frozen=True)
class Run:
    """Characters in a row with the same font and embedding level."""

    text: str
    font: int
    level: int


@cache
def fonts() -> tuple[hb.Font, ...]:
    """Return the fonts in the order of FILES."""
    return tuple(hb.Font(hb.Face(hb.Blob.from_file_path(str(FONTS / name)))) for name in FILES)


@cache
def letters(font: int) -> frozenset[int]:
    """Return the code points that a font has."""
    return frozenset(fonts()[font].face.unicodes)


def levels(text: str, direction: str) -> list[int]:
    """Return the embedding level of each character in a text of this direction. In right-to-left text, runs such
    as telephone numbers are isolated: to the text around them they are one neutral character (rule BD9)."""
    found: list[int] = []
    end, outside = 0, []
    isolates = list(bidi.runs(text)) if direction == "rtl" else []
    for start, stop in isolates:
        outside.append(text[end:start])
        end = stop
    own = _own_levels("\ufffc".join([*outside, text[end:]]), direction)
    place = 0
    for before, (start, stop) in zip(outside, isolates, strict=True):
        place += len(before)
        found += own[place - len(before) : place]
        found += [own[place] + 2 - own[place] % 2] * (stop - start)
        place += 1
    return found + own[place:]


def _own_levels(text: str, direction: str) -> list[int]:
    """Return the embedding level of each character of a text without isolates."""
    storage = algorithm.get_empty_storage()
    storage["base_level"] = base = int(direction == "rtl")
    storage["base_dir"] = "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    pair_brackets(storage["chars"], "LR"[base])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    ordered = iter(storage["chars"])
    found: list[int] = []
    for character in text:
        if algorithm.bidirectional(character) in UNORDERED:
            found.append(found[-1] if found else base)
        else:
            found.append(next(ordered)["level"])
    return found


def pair_brackets(characters: list[dict[str, Any]], base: str) -> None:
    """Set, in `characters`, the types of paired brackets by rule N0 of the algorithm, which the library lacks: the
    direction of the text (`base`, "L" or "R") if they enclose any of it, otherwise that of the text before them;
    unchanged if they enclose nothing strong."""
    strong = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}
    ways = [strong.get(character["type"]) for character in characters]
    opened: list[tuple[int, str]] = []
    for place, character in enumerate(characters):
        if character["ch"] in BRACKETS:
            opened.append((place, BRACKETS[character["ch"]]))
        elif any(closing == character["ch"] for _place, closing in opened):
            while opened[-1][1] != character["ch"]:
                opened.pop()
            first = opened.pop()[0]
            inside = {way for way in ways[first:place] if way}
            before = next((way for way in reversed(ways[:first]) if way), base)
            if inside:
                way = base if base in inside else before
                for each in (first, place):
                    characters[each]["type"] = ways[each] = way


def runs(text: Text) -> list[Run]:
    """Return the runs of a text in logical order, each with the first font that has its letters. Characters that
    no font has are left out."""
    found: list[Run] = []
    for character, level in zip(text.characters, text.levels, strict=True):
        last = found[-1] if found else None
        having = [font for font in range(len(FILES)) if ord(character) in letters(font)]
        if not having:
            continue
        # A space or a joiner stays with the letters before it.
        font = last.font if last and last.font in having and not character.isalnum() else having[0]
        if last and (last.font, last.level) == (font, level):
            found[-1] = Run(last.text + character, font, level)
        else:
            found.append(Run(character, font, level))
    return found


def from_left(found: list[Run]) -> list[Run]:
    """Return the runs in visual order from the left, by rule L2 of the algorithm: sequences at or above a level
    are reversed, from the highest level down."""
    ordered = list(found)
    for level in range(max((run.level for run in found), default=0), 0, -1):
        start = None
        for place, run in enumerate([*ordered, Run("", 0, -1)]):
            if run.level >= level and start is None:
                start = place
            elif run.level < level and start is not None:
                ordered[start:place] = reversed(ordered[start:place])
                start = None
    return ordered


def shape(text: Text) -> Line:
    """Return a text as one shaped line, in visual order."""
    glyphs: list[Glyph] = []
    pen = 0.0
    for run in from_left(runs(text)):
        font = fonts()[run.font]
        em = font.face.upem
        buffer = hb.Buffer()
        buffer.add_str(run.text)
        buffer.direction = "rtl" if run.level % 2 else "ltr"
        buffer.guess_segment_properties()
        # Some letters differ between languages of one script.
        buffer.language = text.code
        hb.shape(font, buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyphs.append(Glyph(run.font, info.codepoint, pen + place.x_offset / em, place.y_offset / em))
            pen += place.x_advance / em
    return Line(tuple(glyphs), pen)


def wrap(text: Text, width: float) -> list[Text]:
    """Return a text as lines of at most `width` (in units of the font size), broken at spaces. A wider word gets
    its own line."""
    space = shape(Text(" ", text.levels[:1], text.code)).width if text.levels else 0
    lines: list[list[int]] = []
    room = 0.0
    for word in re.finditer(r"\S+", text.characters):
        taken = shape(text.part(*word.span())).width
        if lines and taken + space <= room:
            lines[-1][1] = word.end()
            room -= taken + space
        else:
            lines.append([*word.span()])
            room = width - taken
    return [text.part(*ends) for ends in lines]


def shorten(text: Text, width: float) -> Text:
    """Return a text, cut with an ellipsis until it is at most `width` (in units of the font size) or one character
    long."""
    while shape(text).width > width and len(text.characters) > 1:
        text = text.cut()
    return text


def paint(picture: Image.Image, line: Line, size: float, at: tuple[float, float], shades: int) -> None:
    """Paint a line of `size` pixels into a picture; `at` is the left end of the baseline in pixels. The picture's
    palette must begin with `shades` colours from the ground to the colour of the letters."""
    draw = hb.RasterDraw()
    for glyph in line.glyphs:
        font = fonts()[glyph.font]
        scale = size / font.face.upem
        draw.transform = (scale, 0, 0, scale, glyph.x * size, glyph.y * size)
        draw.draw_glyph(font, glyph.code)
    drawn = draw.render()
    extents = drawn.extents if drawn else None
    if extents and extents.width and extents.height:
        box = (extents.width, extents.height)
        mask = Image.frombytes("L", box, bytes(drawn.buffer), "raw", "L", extents.stride, -1)
        left, top = round(at[0]) + extents.x_origin, round(at[1]) - extents.y_origin - extents.height
        inked = mask.point([value * (shades - 1) // 255 for value in range(256)])
        picture.paste(inked, (left, top), inked.point([0] + [255] * 255))
