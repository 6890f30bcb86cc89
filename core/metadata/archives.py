"""Removal of personal metadata from ZIP archives, among them Office files, OpenDocument files and EPUBs."""

import re
import shutil
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, BinaryIO

from core.metadata.archive_rules import EPUB, ODF, OFFICE, Rules
from core.metadata.archive_xml import as_utf8, without_entries
from core.metadata.hidden_parts import hidden_parts
from core.metadata.lossless import Unremovable, stripped_picture
from core.metadata.names import is_named, names_in, points_to_a_computer

MOST_PARTS = 20_000
MOST_BYTES = 1024**3  # unpacked, of all parts
PART_BYTES = 200 * 1024**2  # of a part that is looked into
XML_BYTES = 32 * 1024**2  # unpacked, of an upload with the archives inside it

Inner = Callable[[IO[bytes], IO[bytes], str], set[str]]
"""Cleans a file in an archive: source, target, name of the part. Returns the codes of what is left."""


class DamagedArchive(ValueError):
    """Error of an archive that cannot be read or is too large to be examined."""


class Room:
    """Budget of XML, in bytes, that is examined for one upload.

    The time of the patterns grows with the amount of XML, and other requests of the process wait meanwhile.
    """

    def __init__(self) -> None:
        self._left = XML_BYTES

    def take(self, size: int) -> bool:
        """Subtract `size` bytes from the budget, and return whether it sufficed."""
        self._left -= size
        return self._left >= 0


_I = re.IGNORECASE
_SIGNATURES = re.compile(r"_xmlsignatures/.*|META-INF/(documentsignatures|macrosignatures|signatures)\.xml", _I)
_OPAQUE = re.compile(r".*(/embeddings/.*|vbaProject\.bin|vbaData\.xml|/activeX/.*)|ObjectReplacements/.*", _I)
_LINKS = re.compile(r"xl/(externalLinks/.*|connections\.xml|queryTables/.*)", _I)
# Files with metadata of their own, which are cleaned as documents.
_INNER = re.compile(r".*\.(docx|xlsx|pp[st]x|od[tspg]|pdf|mp3|mp4|m4a|m4v|mov|webm|mkv)", _I)
_PICTURE = re.compile(
    r".*\.(jpe?g|jfif|jpe|png|webp|tiff?|hei[cf]|avif|wdp|hdp|jxr|svgz?|gif|bmp|dib|[ew]mf|[ew]mz|jp2|j2k|jpx|svm)"
    r"|(.*/)?Pictures/.*",
    _I,
)
_MEDIA = re.compile(r"(.*/)?media/.*|.*\.(wav|ogg|oga|opus|aac)", _I)
_XML = re.compile(r".*\.(xml|rels|vml|opf|ncx|xhtml|html?|psmdcp|rdf)", _I)


def clean_archive(source: BinaryIO, target: BinaryIO, inner: Inner, room: Room) -> set[str]:
    """Write the archive without personal metadata, and return the codes of what could not be removed.

    Nothing is written if the archive is signed or encrypted. An Office file, OpenDocument file or EPUB with more
    XML than `room` allows is copied unchanged ("unknown"). `inner` cleans the documents, sound and films inside,
    and all parts of other archives. Raise DamagedArchive if the archive cannot be read, or has more than
    MOST_PARTS parts or MOST_BYTES.
    """
    try:
        with zipfile.ZipFile(source) as old:
            parts = old.infolist()
            _check_size(parts)
            rules = _rules_for(old)
            if any(_SIGNATURES.fullmatch(part.filename) for part in parts):
                return {"signed"}
            if _is_encrypted(old, parts):
                return {"encrypted"}
            if rules and not room.take(sum(part.file_size for part in parts if _XML.fullmatch(part.filename))):
                source.seek(0)
                shutil.copyfileobj(source, target)
                return {"unknown"}
            names = _names(old, parts, rules) if rules else set()
            left: set[str] = set()
            with zipfile.ZipFile(target, "w") as new:
                for part in parts:
                    left |= _write(old, new, part, rules, names, inner)
            return left
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise DamagedArchive from error


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    """Raise DamagedArchive for more than MOST_PARTS parts or, unpacked, MOST_BYTES."""
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise DamagedArchive


