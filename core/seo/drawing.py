"""Drawing of share pictures: the title of a page on the colour of its campaign, beside its adras pattern."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw

from core.design.adras import HEIGHT as REPEAT
from core.design.adras import THREADS, Cloth, cloth
from core.design.colours import ACCENTS, PAPER, channels, mix
from core.seo.text import Line, Text, paint, shape, shorten, wrap

WIDTH, HEIGHT = 1200, 630
DRAWING = 2  # part of the name of each picture: raise it when the drawing changes
THREAD, STEP = 5, 4  # pixels
CLOTH = THREADS * THREAD * 3  # three folds wide
MARGIN = 72
TEXT_WIDTH = WIDTH - CLOTH - MARGIN - 48
TITLE_SIZES = (88, 80, 72, 64, 58, 52, 46)
TITLE_HEIGHT = 410
LEADING = {"ltr": 1.16, "rtl": 1.5}
SITE_NAME_SIZE = 32
SHADES = 16  # of the edges of letters
LONGEST = 300  # characters of a title that are looked at


@lru_cache(maxsize=32)
def draw(title: str, site_name: str, code: str, direction: str, accent: str, seed: str) -> bytes:
    """Return a share picture of 1200 × 630 pixels as PNG. `code` and `direction` are those of the title's
    language; `seed` selects the pattern. Raise KeyError if `accent` is not one of the site's accents."""
    woven = cloth(seed, accent)
    colours = shades(ACCENTS[accent].light, PAPER["light"])
    dyes = list(dict.fromkeys([woven.ground, woven.ground_beside, woven.edge, *(dye for dye, *_ in woven.dyed)]))
    picture = Image.new("P", (WIDTH, HEIGHT), 0)
    picture.putpalette(bytes(value for colour in [*colours, *dyes] for value in channels(colour)))
    is_rtl = direction == "rtl"
    picture.paste(
        cloth_strip(woven, {dye: SHADES + place for place, dye in enumerate(dyes)}),
        (0 if is_rtl else WIDTH - CLOTH, 0),
    )
    size, lines = fitted(title, code, direction)
    leading = size * LEADING[direction]
    baseline = MARGIN + size * 0.86
    for line in lines:
        paint(picture, line, size, (start(line, size, is_rtl), baseline), SHADES)
        baseline += leading
    name = shape(shorten(Text.of(site_name, code, direction), TEXT_WIDTH / SITE_NAME_SIZE))
    paint(picture, name, SITE_NAME_SIZE, (start(name, SITE_NAME_SIZE, is_rtl), HEIGHT - MARGIN), SHADES)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def start(line: Line, size: int, is_rtl: bool) -> float:
    """Return where a line begins, as the distance of its left end from the left edge in pixels: at the margin or,
    if `is_rtl`, so that its right end is at the right margin."""
    return WIDTH - MARGIN - line.width * size if is_rtl else MARGIN


def fitted(title: str, code: str, direction: str) -> tuple[int, list[Line]]:
    """Return the largest size of TITLE_SIZES at which a title fits, and its lines. Only LONGEST characters are
    used; a title that is too long for the smallest size ends with an ellipsis."""
    text = Text.of(" ".join(title.split())[:LONGEST], code, direction)
    texts: list[Text] = []
    size = room = 0
    width = 0.0
    for size in TITLE_SIZES:
        width = TEXT_WIDTH / size
        texts = wrap(text, width)
        lines = [shape(each) for each in texts]
        room = int(TITLE_HEIGHT // (size * LEADING[direction]))
        if len(lines) <= room and all(line.width <= width for line in lines):
            return size, lines
    kept = texts[:room]
    if len(texts) > room:
        kept[-1] = kept[-1].cut()
    return size, [shape(shorten(each, width)) for each in kept]


def shades(ground: str, ink: str) -> list[str]:
    """Return SHADES colours in equal steps from `ground` to `ink`, for the smooth edges of letters."""
    return [mix(ink, ground, step / (SHADES - 1)) for step in range(SHADES)]


def cloth_strip(woven: Cloth, palette: dict[str, int]) -> Image.Image:
    """Return the strip of cloth, CLOTH pixels wide; `palette` maps colours to places in the picture's palette."""
    half = cloth_half(woven, palette)
    turned = half.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    strip = Image.new("P", (CLOTH, HEIGHT))
    for left in range(0, CLOTH, half.width):
        for top in range(0, HEIGHT, half.height):
            strip.paste(turned if left // half.width % 2 else half, (left, top))
    return strip


def cloth_half(woven: Cloth, palette: dict[str, int]) -> Image.Image:
    """Return half of the pattern's repeat, whose mirror image is the other half."""
    half = Image.new("P", (THREADS * THREAD, REPEAT * STEP), palette[woven.ground])
    pen = ImageDraw.Draw(half)
    seam = woven.seam * THREAD
    pen.rectangle((seam, 0, half.width, half.height), palette[woven.ground_beside])
    pen.rectangle((seam - THREAD, 0, seam - 1, half.height), palette[woven.edge])
    for dye, band, step in woven.dyed:
        for thread in range(band.first, band.last + 1):
            left = thread * THREAD
            for ends in band.runs(thread, step):
                top, foot = sorted(ends)  # two threads may slip past each other
                if foot > top:
                    pen.rectangle((left, top * STEP, left + THREAD - 1, foot * STEP - 1), palette[dye])
    return half
