"""Who made a picture and who holds the rights, as cameras and picture agencies write it into files."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.html import strip_tags
from PIL import ExifTags, Image, IptcImagePlugin

LONGEST = 200  # characters, as of the image's field
_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_UTF8 = b"\x1b%G"
_JOINERS = "\u200c\u200d"  # part of words in Persian


def credit_of(picture: Image.Image) -> str:
    """Return author and copyright as one line of plain text, empty where the file names neither: of EXIF, IPTC,
    XMP and PNG texts the first that says it."""
    readers = (_of_exif, _of_iptc, _of_xmp, _of_text)
    found = [tuple(plain(text) for text in reader(picture)) for reader in readers]
    author = next((author for author, _rights in found if author), "")
    rights = next((rights for _author, rights in found if rights), "")
    if not author or author.casefold() in rights.casefold():
        return rights[:LONGEST]
    if rights.casefold() in author.casefold():
        return author[:LONGEST]
    return f"{author}, {rights}"[:LONGEST]


def plain(text: str) -> str:
    """Return it without markup, control characters and marks that turn the direction of writing."""
    kept = (
        letter if letter in _JOINERS or unicodedata.category(letter)[0] != "C" else " " for letter in text[:4000]
    )
    without_tags = re.sub(r"[<>]", "", strip_tags("".join(kept)))
    return " ".join(without_tags.split())[:LONGEST]


def decoded(raw: bytes) -> str:
    """Return the text of bytes that do not say how they are written: UTF-8, UTF-16 with its mark, Cyrillic of
    Windows where words have no Latin letters among the others, else Western European."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "ignore")
    with suppress(UnicodeDecodeError):
        return raw.decode("utf-8")
    high = re.findall(rb"[A-Za-z\xa8\xb8\xc0-\xff]+", raw)
    is_cyrillic = any(len(word) > 2 and all(byte > 0x7F for byte in word) for word in high)
    return raw.decode("cp1251" if is_cyrillic else "latin-1", "replace")


def _text(value: object) -> str:
    """Pillow reads the text of EXIF as Western European."""
    if isinstance(value, tuple | list):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, str):
        with suppress(UnicodeEncodeError):
            return decoded(value.encode("latin-1"))
        return value
    return decoded(value) if isinstance(value, bytes) else ""


def _of_exif(picture: Image.Image) -> tuple[str, str]:
    with suppress(SyntaxError, TypeError, KeyError, ValueError, OSError):
        exif = picture.getexif()
        author = exif.get(ExifTags.Base.Artist) or exif.get(ExifTags.Base.XPAuthor)
        if isinstance(author, bytes | tuple) and not exif.get(ExifTags.Base.Artist):
            author = bytes(author).decode("utf-16-le", "ignore")
        # Of both who took it and who edited it, a NUL between them.
        rights = _text(exif.get(ExifTags.Base.Copyright)).replace("\0", " ")
        return _text(author).split("\0")[0], rights
    return "", ""


def _of_iptc(picture: Image.Image) -> tuple[str, str]:
    with suppress(SyntaxError, TypeError, KeyError, ValueError, OSError, IndexError):
        found = IptcImagePlugin.getiptcinfo(picture) or {}
        is_utf8 = found.get((1, 90)) == _UTF8

        def text(*key: int) -> str:
            raw = found.get(key) or b""
            texts = raw if isinstance(raw, list) else [raw]
            return ", ".join(each.decode("utf-8", "replace") if is_utf8 else decoded(each) for each in texts)

        return text(2, 80), text(2, 116) or text(2, 110)
    return "", ""


def _of_xmp(picture: Image.Image) -> tuple[str, str]:
    raw = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    raw = raw.encode() if isinstance(raw, str) else raw
    try:
        root = fromstring(raw.strip(b"\0 \r\n\t"))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        # The parser's frame has the error, which has that frame and all that called it: they would stay, and the
        # picture with them, until Python looks for cycles.
        error.__traceback__ = None
        return "", ""
    author = ", ".join(_values(root, f"{_DC}creator"))
    rights = next(_values(root, f"{_DC}rights"), "") or next(_values(root, f"{_PHOTOSHOP}Credit"), "")
    return author, rights


def _values(root: Element, name: str) -> Iterator[str]:
    for element in root.iter():
        if element.get(name):
            yield element.get(name)
        if element.tag == name:
            items = list(element.iter(f"{_RDF}li")) or [element]
            yield from (item.text.strip() for item in items if item.text and item.text.strip())


def _of_text(picture: Image.Image) -> tuple[str, str]:
    texts = {key.lower(): str(text) for key, text in (getattr(picture, "text", None) or {}).items()}
    return _text(texts.get("author", "")), _text(texts.get("copyright", ""))