def _rules_for(archive: zipfile.ZipFile) -> Rules | None:
    """Return the rules for an Office file, OpenDocument file or EPUB, or None for any other ZIP archive."""
    names = set(archive.namelist())
    if any(name.lower() == "[content_types].xml" for name in names):
        return OFFICE
    kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        return ODF
    return EPUB if kind.startswith(b"application/epub+zip") else None


def _is_encrypted(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    if any(part.flag_bits & 1 for part in parts):
        return True
    manifest = "META-INF/manifest.xml"
    return manifest in archive.namelist() and b"encryption-data" in archive.read(manifest)


def _names(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], rules: Rules) -> set[str]:
    """Return the names of people and companies in the properties of the archive. Parts of more than PART_BYTES are
    not read. Raise ValueError if a part cannot be read as XML."""
    found = (part for part in parts if rules.properties.fullmatch(part.filename) and part.file_size <= PART_BYTES)
    return {name for part in found for name in names_in(as_utf8(archive.read(part)))}


def _write(
    old: zipfile.ZipFile,
    new: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    rules: Rules | None,
    names: set[str],
    inner: Inner,
) -> set[str]:
    """Write one part, cleaned and without its time and system, and return the codes of what is left; write nothing
    for a part that is removed. Raise DamagedArchive if a part that is read as a whole is larger than
    PART_BYTES."""
    name = part.filename
    if rules and (rules.removed.fullmatch(name) or part.is_dir()):
        return set()
    written = zipfile.ZipInfo(name)
    written.compress_type, written.create_system = part.compress_type, 0
    written.external_attr = 0x10 if part.is_dir() else 0
    is_picture = _PICTURE.fullmatch(name)
    if rules is None or _INNER.fullmatch(name) or (_MEDIA.fullmatch(name) and not is_picture):
        with old.open(part) as source, new.open(written, "w", force_zip64=part.file_size > 2**31) as target:
            return set() if part.is_dir() else inner(source, target, name)
    if part.file_size > PART_BYTES:
        raise DamagedArchive
    content = old.read(part)
    if is_picture:
        content, left = _picture(content)
    else:
        content, left = _changed(content, name, rules)
    new.writestr(written, content)
    return left | ({"named"} if is_named(names, name.encode() + b"\n" + content) else set())


def _picture(content: bytes) -> tuple[bytes, set[str]]:
    """Return a cleaned picture and no codes, or the same picture and the code "picture" if it cannot be
    cleaned."""
    try:
        return stripped_picture(content), set()
    except Unremovable:
        return content, {"picture"}


def _changed(content: bytes, name: str, rules: Rules) -> tuple[bytes, set[str]]:
    """Return a cleaned part, and the codes of what could not be removed from it or is hidden in it. Only XML is
    changed; XML that cannot be read is returned as it is ("unknown")."""
    left = set() if rules.kept.fullmatch(name) else {_reason(name)}
    if not _XML.fullmatch(name):
        return content, left
    try:
        content = as_utf8(content)
    except ValueError:
        return content, {"unknown"}
    for pattern, change in rules.changed:
        if pattern.fullmatch(name):
            content = change(content)
    content, of_entries = without_entries(content, name, rules.removed)
    if b"<!ENTITY" in content:
        left.add("unknown")
    if points_to_a_computer(content):
        left.add("linked")
    return content, left | of_entries | hidden_parts(content, name)


def _reason(name: str) -> str:
    """Return the code for a part that no rule lists: "embedded" for objects and macros, "linked" for links to
    other sources, else "unknown"."""
    if _OPAQUE.fullmatch(name):
        return "embedded"
    return "linked" if _LINKS.fullmatch(name) else "unknown"
