"""Comparison of the content of documents with their extension, by which servers and browsers decide."""

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from core.metadata.film_tracks import track_kinds
from core.metadata.sound import sound_kind
from core.metadata.wave import is_wave

_START = 1024
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of OLE files, among them Office files with a password."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_NO_TEXT = (
    b"<!doctype",
    b"<html",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<?php",
    b"#!",
    b"%pdf-",
    b"pk\x03\x04",
    b"mz\x90",
)
_OGG = b"OggS"
_THEORA = b"\x80theora"
"""How the first packet of moving pictures begins (RFC 5334, section 10.2), at the start of the file."""
_SUBRIP = re.compile(rb"\d+\s+\d\d:\d\d:\d\d,\d{3} --> ")
_MP4 = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_EBML = b"\x1a\x45\xdf\xa3"
_WEBM = re.compile(rb"\x42\x82.{1,8}?webm", re.DOTALL)
"""The element DocType, with a length of up to eight bytes (RFC 8794, section 11.2.5)."""
_OFFICE = ("docx", "xlsx", "ppsx", "pptx")
_TYPES = "[Content_Types].xml"
_MOST_TYPES = 1024**2
_OTHER_OFFICE = re.compile(rb"(?:macroEnabled(?:Template)?|template)\.main")
"""Of documents with macros, templates and binary workbooks, which programs open under their own names alone."""
_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_BRANDS = {b"qt  ": "mov", b"M4A ": "m4a", b"M4V ": "m4v", b"3gp": "3gp"}
_MIMETYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
    "odg": b"application/vnd.oasis.opendocument.graphics",
    "epub": b"application/epub+zip",
}


def is_what_it_is_called(file: BinaryIO, name: str) -> bool:
    """Return whether the content of a file is of the kind of its extension.

    Extensions that are not known here are accepted: `WAGTAILDOCS_EXTENSIONS` decides about them.
    """
    extension = PurePath(name).suffix.lower().lstrip(".")
    file.seek(0)
    start = file.read(_START)
    try:
        return _CHECKS[extension](file, start, extension) if extension in _CHECKS else True
    finally:
        file.seek(0)


def fitting_name(file: BinaryIO, name: str) -> str:
    """Return the name with the extension of the file's content if its own is missing, unknown or wrong.

    What follows the last dot is not always an extension: "Report of 12.05", "guide.pdf.download". The name is
    returned unchanged if the kind of content is not known, as for plain text, or if it has an extension and the
    content is just a ZIP archive.
    """
    suffix = PurePath(name).suffix
    has_one = bool(_EXTENSION.fullmatch(suffix))
    if has_one and suffix.lower().lstrip(".") in _CHECKS and is_what_it_is_called(file, name):
        return name
    file.seek(0)
    extension = _extension(file, file.read(_START))
    file.seek(0)
    extension = extension or _text_extension(file)
    if not extension or (has_one and extension == "zip"):
        return name
    return f"{PurePath(name).stem if has_one else name}.{extension}"


def _extension(file: BinaryIO, start: bytes) -> str:
    """Return the usual extension for the content, or "" if its kind is not known."""
    if start.startswith(_ZIP):
        return _archive_extension(file)
    if start[4:8] == b"ftyp":
        of_brand = (kind for brand, kind in _BRANDS.items() if start[8:12].startswith(brand))
        return next(of_brand, "m4a" if _is_sound_alone(file) else "mp4")
    simple = ("pdf", "webm", "flac", "aac", "mp3", "ogv", "ogg", "wav")
    return next((kind for kind in simple if _CHECKS[kind](file, start, kind)), "")


def _text_extension(file: BinaryIO) -> str:
    """Return "vtt" or "srt" for subtitles, else "", as other texts may be anything."""
    file.seek(0)
    start = file.read(_START).removeprefix(b"\xef\xbb\xbf").lstrip()
    file.seek(0)
    if start.startswith(b"WEBVTT"):
        return "vtt"
    return "srt" if _SUBRIP.match(start) else ""


