"""Small tagged PDF files: a title and some lines in Latin and Cyrillic letters, with their language.

They are written by hand after ISO 32000-1, which takes less code than a library would need. The same content
always makes the same bytes."""

import zlib
from functools import cache
from pathlib import Path

from PIL import ImageFont

FONT = Path(__file__).parent / "fonts" / "noto-sans.ttf"
# The letters of the font: glyph n is letter n, counted from 1.
LETTERS = (
    "".join(map(chr, range(0x20, 0x7F))) + "«»–—’“”…№Ё" + "".join(map(chr, range(0x410, 0x450))) + "ёҒғҚқҲҳҶҷӢӣӮӯ"
)
# A5, in points.
WIDTH, HEIGHT, MARGIN = 420, 595, 40
TITLE_SIZE, LINE_SIZE, LEADING = 22, 12, 1.4


def write_pdf(title: str, lines: list[str], language: str) -> bytes:
    """Return a tagged PDF file of one page with a title and paragraphs (`lines`). Raise ValueError for a letter
    that the font does not have. Text that is too long runs off the page."""
    paragraphs = [(title, TITLE_SIZE, "H1"), *((line, LINE_SIZE, "P") for line in lines)]
    font = FONT.read_bytes()
    elements = range(11, 11 + len(paragraphs))
    return _assemble(
        [
            f"<< /Type /Catalog /Pages 2 0 R /Lang ({language}) /MarkInfo << /Marked true >> "
            "/StructTreeRoot 9 0 R /ViewerPreferences << /DisplayDocTitle true >> >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R /StructParents 0 "
            "/Tabs /S /Resources << /Font << /F 5 0 R >> >> >>",
            _stream(_content(paragraphs)),
            "<< /Type /Font /Subtype /Type0 /BaseFont /NotoSans /Encoding /Identity-H "
            "/DescendantFonts [6 0 R] /ToUnicode 10 0 R >>",
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /NotoSans /CIDToGIDMap /Identity "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor 7 0 R /W [1 [{' '.join(str(_advance(letter)) for letter in LETTERS)}]] >>",
            "<< /Type /FontDescriptor /FontName /NotoSans /Flags 32 /FontBBox [-78 -241 1011 936] "
            "/ItalicAngle 0 /Ascent 1069 /Descent -293 /CapHeight 714 /StemV 80 /FontFile2 8 0 R >>",
            _stream(font, f"/Length1 {len(font)}"),
            f"<< /Type /StructTreeRoot /K [{_refs(elements)}] /ParentTree << /Nums [0 [{_refs(elements)}]] >> >>",
            _stream(_to_unicode()),
            *(
                f"<< /Type /StructElem /S /{tag} /P 9 0 R /Pg 3 0 R /K {number} >>"
                for number, (_text, _size, tag) in enumerate(paragraphs)
            ),
        ],
        title,
    )


def _content(paragraphs: list[tuple[str, int, str]]) -> bytes:
    """Return the content stream of the page. `paragraphs` are (text, font size, structure tag)."""
    parts = [f"/Artifact BMC 0.086 0.106 0.247 rg 0 {HEIGHT - 14} {WIDTH} 14 re f EMC"]
    top: float = HEIGHT - MARGIN - TITLE_SIZE
    for number, (text, size, tag) in enumerate(paragraphs):
        parts.append(f"/{tag} << /MCID {number} >> BDC BT /F {size} Tf {size * LEADING:.1f} TL")
        parts.append(f"{MARGIN} {top:.1f} Td")
        rows = _wrapped(text, size)
        parts += [f"<{_glyphs(row)}> Tj T*" for row in rows]
        parts.append("ET EMC")
        top -= len(rows) * size * LEADING + 8
    return "\n".join(parts).encode()


def _wrapped(text: str, size: int) -> list[str]:
    """Return the lines of a text in this font size that fit between the margins. A longer word has a line of its
    own."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and sum(map(_advance, longer)) * size / 1000 > WIDTH - 2 * MARGIN:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def _glyphs(text: str) -> str:
    return "".join(f"{LETTERS.index(letter) + 1:04x}" for letter in text)


@cache
def _advance(letter: str) -> int:
    """Return the width of a letter in thousandths of the font size."""
    return round(_measure().getlength(letter))


@cache
def _measure() -> ImageFont.FreeTypeFont:
    """Return the font at 1000 pixels to the em, so that it measures in the units of PDF."""
    return ImageFont.truetype(FONT, 1000)


def _to_unicode() -> bytes:
    """Return the CMap that maps glyphs to letters, for searching and copying text."""
    pairs = [f"<{number:04x}> <{ord(letter):04x}>" for number, letter in enumerate(LETTERS, 1)]
    # A section may have at most 100 entries.
    sections = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    maps = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in sections)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
        "/CMapName /Letters def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{maps}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def _refs(numbers: range) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _stream(data: bytes, extra: str = "") -> bytes:
    """Return a compressed stream object of these data. `extra` are further entries of its dictionary."""
    packed = zlib.compress(data, 9)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {extra} >>\nstream\n".encode() + packed + b"\nendstream"


def _assemble(objects: list[str | bytes], title: str) -> bytes:
    """Return the file made of these objects, numbered from 1, with the title as metadata and the cross-reference
    table."""
    objects = [*objects, f"<< /Title <{_utf16(title)}> >>"]
    file, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    start, count = len(file), len(objects) + 1
    file += f"xref\n0 {count}\n0000000000 65535 f \n".encode()
    file += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    file += f"trailer\n<< /Size {count} /Root 1 0 R /Info {count - 1} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(file)


def _utf16(text: str) -> str:
    return ("\ufeff" + text).encode("utf-16-be").hex()
