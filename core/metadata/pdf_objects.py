"""Removal of personal metadata from the objects of a PDF, also from objects nested in others."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pikepdf

from core.metadata.jpeg2000 import stripped_jpeg2000
from core.metadata.lossless import Unremovable, stripped_jpeg
from core.metadata.names import is_named, points_to_a_computer

Map = pikepdf.Dictionary | pikepdf.Stream
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/CreatorInfo")
# Strings in the information of the document, of article threads and of layers.
_TELLING_TEXTS = (
    *("/Author", "/Creator", "/Producer", "/Company", "/Manager", "/SourceModified", "/LastSavedBy"),
    *("/ModDate", "/CreationDate"),
)
_OF_ANNOTATIONS = ("/NM", "/M", "/CreationDate")
_ATTACHED = ("/EF", "/EmbeddedFiles", "/RichMediaContent", "/AF")
# An inline image in a content stream: BI, its dictionary, ID, its bytes.
_INLINE_JPEG = re.compile(rb"(?<![^\s])BI\s[^()]{0,1000}?/(?:DCT|DCTDecode)\b[^()]{0,1000}?\sID\s", re.DOTALL)
_XMP = (b"<?xpacket", b"<x:xmpmeta")
_DEEPEST = 200


def every_map(pdf: pikepdf.Pdf) -> Iterator[Map]:
    """Yield all dictionaries and streams of a PDF, indirect and nested ones.

    Raise ValueError if they are nested more than 200 levels deep.
    """
    for each in pdf.objects:
        yield from _maps(each, 0)


def _maps(each: pikepdf.Object, depth: int) -> Iterator[Map]:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if isinstance(each, Map):
        yield each
        inside = [value for _name, value in each.items()]
    else:
        inside = list(each) if isinstance(each, pikepdf.Array) else []
    for value in inside:
        if isinstance(value, Map | pikepdf.Array) and not value.is_indirect:
            yield from _maps(value, depth + 1)


def strip_map(each: Map) -> set[str]:
    """Remove people, programs and times from a dictionary or stream, and return the codes of what is left:
    "attachments", or "picture" if a stream could not be cleaned."""
    left = set()
    if "/EF" in each or each.get("/Type") == "/EmbeddedFile" or any(name in each for name in _ATTACHED):
        left.add("attachments")
    for name in _TELLING:
        if name in each:
            del each[name]
    for name in _TELLING_TEXTS:
        if isinstance(each.get(name), pikepdf.String):
            del each[name]
    if each.get("/Type") == "/Annot" or ("/Rect" in each and "/Subtype" in each):
        _strip_annotation(each)
    if isinstance(each, pikepdf.Stream):
        try:
            _strip_stream(each)
        except (Unremovable, ValueError, zlib.error):
            left.add("picture")
    return left


def _strip_annotation(note: Map) -> None:
    """Remove name, times and author of an annotation; of a form field, whose /T is its own name, only name and
    times."""
    # In a form field, /T is the name of the field.
    names = _OF_ANNOTATIONS if note.get("/Subtype") == "/Widget" else (*_OF_ANNOTATIONS, "/T")
    for name in names:
        if name in note:
            del note[name]


def _strip_stream(stream: pikepdf.Stream) -> None:
    """Remove the metadata of a picture, and empty a stream of XMP. Raise Unremovable, ValueError or zlib.error if
    that cannot be done."""
    filters = _filters(stream)
    if "/DCTDecode" in filters:
        _strip_jpeg(stream, filters)
    elif filters == ["/JPXDecode"]:
        content = stream.read_raw_bytes()
        stripped = stripped_jpeg2000(content)
        if stripped != content:
            stream.write(stripped, filter=pikepdf.Name.JPXDecode)
    elif "/JPXDecode" in filters:
        raise Unremovable
    elif stream.get("/Subtype") != "/Image":
        _strip_xmp(stream)


def _strip_xmp(stream: pikepdf.Stream) -> None:
    """Empty a stream of XMP. Raise Unremovable if other content includes XMP or an inline JPEG."""
    content = decoded(stream)
    if stream.get("/Type") == "/Metadata" or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_XMP):
        stream.write(b"")
    elif any(sign in content for sign in _XMP) or _INLINE_JPEG.search(content):
        raise Unremovable


def _filters(stream: pikepdf.Stream) -> list[str]:
    """Return the names of the filters of a stream, in order."""
    found: pikepdf.Object | list[str] = stream.get("/Filter", [])
    return [str(each) for each in found] if isinstance(found, pikepdf.Array | list) else [str(found)]


def decoded(stream: pikepdf.Stream) -> bytes:
    """Return the decoded content of a stream, or its stored bytes if it cannot be decoded."""
    with suppress(pikepdf.PdfError):
        return stream.read_bytes()
    return stream.read_raw_bytes()


def _strip_jpeg(stream: pikepdf.Stream, filters: list[str]) -> None:
    """Remove the metadata of a JPEG stream. Raise Unremovable if it has other filters than DCT, or Flate and DCT,
    or is cut off; zlib.error if it cannot be decompressed."""
    content = stream.read_raw_bytes()
    parameters = stream.get("/DecodeParms")
    if filters == ["/FlateDecode", "/DCTDecode"]:
        content = zlib.decompress(content)
        parameters = parameters[1] if isinstance(parameters, pikepdf.Array) and len(parameters) > 1 else None
    elif filters != ["/DCTDecode"]:
        raise Unremovable
    stripped = stripped_jpeg(content)
    if stripped != content or len(filters) > 1:
        stream.write(
            stripped,
            filter=pikepdf.Name.DCTDecode,
            decode_parms=parameters,  # type: ignore[arg-type]  # what the PDF has, which pikepdf checks
        )


def still_tells(pdf: pikepdf.Pdf, names: set[str]) -> set[str]:
    """Return the codes of what a cleaned PDF still has: "named" for one of the names, in strings or in streams
    that are no pictures, and "linked" for a path on a computer in strings."""
    left = set()
    for each in every_map(pdf):
        texts = b"\n".join(_texts(each))
        if points_to_a_computer(texts):
            left.add("linked")
        is_picture = isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        if names and isinstance(each, pikepdf.Stream) and not is_picture:
            texts += b"\n" + decoded(each)
        if is_named(names, texts):
            left.add("named")
    return left


def _texts(each: pikepdf.Object) -> Iterator[bytes]:
    """Yield the strings, in UTF-8, of an object and of arrays in it, but not those of nested dictionaries."""
    values = [value for _name, value in each.items()] if isinstance(each, Map) else list(each)
    for value in values:
        if isinstance(value, pikepdf.String):
            yield str(value).encode("utf-8", "ignore")
        elif isinstance(value, pikepdf.Array) and not value.is_indirect:
            yield from _texts(value)
