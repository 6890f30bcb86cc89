"""One function makes of any picture the only copy that is stored: small, upright, sRGB, without metadata."""

import ctypes
import hashlib
import io
import secrets
import threading
from contextlib import suppress
from pathlib import PurePath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from core.metadata.credits import credit_of

register_heif_opener()

LONGEST_SIDE = 2560  # pixels
TIFF_SUBFILE = 254
ROWS = 256
FORMATS = ("AVIF", "BMP", "GIF", "HEIF", "JPEG", "PNG", "TIFF", "WEBP")
ANIMATED = ("AVIF", "GIF", "PNG", "WEBP")
MILLION = 1_000_000
# A JPEG is decoded at a fraction of its size, all others whole, a WebP in several copies.
MOST_PIXELS = {"JPEG": 100 * MILLION, "MPO": 100 * MILLION, "WEBP": 25 * MILLION}
MOST_PIXELS_OTHERWISE = 40 * MILLION
# A progressive JPEG is kept whole while it is decoded, two bytes for each value, whatever its size afterwards.
MOST_PROGRESSIVE_VALUES = 160 * MILLION
# Decoding takes up to 360 MB: the threads of a process do so one after the other, and pack what they have
# decoded, which is small, at once.
_decoding = threading.Lock()
# glibc would keep for each thread what its first picture took. Of a fixed size on, mallopt(3), it gives all back.
M_MMAP_THRESHOLD, MEGABYTE = -3, 1 << 20
with suppress(AttributeError):
    ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, MEGABYTE)
# What Pillow hands out that tells more than the picture; animation, transparency and colour are no metadata.
TELLING = ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "iptc", "comment", "Comment", "mp")
SAVED_AS = {
    "JPEG": ("jpg", {"quality": 90, "optimize": True, "progressive": True}),
    "WEBP": ("webp", {"quality": 90}),
    "PNG": ("png", {"compress_level": 1}),
}


class PictureRefused(ValidationError):
    """Raised for a file that cannot be stored as a picture. Its message is shown to the user who uploaded it."""


class Master(ContentFile):
    """A picture as it is stored. `credit` is what the uploaded file said about its author."""

    def __init__(self, content: bytes, extension: str, size: tuple[int, int], credit: str):
        super().__init__(content, name=neutral_name(extension))
        self.digest = hashlib.sha1(content).hexdigest()
        self.image_size = size
        self.credit = credit


def neutral_name(extension: str) -> str:
    """Return a file name that neither tells anything nor can be guessed."""
    return f"{secrets.token_hex(16)}.{extension.lower().lstrip('.')}"


def is_neutral(name: str) -> bool:
    stem = PurePath(name).stem
    return len(stem) == 32 and not set(stem) - set("0123456789abcdef")


def clean_picture(file: BinaryIO) -> Master:
    """Return the master of a picture. Raises PictureRefused before decoding where it is too large."""
    try:
        with _decoding:
            picture, source, credit = _opened(file)
        return _saved(_eight_bits(picture), source, credit)
    except PictureRefused:
        raise
    except UnidentifiedImageError as error:
        raise PictureRefused(_unreadable()) from error
    except Image.DecompressionBombError as error:
        raise PictureRefused(_too_large(MOST_PIXELS["JPEG"])) from error
    except Exception as error:
        # Whatever a decoder comes upon in a damaged file.
        raise PictureRefused(_("The picture is cut off or damaged. Upload it once more.")) from error


def _opened(file: BinaryIO) -> tuple[Image.Image, str, str]:
    """Return the picture in the size of its master, the format of the file, and whom it names as its author."""
    file.seek(0)
    with Image.open(file, formats=FORMATS) as picture:
        _check_size(picture)
        _check_frames(picture)
        if picture.format == "PNG":
            _check_sums(file)
        decoded = _decoded(picture)
        return _upright(decoded), picture.format, credit_of(picture)


