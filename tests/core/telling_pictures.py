"""Pictures that tell everything a picture can tell; each marker is one that no stored or served byte may carry."""

import io
import struct
import zlib
from functools import cache
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

MODEL, PLACE, PERSON, WORDS, TAIL = (
    "Pocketphone 7000",
    "38.5598N",
    "Zarina Example",
    "said in a comment",
    "behind the end",
)
MARKERS = [text.encode() for text in (MODEL, PLACE, WORDS, TAIL, "Exif\0\0", "http://ns.adobe.com/xap", "8BIM")]
SIZE = (320, 200)
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" '
    'tiff:Model="{model}"><dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>'
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt></dc:rights>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def drawing(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    """Blue, with a red corner at the upper left."""
    picture = Image.new("RGB", size, (0, 0, 200))
    picture.paste((220, 0, 0), (0, 0, size[0] // 4, size[1] // 4))
    return picture.convert(mode)


def exif(artist: str | bytes = "", copyright_: str | bytes = "", orientation: int = 1) -> bytes:
    """With a camera, a position and a thumbnail of its own."""
    found = Image.Exif()
    found[0x0110], found[0x0132], found[0x0112] = MODEL, "2024:08:16 10:11:12", orientation
    for tag, text in ((0x013B, artist), (0x8298, copyright_)):
        if text:
            found[tag] = text if isinstance(text, bytes) else text.encode()
    found.get_ifd(0x8825).update({1: "N", 2: (38.0, 33.0, 35.28), 29: "2024:08:16", 27: PLACE.encode()})
    return found.tobytes()


def xmp(author: str = "", rights: str = "") -> bytes:
    return XMP.format(model=MODEL, author=author, rights=rights).encode()


def iptc(*records: tuple[int, int, bytes]) -> bytes:
    """An APP13 segment."""
    body = b"".join(struct.pack(">BBBH", 0x1C, r, d, len(text)) + text for r, d, text in records)
    block = b"8BIM\x04\x04\0\0" + struct.pack(">L", len(body)) + body + (b"\0" if len(body) % 2 else b"")
    return segment(0xED, b"Photoshop 3.0\0" + block)


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def jpeg(*segments: bytes, mode: str = "RGB", tail: bytes = b"", size: tuple[int, int] = SIZE, **options) -> bytes:
    saved = written(drawing(mode, size), "JPEG", **options)
    return saved[:2] + b"".join(segments) + saved[2:] + tail


def written(picture: Image.Image, kind: str, **options) -> bytes:
    saved = io.BytesIO()
    picture.save(saved, kind, **options)
    return saved.getvalue()


def chunk_of_png(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))


def png_of_16_bits(size: tuple[int, int], colour: tuple[int, int, int]) -> bytes:
    """In colours, which Pillow does not write."""
    rows = (b"\0" + struct.pack(">HHH", *colour) * size[0]) * size[1]
    header = struct.pack(">LLBBBBB", *size, 16, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk_of_png(b"IHDR", header)
        + chunk_of_png(b"IDAT", zlib.compress(rows))
        + chunk_of_png(b"IEND", b"")
    )


def heic_of_10_bits(size: tuple[int, int], colour: tuple[int, int, int]) -> bytes:
    saved = io.BytesIO()
    rows = struct.pack("<HHH", *colour) * size[0] * size[1]
    pillow_heif.from_bytes("RGB;16", size, rows).save(saved, bit_depth=10)
    return saved.getvalue()


def thumbnail_in_exif() -> bytes:
    """An Exif segment whose thumbnail is a picture of its own, with a comment."""
    small = jpeg(segment(0xFE, WORDS.encode()), size=(32, 20))
    header = b"II*\0\x08\0\0\0" + struct.pack("<H", 0) + struct.pack("<L", 14)
    entries = struct.pack("<HHLL", 0x0201, 4, 1, 44) + struct.pack("<HHLL", 0x0202, 4, 1, len(small))
    return segment(0xE1, b"Exif\0\0" + header + struct.pack("<H", 2) + entries + struct.pack("<L", 0) + small)


@cache
def everything() -> dict[str, bytes]:
    """By file name, one of each format with all that the format can tell."""
    tail = TAIL.encode()
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", WORDS)
    text.add_text("progressive", "1")
    text.add_itxt("XML:com.adobe.xmp", xmp().decode())
    telling: dict[str, Any] = {"exif": exif(PERSON), "xmp": xmp()}
    return {
        "IMG_20240816_Malika.jpg": jpeg(
            iptc((2, 80, PERSON.encode()), (2, 90, PLACE.encode())),
            segment(0xFE, WORDS.encode()),
            tail=tail,
            **telling,
        ),
        "thumbnail.jpeg": jpeg(thumbnail_in_exif(), tail=tail),
        "text.png": written(drawing(), "PNG", pnginfo=text, exif=exif(PERSON)) + tail,
        "photo.webp": written(drawing(), "WEBP", **telling),
        "photo.avif": written(drawing(), "AVIF", **telling),
        "photo.heic": written(drawing(), "HEIF", **telling),
        "scan.tif": written(drawing(), "TIFF", exif=exif(PERSON)) + tail,
        "screen.bmp": written(drawing(), "BMP") + tail,
        "still.gif": written(drawing("P"), "GIF", comment=WORDS.encode()) + tail,
    }


def profile_of_display_p3() -> bytes:
    """An ICC profile with the primaries of Display P3, made from sRGB's by exchanging them."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    primaries = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for place in range(132, 132 + 12 * struct.unpack(">L", profile[128:132])[0], 12):
        tag, offset, _length = struct.unpack(">4sLL", profile[place : place + 12])
        if tag in primaries:
            numbers = (round(number * 65536) for number in primaries[tag])
            profile[offset + 8 : offset + 20] = struct.pack(">3l", *numbers)
    return bytes(profile)


def profile_of_a_press() -> bytes:
    """An ICC profile of inks (ICC.1:2001-04, lut8): its cyan is green, and two inks together are darker."""
    colours = [
        (100 - 40 * c - 30 * m - 15 * y - 15 * k, -60 * c + 50 * m, 40 * c + 60 * y)
        for c in (0, 1)
        for m in (0, 1)
        for y in (0, 1)
        for k in (0, 1)
    ]
    straight = bytes(range(256))
    table = b"".join(
        bytes((round(light * 2.55), max(0, min(255, a + 128)), max(0, min(255, b + 128))))
        for light, a, b in colours
    )
    matrix = struct.pack(">9l", *(65536 if number % 4 == 0 else 0 for number in range(9)))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + matrix + straight * 4 + table + straight * 3
    lut += bytes(-len(lut) % 4)
    white = b"XYZ \0\0\0\0" + struct.pack(">3l", 63190, 65536, 54061)
    tags = struct.pack(">L", 2)
    tags += struct.pack(">4sLL", b"A2B0", 156, len(lut)) + struct.pack(">4sLL", b"wtpt", 156 + len(lut), 20)
    head = struct.pack(
        ">L4sL4s4s4s12x4s", 156 + len(lut) + 20, b"lcms", 0x02100000, b"prtr", b"CMYK", b"Lab ", b"acsp"
    )
    head = head.ljust(68, b"\0") + struct.pack(">3l", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + tags + lut + white
