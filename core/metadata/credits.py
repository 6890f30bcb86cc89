"""Author and copyright of a picture, read from the metadata of cameras and picture agencies."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.html import strip_tags
from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

LONGEST = 200  # characters, as in the field of the image
_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_UTF8 = b"\x1b%G"
_JOINERS = "\u200c\u200d"  # part of words in Persian and Dari


def credit_of(picture: Image.Image) -> str:
    """Return author and copyright as one line of plain text, or "" if the file has neither.

    Each is taken from the first of EXIF, IPTC, XMP and PNG texts that has it. If one includes the other, only the
    longer one is returned. The result has at most LONGEST characters.
    """
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
    """Return the text on one line without markup, control characters and bidirectional marks, cut after LONGEST
    characters."""
    kept = (
        letter if letter in _JOINERS or unicodedata.category(letter)[0] != "C" else " " for letter in text[:4000]
    )
    without_tags = re.sub(r"[<>]", "", strip_tags("".join(kept)))
    return " ".join(without_tags.split())[:LONGEST]


def decoded(raw: bytes) -> str:
    """Return the text of bytes in an unknown encoding.

    That is UTF-16 with a byte order mark, UTF-8, Windows-1251 if a word of three or more letters has no ASCII
    letters, else Latin-1.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "ignore")
    with suppress(UnicodeDecodeError):
        return raw.decode("utf-8")
    high = re.findall(rb"[A-Za-z\xa8\xb8\xc0-\xff]+", raw)
    is_cyrillic = any(len(word) > 2 and all(byte > 0x7F for byte in word) for word in high)
    return raw.decode("cp1251" if is_cyrillic else "latin-1", "replace")


def _text(value: object) -> str:
    """Return a value of EXIF or PNG as text. Pillow decodes texts of EXIF as Latin-1, which is undone here."""
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
        # The photographer and the editor, separated by a NUL (Exif 2.3, tag Copyright).
        rights = _text(exif.get(ExifTags.Base.Copyright)).replace("\0", " ")
        return _text(author).split("\0")[0], rights
    return "", ""


def _of_iptc(picture: Image.Image) -> tuple[str, str]:
    if not isinstance(picture, ImageFile.ImageFile):
        return "", ""
    with suppress(SyntaxError, TypeError, KeyError, ValueError, OSError, IndexError):
        found = IptcImagePlugin.getiptcinfo(picture) or {}
        is_utf8 = found.get((1, 90)) == _UTF8

        def text(record: int, number: int) -> str:
            raw = found.get((record, number)) or b""
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
        # Error and traceback refer to each other: the frames, and the picture with them, would stay in memory
        # until the garbage collector runs.
        error.__traceback__ = None
        return "", ""
    author = ", ".join(_values(root, f"{_DC}creator"))
    rights = next(_values(root, f"{_DC}rights"), "") or next(_values(root, f"{_PHOTOSHOP}Credit"), "")
    return author, rights


def _values(root: Element, name: str) -> Iterator[str]:
    """Yield the values of an XMP property, written as an attribute, an element or a list."""
    for element in root.iter():
        if value := element.get(name):
            yield value
        if element.tag == name:
            items = list(element.iter(f"{_RDF}li")) or [element]
            yield from (item.text.strip() for item in items if item.text and item.text.strip())


def _of_text(picture: Image.Image) -> tuple[str, str]:
    texts = {str(key).lower(): text for key, text in picture.info.items() if isinstance(text, str)}
    return _text(texts.get("author", "")), _text(texts.get("copyright", ""))
