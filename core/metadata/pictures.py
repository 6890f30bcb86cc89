"""Conversion of uploads into masters, the only stored copies: reduced, upright, sRGB, without metadata."""

import ctypes
import fcntl
import hashlib
import io
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

import pyvips
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import (
    Image,
    ImageCms,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
)
from pillow_heif import register_heif_opener

from core.metadata.boxes import Box, children, numbers
from core.metadata.credits import credit_of
from core.typed import AnyFile

register_heif_opener()

if TYPE_CHECKING:
    BytesFile = ContentFile[bytes]
else:
    BytesFile = ContentFile

LONGEST_SIDE = 2560  # pixels
TIFF_SUBFILE = 254
ROWS = 256
FORMATS = ("AVIF", "BMP", "GIF", "HEIF", "JPEG", "PNG", "TIFF", "WEBP")
# Pillow would hold a WebP four times at full size, and takes half as long again for a PNG.
DECODED_BY_VIPS = ("PNG", "WEBP")
TEXTS_OF_PNG = (b"eXIf", b"iTXt", b"tEXt", b"zTXt")
ANIMATED = ("AVIF", "GIF", "PNG", "WEBP")
MILLION = 1_000_000
# A JPEG is decoded at reduced size. Others may be held at full size, even PNG (interlaced) and WebP (lossless).
MOST_PIXELS = {"JPEG": 100 * MILLION, "MPO": 100 * MILLION}
MOST_PIXELS_OTHERWISE = 40 * MILLION
# These are held at full size in several copies. Measured bytes for each pixel, by how many of these a picture has:
# transparency, colours that are not reduced to a quarter, more than 8 bits a value.
BYTES_OF_PIXEL = {"AVIF": (10, 12, 16, 18), "HEIF": (8, 10, 16, 21)}
MOST_BYTES = 400 << 20
# A progressive JPEG is held at full size while it is decoded, two bytes for each value, even if it is reduced.
MOST_PROGRESSIVE_VALUES = 160 * MILLION
# glibc would keep the memory of each thread's first picture. With a fixed threshold (mallopt(3)) it is returned.
M_MMAP_THRESHOLD, MEGABYTE = -3, 1 << 20
with suppress(AttributeError):
    ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, MEGABYTE)
# libvips would start a thread for each core, and keep what it has decoded.
pyvips.concurrency_set(1)
pyvips.cache_set_max(0)
pyvips.block_untrusted_set(True)
# Keys of Pillow's `info` with metadata. Others describe animation, transparency and colour.
TELLING = ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "iptc", "comment", "Comment", "mp")
SAVED_AS = {
    "JPEG": ("jpg", {"quality": 90, "optimize": True, "progressive": True}),
    # Method 2 takes half of the time of the default 4, for files that are up to 3 % larger.
    "WEBP": ("webp", {"quality": 90, "method": 2}),
    "PNG": ("png", {"compress_level": 1}),
}


class PictureRefused(ValidationError):
    """Raised for a file that cannot be stored as a picture. Its message is shown to the user who uploaded it."""


class Master(BytesFile):
    """Picture as it is stored. `credit` is the author and copyright from the uploaded file."""

    name: str

    def __init__(self, content: bytes, extension: str, size: tuple[int, int], credit: str):
        super().__init__(content, name=neutral_name(extension))
        self.digest = hashlib.sha1(content).hexdigest()
        self.image_size = size
        self.credit = credit


def neutral_name(extension: str) -> str:
    """Return a random file name of 32 hexadecimal digits, which cannot be guessed, with this extension in lower
    case; its dot may be left out."""
    return f"{secrets.token_hex(16)}.{extension.lower().lstrip('.')}"


def is_neutral(name: str) -> bool:
    """Return whether a name has the form of those of `neutral_name`: its last part, without extension, is 32
    hexadecimal digits."""
    stem = PurePath(name).stem
    return len(stem) == 32 and not set(stem) - set("0123456789abcdef")