def _check_frames(picture: Image.Image) -> None:
    """Raise PictureRefused where only a part of it would be seen."""
    if picture.format in ANIMATED and getattr(picture, "is_animated", False):
        raise PictureRefused(_("A moving picture would stand still. Upload it as a film."))
    if picture.format == "TIFF":
        # Beside a page there may be a smaller copy of it (1) and its mask (4): TIFF 6.0, section 8.
        for number in range(1, picture.n_frames):
            picture.seek(number)
            if not picture.tag_v2.get(TIFF_SUBFILE, 0) & (1 | 4):
                raise PictureRefused(_("This picture has several pages. Upload it as a PDF document."))
        picture.seek(0)


def _check_sums(file: BinaryIO) -> None:
    """Raise SyntaxError or OSError for a PNG of which a part is changed or missing."""
    place = file.tell()
    file.seek(0)
    with Image.open(file, formats=["PNG"]) as copy:
        copy.verify()
    file.seek(place)


def picture_size(file: BinaryIO) -> tuple[int | None, int | None]:
    """Return width and height as the header states them, without decoding; (None, None) where there is none."""
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as picture:
            return picture.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None, None
    finally:
        file.seek(0)


def telling_parts(file: BinaryIO) -> list[str]:
    """Return the names of the metadata in a stored picture, from its header alone. Empty for a master."""
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.format == "PNG":
                # Text may stand behind the pixels.
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


def _check_size(picture: Image.Image) -> None:
    most = MOST_PIXELS.get(picture.format, MOST_PIXELS_OTHERWISE)
    if picture.info.get("progressive"):
        most = min(most, int(MOST_PROGRESSIVE_VALUES / _values_of_pixel(picture)))
    if picture.width * picture.height > most:
        raise PictureRefused(_too_large(most))


def _values_of_pixel(jpeg: Image.Image) -> float:
    """Return how many values a JPEG has for each pixel: of colours there are usually fewer than of brightness."""
    counts = [across * down for _name, across, down, _table in jpeg.layer]
    return sum(counts) / max(counts)


def _too_large(most: int) -> str:
    message = _("The picture has more than %(number)s million pixels. Make it smaller and upload it again.")
    return message % {"number": most // MILLION}


def _unreadable() -> str:
    return _("This is no picture that can be read, or it is cut off. Upload a JPEG, PNG, WebP, HEIC, AVIF or GIF.")


def _decoded(picture: Image.Image) -> Image.Image:
    """Return it decoded, at most LONGEST_SIDE wide and high, still in its own colours."""
    picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    is_transparent = "transparency" in picture.info
    if picture.mode == "P":
        # Between the entries of a palette nothing can be mixed.
        picture = picture.convert("RGBA" if is_transparent else "RGB")
    elif picture.mode in ("1", "L", "RGB") and is_transparent:
        picture = picture.convert("RGBA")
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode.startswith("I;16"):
        picture = picture.convert("I")
    elif picture.mode in ("I", "F"):
        # Of these nobody knows which number is white.
        brightest = picture.getextrema()[1]
        picture = picture.point(lambda value: value * (65535 / brightest if brightest > 0 else 1))
    picture = _reduced(picture)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return picture


def _reduced(picture: Image.Image) -> Image.Image:
    """Return it made smaller by a whole number, which takes half of the time of doing so exactly. In strips, since
    Pillow copies what is transparent."""
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
    with suppress(SyntaxError, TypeError, KeyError, ValueError):
        return ImageOps.exif_transpose(picture)
    # What it says about its orientation cannot be read.
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
    """None where the profile is broken or made for other channels than the picture has."""
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
    target = {"WEBP": "WEBP", "PNG": "PNG", "GIF": "PNG", "BMP": "PNG"}.get(source, "JPEG")
    if target == "JPEG" and picture.mode == "RGBA":
        target = "WEBP"
    extension, options = SAVED_AS[target]
    # Pillow writes some of what stands here into the file.
    picture.info = {}
    saved = io.BytesIO()
    picture.save(saved, target, **options)
    return Master(saved.getvalue(), extension, picture.size, credit)
