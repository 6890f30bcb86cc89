"""Office and OpenDocument files, EPUBs and ZIP archives: archives of parts, some of which tell who made them."""

import re
import shutil
import zipfile
import zlib
from collections.abc import Callable
from html import unescape
from typing import BinaryIO
from xml.sax.saxutils import escape

from core.metadata.lossless import Unremovable, stripped_picture
from core.metadata.titles import fit_title

MOST_PARTS = 20_000
MOST_BYTES = 1024**3  # unpacked, of all parts
PART_BYTES = 200 * 1024**2  # of a part that is looked into
NOBODY = b"Author"  # as Office itself calls whom it has removed
_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.'
    b'openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    b"%s</cp:coreProperties>"
)
_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats'
    b'.org/officeDocument/2006/%s"/>'
)
_ODF_META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument'
    b':xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"><office:meta>%s'
    b"</office:meta></office:document-meta>"
)
_VALUE = rb"""=\s*(?:"[^"]*"|'[^']*')"""

Inner = Callable[[BinaryIO, BinaryIO, str], set[str]]
Part = tuple[re.Pattern, Callable[[bytes], bytes | None]]
"""Which parts it is for, and what becomes of them; None: they are left out."""


class DamagedArchive(ValueError):
    """Not an archive that can be read, or one too large to look into."""


def _without(*patterns: bytes) -> Callable[[bytes], bytes]:
    found = [re.compile(pattern, re.DOTALL | re.IGNORECASE) for pattern in patterns]

    def change(content: bytes) -> bytes:
        for pattern in found:
            content = pattern.sub(b"", content)
        return content

    return change


def _anonymous(*attributes: bytes) -> Callable[[bytes], bytes]:
    """Give attributes that name a person the name of nobody."""
    pattern = re.compile(rb"(\s(?:" + b"|".join(attributes) + rb"))" + _VALUE)
    return lambda content: pattern.sub(rb'\1="' + NOBODY + b'"', content)


def _elements(*names: bytes) -> Callable[[bytes], bytes]:
    """Give elements that name a person the name of nobody."""
    pattern = re.compile(rb"<(" + b"|".join(names) + rb")((?:\s[^>]*)?)>[^<]*</\1>")
    return lambda content: pattern.sub(rb"<\1\2>" + NOBODY + rb"</\1>", content)


def _properties(template: bytes) -> Callable[[bytes], bytes]:
    """The title stays, where nobody's file gave it."""

    def change(content: bytes) -> bytes:
        found = re.search(rb"<dc:title[^>]*>([^<]*)</dc:title>", content)
        title = fit_title(unescape(found[1].decode("utf-8", "ignore"))) if found else ""
        return template % (f"<dc:title>{escape(title)}</dc:title>".encode() if title else b"")

    return change


def _without_printer(content: bytes) -> bytes:
    return re.sub(rb"(<pageSetup\b[^>]*?)\s+r:id" + _VALUE, rb"\1", content)


def _rules(*rules: tuple[str, Callable[[bytes], bytes | None]]) -> list[Part]:
    return [(re.compile(pattern), change) for pattern, change in rules]


_RELATION = rb"<Relationship\b[^>]*/%s[\"'][^>]*?(?:/>|>\s*</Relationship>)"
_OFFICE = _rules(
    (r"docProps/core\.xml|.*\.psmdcp", _properties(_CORE)),
    (r"docProps/app\.xml", lambda content: _PROPERTIES % b"extended-properties"),
    (r"docProps/custom\.xml", lambda content: _PROPERTIES % b"custom-properties"),
    (r"docProps/thumbnail\..*|xl/printerSettings/.*", lambda content: None),
    (r"\[Content_Types\]\.xml", _without(rb"<Override\b[^>]*/(?:docProps/thumbnail|xl/printerSettings)[^>]*/>")),
    (r"_rels/\.rels", _without(_RELATION % b"thumbnail")),
    (r"word/_rels/settings\.xml\.rels", _without(_RELATION % b"attachedTemplate")),
    (r"word/settings\.xml", _without(rb"<w:attachedTemplate\b[^>]*/>")),
    (r"word/people\.xml", _without(rb"<w15:person\b.*?</w15:person>", rb"<w15:person\b[^>]*/>")),
    (r"word/.*\.xml", _anonymous(rb"w\d*[a-z]*:author", rb"w\d*[a-z]*:initials", rb"w\d*[a-z]*:userId")),
    (r"xl/.*/_rels/.*\.rels", _without(_RELATION % b"printerSettings")),
    (r"xl/(work|chart|dialog)sheets/[^/]*\.xml", _without_printer),
    (r"xl/workbook\.xml", _without(rb"(?<=absPath )\s*url" + _VALUE, rb"<fileSharing\b[^>]*/>")),
    (r"xl/comments.*\.xml|xl/.*/comments.*\.xml", _elements(rb"author", rb"x:author")),
    (r"xl/persons/.*\.xml", _anonymous(rb"displayName", rb"userId", rb"providerId")),
    (r"xl/revisions/.*\.xml", _anonymous(rb"userName", rb"name")),
    (r"ppt/(commentAuthors|authors)\.xml", _anonymous(rb"name", rb"initials", rb"userId", rb"providerId")),
)
_ODF = _rules(
    (r"(.*/)?meta\.xml", _properties(_ODF_META)),
    (r"Thumbnails/.*", lambda content: None),
    (r"META-INF/manifest\.xml", _without(rb"<manifest:file-entry\b[^>]*[\"']Thumbnails/[^>]*/>")),
    (
        r"(.*/)?(content|styles)\.xml",
        _elements(rb"dc:creator", rb"meta:creator-initials", rb"loext:sender-initials"),
    ),
    (
        r"(.*/)?settings\.xml",
        _without(rb"<config:config-item\b[^>]*[\"']Printer(?:Name|Setup)[\"'][^>]*>[^<]*</config:config-item>"),
    ),
)
_PEOPLE_OF_BOOKS = rb"<dc:(creator|contributor|publisher)\b[^>]*>.*?</dc:\1>"
_EPUB = _rules((r".*\.opf", _without(_PEOPLE_OF_BOOKS, rb"<meta\b[^>]*[\"']generator[\"'][^>]*/>")))