def _archive_extension(file: BinaryIO) -> str:
    """Return the extension of a ZIP archive by its parts: Office, OpenDocument, EPUB or "zip". Return "" if it is
    damaged, or an Office file with macros, a template or a binary workbook."""
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
            mimetype = archive.open("mimetype").read(200).strip() if "mimetype" in names else b""
            types = archive.open(_TYPES).read(_MOST_TYPES) if _TYPES in names else b""
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return ""
    if _TYPES in names:
        if _OTHER_OFFICE.search(types):
            return ""
        return next((kind for folder, kind in _FOLDERS.items() if any(n.startswith(folder) for n in names)), "zip")
    return next((kind for kind, known in _MIMETYPES.items() if mimetype == known), "zip")


def _is_text(file: BinaryIO, start: bytes, extension: str) -> bool:
    words = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if extension in ("srt", "vtt") and words and words.startswith(b"webvtt") != (extension == "vtt"):
        return False
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True  # UTF-16, as spreadsheets write it
    return b"\0" not in start and not words.startswith(_NO_TEXT)


def _is_pdf(file: BinaryIO, start: bytes, extension: str) -> bool:
    return b"%PDF-" in start


def _is_zip(file: BinaryIO, start: bytes, extension: str) -> bool:
    return start.startswith(_ZIP) and _archive_extension(file) in ("", "zip")


def _is_office(file: BinaryIO, start: bytes, extension: str) -> bool:
    def fits(names: list[str], read: Callable[[str], bytes]) -> bool:
        of = {kind for folder, kind in _FOLDERS.items() if any(name.startswith(folder) for name in names)}
        fits_name = extension.replace("ppsx", "pptx") in of
        return _TYPES in names and fits_name and not _OTHER_OFFICE.search(read(_TYPES))

    return start.startswith(_OLE) or _has(file, start, fits)


def _is_open_document(file: BinaryIO, start: bytes, extension: str) -> bool:
    def fits(names: list[str], read: Callable[[str], bytes]) -> bool:
        return "mimetype" in names and read("mimetype").strip() == _MIMETYPES[extension]

    return _has(file, start, fits)


def _has(file: BinaryIO, start: bytes, fits: Callable[[list[str], Callable[[str], bytes]], bool]) -> bool:
    """Return what `fits` returns for an archive, called with the names of its parts and a function that reads the
    first bytes of a part; False for other files.

    Damaged archives are accepted here: cleaning reports them with better reasons.
    """
    if not start.startswith(_ZIP):
        return False
    try:
        with ZipFile(file) as archive:
            return fits(archive.namelist(), lambda name: archive.open(name).read(_MOST_TYPES))
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return True


def _is_sound(file: BinaryIO, start: bytes, extension: str) -> bool:
    return sound_kind(file) == extension


def _is_mp4(file: BinaryIO, start: bytes, extension: str) -> bool:
    brand = _BRANDS.get(start[8:12]) if start[4:8] == b"ftyp" else None
    if start[4:8] not in _MP4 or (brand in ("m4a", "mov") and extension != brand):
        return False
    return extension != "m4a" or brand == "m4a" or _is_sound_alone(file)


def _is_sound_alone(file: BinaryIO) -> bool:
    kinds = track_kinds(file)
    return b"soun" in kinds and b"vide" not in kinds


def _is_webm(file: BinaryIO, start: bytes, extension: str) -> bool:
    return start.startswith(_EBML) and _WEBM.search(start) is not None


def _is_ogg(file: BinaryIO, start: bytes, extension: str) -> bool:
    return start.startswith(_OGG) and (_THEORA in start) == (extension == "ogv")


def _is_wav(file: BinaryIO, start: bytes, extension: str) -> bool:
    return is_wave(start)


_CHECKS: dict[str, Callable[[BinaryIO, bytes, str], bool]] = {
    **dict.fromkeys(("csv", "srt", "txt", "vtt"), _is_text),
    **dict.fromkeys(_OFFICE, _is_office),
    **dict.fromkeys(_MIMETYPES, _is_open_document),
    **dict.fromkeys(("3gp", "m4a", "m4v", "mov", "mp4"), _is_mp4),
    **dict.fromkeys(("oga", "ogg", "ogv", "opus"), _is_ogg),
    **dict.fromkeys(("aac", "flac", "mp3"), _is_sound),
    "pdf": _is_pdf,
    "wav": _is_wav,
    "webm": _is_webm,
    "zip": _is_zip,
}