def clean_picture(file: AnyFile | BinaryIO) -> Master:
    """Return the master of a picture: reduced to LONGEST_SIDE, upright, in sRGB, without metadata.

    Raise PictureRefused if the picture is damaged, of another format than FORMATS, animated or of several pages,
    or, before it is decoded, if it has too many pixels.
    """
    try:
        with _alone():
            picture, source, credit = _opened(cast("BinaryIO", file))  # Django's File has its methods
            return _saved(_eight_bits(picture), source, credit)
    except PictureRefused:
        raise
    except UnidentifiedImageError as error:
        raise PictureRefused(_unreadable()) from error
    except Image.DecompressionBombError as error:
        raise PictureRefused(_too_large(MOST_PIXELS["JPEG"])) from error
    except Exception as error:
        # Decoders raise many kinds of errors for damaged files.
        raise PictureRefused(_("The image is incomplete or damaged. Upload it again.")) from error


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other thread or process on this machine makes a master, and let none begin meanwhile: each
    takes up to 400 MB and a whole core, which readers need."""
    # Any file that all processes can read will do. The system releases the lock of a process that is killed.
    with open(__file__) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _opened(file: BinaryIO) -> tuple[Image.Image, str, str]:
    """Return the picture reduced and upright, the format of the file, and its credit. Raise PictureRefused if it
    is too large or has several frames or pages; errors of decoding are passed on."""
    file.seek(0)
    with Image.open(file, formats=FORMATS) as picture:
        _check_size(picture)
        _check_frames(picture)
        if isinstance(picture, PngImagePlugin.PngImageFile):
            _read_on(picture)
        assert picture.format is not None  # it was opened as one of FORMATS
        if picture.format in DECODED_BY_VIPS:
            decoded = _decoded_by_vips(file)
            decoded.info = picture.info
            return _upright(decoded), picture.format, credit_of(decoded)
        return _upright(_decoded(picture)), picture.format, credit_of(picture)


def _check_frames(picture: Image.Image) -> None:
    """Raise PictureRefused for animations, and for TIFF files of several pages, of which only one would be
    shown."""
    if picture.format in ANIMATED and getattr(picture, "is_animated", False):
        raise PictureRefused(_("Animated images are not supported. Upload a video instead."))
    if picture.format == "TIFF":
        assert isinstance(picture, TiffImagePlugin.TiffImageFile)
        # A reduced copy (1) or a mask (4) of the page is allowed (TIFF 6.0, section 8).
        for number in range(1, picture.n_frames):
            picture.seek(number)
            if not picture.tag_v2.get(TIFF_SUBFILE, 0) & (1 | 4):
                raise PictureRefused(_("The image has several pages. Upload it as a PDF document."))
        picture.seek(0)


def _read_on(png: PngImagePlugin.PngImageFile) -> None:
    """Read a PNG to its end, as texts and Exif may follow the pixels. Raise SyntaxError or struct.error if a
    checksum is wrong or a part is missing."""
    chunks = png.png
    assert chunks is not None  # it was opened just now
    assert chunks.fp is not None
    chunks.fp.seek(png.tile[0].offset - 8)
    while (chunk := chunks.read())[0] != b"IEND":
        kind, _place, length = chunk
        chunks.crc(kind, chunks.call(*chunk) if kind in TEXTS_OF_PNG else chunks.fp.read(length))


def picture_size(file: BinaryIO) -> tuple[int | None, int | None]:
    """Return width and height from the header, without decoding, or (None, None) if there is no valid header."""
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as picture:
            return picture.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None, None
    finally:
        file.seek(0)


def telling_parts(file: BinaryIO) -> list[str]:
    """Return the kinds of metadata in a stored picture; none for a master. "original" means that it is larger than
    a master or of another format, "unreadable" that it cannot be read. Only PNG files are decoded."""
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.format == "PNG":
                # Texts may follow the pixels.
                picture.load()
            found = {name for name in TELLING if picture.info.get(name)} | set(
                getattr(picture, "text", None) or ()
            )
            found |= {name for name in getattr(picture, "app", {}) if name.startswith(("APP1", "APP2", "COM"))}
            if max(picture.size) > LONGEST_SIDE or picture.format not in SAVED_AS:
                found.add("original")
            if picture.info.get("icc_profile"):
                found.add("icc_profile")
            return sorted(found)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return ["unreadable"]
    finally:
        file.seek(0)


def _check_size(picture: ImageFile.ImageFile) -> None:
    """Raise PictureRefused if decoding the picture would take too much memory."""
    most = MOST_PIXELS.get(picture.format or "", MOST_PIXELS_OTHERWISE)
    # A PNG may have a text of that name.
    if isinstance(picture, JpegImagePlugin.JpegImageFile) and picture.info.get("progressive"):
        most = min(most, int(MOST_PROGRESSIVE_VALUES / _values_of_pixel(picture)))
    if picture.format in BYTES_OF_PIXEL:
        most = min(most, MOST_BYTES // BYTES_OF_PIXEL[picture.format][_extras(picture)])
    if picture.width * picture.height > most:
        raise PictureRefused(_too_large(most))


def _extras(picture: ImageFile.ImageFile) -> int:
    """Return how many of the properties that BYTES_OF_PIXEL counts an AVIF or HEIC has."""
    if picture.format == "AVIF":
        is_deep, is_fully_coloured = _av1_values(cast("BinaryIO", picture.fp))
    else:
        is_deep, is_fully_coloured = picture.info["bit_depth"] > 8, picture.info["chroma"] not in (400, 420)
    return sum((picture.mode == "RGBA", is_deep, is_fully_coloured))


def _av1_values(avif: BinaryIO) -> tuple[bool, bool]:
    """Return whether any part of an AVIF has more than 8 bits a value, and whether any has colours that are not
    reduced to a quarter, by the third byte of `av1C` (AV1 Codec ISO Media File Format Binding, 2.3.3)."""
    box = Box(b"", 0, 0, avif.seek(0, io.SEEK_END))
    for kind, skipped in ((b"meta", 0), (b"iprp", 4), (b"ipco", 0)):
        [box] = children(avif, box, kind, skipped)
    codes = [numbers(avif, each.body, each.end, "3B")[2] for each in children(avif, box, b"av1C")]
    return any(code & 0x40 for code in codes), any(not code & 0x10 and code & 0x0C != 0x0C for code in codes)


def _values_of_pixel(jpeg: JpegImagePlugin.JpegImageFile) -> float:
    """Return the number of values for each pixel of a JPEG, whose colours are usually subsampled."""
    counts = [across * down for _name, across, down, _table in jpeg.layer]
    return sum(counts) / max(counts)


def _too_large(most: int) -> str:
    message = _("The image has more than %(number)s million pixels. Reduce its size and upload it again.")
    return message % {"number": most // MILLION}


def _unreadable() -> str:
    return _("The file is damaged or not an image. Upload a JPEG, PNG, WebP, HEIC, AVIF or GIF.")


def _decoded(picture: Image.Image) -> Image.Image:
    """Return the decoded picture, at most LONGEST_SIDE wide and high, in its own colour space and in a mode that
    can be reduced and converted."""
    picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    is_transparent = "transparency" in picture.info
    if picture.mode == "P":
        # Entries of a palette cannot be interpolated.
        picture = picture.convert("RGBA" if is_transparent else "RGB")
    elif picture.mode in ("1", "L", "RGB") and is_transparent:
        picture = picture.convert("RGBA")
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode.startswith("I;16"):
        picture = picture.convert("I")
    elif picture.mode in ("I", "F"):
        # The value of white is not defined in these modes: use the brightest one.
        brightest = picture.getextrema()[1]
        assert not isinstance(brightest, tuple)  # these modes have one channel
        picture = picture.point(lambda value: value * (65535 / brightest if brightest > 0 else 1))
    picture = _reduced(picture)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return picture


def _decoded_by_vips(file: BinaryIO) -> Image.Image:
    """Return the decoded picture, at most LONGEST_SIDE wide and high, in its own colour space and with 8 bits a
    channel.

    It is reduced while it is decoded. Raise pyvips.Error if it is damaged.
    """
    file.seek(0)
    picture = pyvips.Image.thumbnail_buffer(
        file.read(), LONGEST_SIDE, height=LONGEST_SIDE, size="down", no_rotate=True, fail_on="error"
    )
    mode = ("L", "LA", "RGB", "RGBA")[picture.bands - 1]
    return Image.frombytes(mode, (picture.width, picture.height), picture.write_to_memory())


def _reduced(picture: Image.Image) -> Image.Image:
    """Return the picture reduced by a whole factor, so that its longer side is still at least LONGEST_SIDE;
    unchanged if that is less than two.

    This takes half of the time of an exact reduction. It is done in strips, as Pillow copies transparent pictures.
    """
    factor = max(picture.size) // LONGEST_SIDE
    if factor < 2:
        return picture
    width, height = picture.size
    small = Image.new(picture.mode, (-(-width // factor), -(-height // factor)))
    small.info = picture.info
    for top in range(0, height, factor * ROWS):
        strip = picture.crop((0, top, width, min(top + factor * ROWS, height)))
        small.paste(strip.reduce(factor), (0, top // factor))
    return small


def _upright(picture: Image.Image) -> Image.Image:
    """Return the picture rotated as its Exif orientation says; unchanged if that cannot be read."""
    with suppress(SyntaxError, TypeError, KeyError, ValueError):
        return ImageOps.exif_transpose(picture)
    # The orientation cannot be read.
    return picture


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Return the picture in sRGB with 8 bits a channel, in mode L, RGB or RGBA."""
    profile = picture.info.get("icc_profile")
    if picture.mode in ("I", "F"):
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("LA", "PA", "La", "RGBa"):
        picture = picture.convert("RGBA")
    if profile and (converted := _in_srgb(picture, profile)):
        return converted
    return picture if picture.mode in ("L", "RGB", "RGBA") else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """Return the picture converted to sRGB, or None if the profile is damaged or does not fit its channels."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(
            picture,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode=mode,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    return None


def _saved(picture: Image.Image, source: str, credit: str) -> Master:
    """Return the master: as WebP for a WebP, as PNG for PNG, GIF and BMP, else as JPEG, or as WebP if it is
    transparent. `source` is the format of the upload."""
    target = {"WEBP": "WEBP", "PNG": "PNG", "GIF": "PNG", "BMP": "PNG"}.get(source, "JPEG")
    if target == "JPEG" and picture.mode == "RGBA":
        target = "WEBP"
    extension, options = SAVED_AS[target]
    # Pillow would write some of this into the file.
    picture.info = {}
    saved = io.BytesIO()
    picture.save(saved, target, **options)
    return Master(saved.getvalue(), extension, picture.size, credit)