_SIGNATURES = re.compile(r"_xmlsignatures/.*|META-INF/(documentsignatures|macrosignatures|signatures)\.xml")
_OPAQUE = re.compile(r".*(/embeddings/.*\.bin|vbaProject\.bin|/activeX/.*\.bin)|ObjectReplacements/.*")
# What may tell as much as a document of its own.
_INNER = re.compile(r".*\.(docx|xlsx|pptx|od[tsp]|pdf|mp3|mp4|m4a|m4v|mov|webm|mkv)", re.IGNORECASE)
_PICTURE = re.compile(r".*\.(jpe?g|jfif|png|webp|tiff?|hei[cf]|avif|wdp|jxr|svg)", re.IGNORECASE)


def clean_archive(source: BinaryIO, target: BinaryIO, inner: Inner) -> set[str]:
    """Write the archive without personal metadata and return what could not be removed; nothing is written where
    it is signed or encrypted. `inner` does the same to a file in it, by its name. Raises DamagedArchive."""
    try:
        with zipfile.ZipFile(source) as old:
            parts = old.infolist()
            _check_size(parts)
            rules = _rules_for(old)
            if any(_SIGNATURES.fullmatch(part.filename) for part in parts):
                return {"signed"}
            if _is_encrypted(old, parts):
                return {"encrypted"}
            left = set()
            with zipfile.ZipFile(target, "w") as new:
                for part in parts:
                    left |= _write(old, new, part, rules, inner)
            return left
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise DamagedArchive from error


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise DamagedArchive


def _rules_for(archive: zipfile.ZipFile) -> list[Part] | None:
    """None for a plain ZIP archive."""
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        return _OFFICE
    kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        return _ODF
    return _EPUB if kind.startswith(b"application/epub+zip") else None


def _is_encrypted(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    if any(part.flag_bits & 1 for part in parts):
        return True
    manifest = "META-INF/manifest.xml"
    return manifest in archive.namelist() and b"encryption-data" in archive.read(manifest)


def _write(
    old: zipfile.ZipFile,
    new: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    rules: list[Part] | None,
    inner: Inner,
) -> set[str]:
    """Neither time nor system of who packed it goes with a part."""
    written = zipfile.ZipInfo(part.filename)
    written.compress_type, written.create_system = part.compress_type, 0
    written.external_attr = 0x10 if part.is_dir() else 0
    name = part.filename
    if rules is None or _INNER.fullmatch(name):
        with old.open(part) as source, new.open(written, "w", force_zip64=part.file_size > 2**31) as target:
            return set() if part.is_dir() else inner(source, target, name)
    changes = [change for pattern, change in rules if pattern.fullmatch(name)]
    if not changes and not _PICTURE.fullmatch(name):
        with old.open(part) as source, new.open(written, "w", force_zip64=part.file_size > 2**31) as target:
            shutil.copyfileobj(source, target)
        return {"embedded"} if _OPAQUE.fullmatch(name) else set()
    if part.file_size > PART_BYTES:
        raise DamagedArchive
    content, left = old.read(part), set()
    for change in changes:
        content = None if content is None else change(content)
    if not changes:
        try:
            content = stripped_picture(content)
        except Unremovable:
            left = {"picture"}
    if content is not None:
        new.writestr(written, content)
    return left
