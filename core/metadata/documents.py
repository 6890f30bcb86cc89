"""Removal of personal metadata from documents, sound and films, and a report of what could not be removed."""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from io import BufferedRandom
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from django.utils.translation import gettext_lazy as _

from core.metadata.archives import Room, clean_archive
from core.metadata.films import clean_mp4
from core.metadata.jpeg2000 import CODESTREAM, SIGNATURE
from core.metadata.kinds import fitting_name
from core.metadata.lossless import Unremovable, stripped_picture
from core.metadata.matroska import clean_matroska
from core.metadata.ogg import clean_ogg
from core.metadata.pdf import clean_pdf
from core.metadata.pictures import neutral_name
from core.metadata.sound import clean_sound, is_sound
from core.metadata.wave import clean_wave, is_wave
from core.typed import AnyFile

CHECKS = 2
"""Number of the last check. Increase it with each new check of documents, and when more can be removed: the
command `clean_files` then reads stored documents again. 1: hidden parts of documents (`hidden_parts`). 2: tracks
of measurements in films (`film_tracks`)."""
OVERWRITTEN = {".3gp", ".m4a", ".m4v", ".mov", ".mp4"}
"""Extensions of kinds of which a clean file is not changed by being cleaned again."""
LEFT = {
    "signed": _("The file is signed and names the signer. Removing the name would break the signature."),
    "encrypted": _("The file is encrypted or protected by a password, so its metadata cannot be removed."),
    "unreadable": _("The file is incomplete or damaged, so its metadata cannot be removed."),
    "attachments": _("The file has attachments that may reveal their authors."),
    "embedded": _("The file contains objects or macros of other programs that may reveal their authors."),
    "picture": _("The file contains images that may reveal device, place or photographer."),
    "data_track": _("Besides picture and sound, the file contains other data, such as the position of the phone."),
    "unknown": _("Author, device and place cannot be removed from this type of file, or from a file inside it."),
    "linked": _("The file links to files on a computer or drive, or to other sources, which may name a person."),
    "named": _(
        "A name from the document properties also occurs in the content. If readers may see "
        "the name, remove it from the properties and upload the file again."
    ),
    "deleted": _("The file contains deleted words as tracked changes. Accept or reject all changes."),
    "hidden": _("The file contains hidden words, rows, sheets or slides that anybody can show."),
    "notes": _("The file contains speaker notes."),
    "unchecked": _("The file was uploaded before metadata was removed from files."),
}
"""Descriptions of what may be left in a file, by the code that is stored."""
HIDDEN = {"deleted", "hidden", "notes"}
"""Codes of what is in the text, not in the properties."""

_TEXTS = {"csv", "srt", "txt", "vtt"}
_OFFICE = (".docx", ".xlsx", ".ppsx", ".pptx", ".odt", ".ods", ".odp", ".odg")
_IN_MEMORY = 100 * 1024**2
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", SIGNATURE, CODESTREAM)
_NO_TEXT = (_OLE, b"{\\rtf", b"<", b"%", b"MIME-Version:", b"BEGIN:")

Cleaner = Callable[[BinaryIO, BinaryIO], set[str]]


class CleanedFile(AnyFile):
    """Cleaned document, ready to be stored. `left` are the codes (keys of LEFT) of what could not be removed."""

    name: str

    def __init__(self, file: BufferedRandom, name: str, left: Iterable[str]):
        super().__init__(file, name=name)
        self.left = sorted(left)
        self.digest = hashlib.file_digest(file, "sha1").hexdigest()
        file.seek(0)


def clean_document(file: AnyFile | BinaryIO, name: str) -> CleanedFile:
    """Return the document without personal metadata, under a random name with the extension of its content (see
    `fitting_name`).

    A document that is signed, encrypted or unreadable is returned unchanged; `left` of the result says why.
    """
    file = cast("BinaryIO", file)  # Django's File has its methods
    name = fitting_name(file, name)
    target = TemporaryFile()  # noqa: SIM115 - closed by the code that stores it
    file.seek(0)
    left = _cleaned(file, target, name, Room())
    extension = PurePath(name).suffix
    return CleanedFile(target, neutral_name(extension) if extension else neutral_name("bin"), left)


def _cleaned(source: BinaryIO, target: BinaryIO, name: str, room: Room) -> set[str]:
    """Write the cleaned document, or a copy if it is signed, encrypted or unreadable, and return the codes of what
    is left. `room` is the budget of XML in the upload."""
    try:
        left = _cleaner(source, name, room)(source, target)
    except (ValueError, OSError, RecursionError):
        left = {"unreadable"}
    if left & {"signed", "encrypted", "unreadable"}:
        _copy(source, target)
    target.seek(0)
    return left


def _cleaner(source: BinaryIO, name: str, room: Room) -> Cleaner:
    """Return the function that cleans this kind of file: by its first bytes, as extensions are often wrong, and by
    the extension for plain text."""
    start = source.read(1024)
    source.seek(0)
    extension = PurePath(name).suffix.lower().lstrip(".")
    if b"%PDF-" in start:
        return clean_pdf
    if start.startswith((b"PK\3\4", b"PK\5\6")):
        return partial(clean_archive, inner=partial(_clean_inner, room=room), room=room)
    if start[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return clean_mp4
    if start.startswith(b"\x1a\x45\xdf\xa3"):
        return clean_matroska
    if start.startswith(b"OggS"):
        return clean_ogg
    if is_wave(start):
        return clean_wave
    if is_sound(start):
        return clean_sound
    if start.startswith(_PICTURES):
        return _clean_picture
    if extension in _TEXTS and _is_text(start):
        return _nothing_to_clean
    return _expected(extension)


def _is_text(start: bytes) -> bool:
    """Return whether a file that begins with `start` can be plain text, which has no metadata: without NUL, and
    unlike XML, PDF, RTF, MIME and Office files."""
    return b"\0" not in start and not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_NO_TEXT)


def _expected(extension: str) -> Cleaner:
    """Return the cleaner for a file of unknown content: with the extension of an Office, OpenDocument or PDF file
    it is damaged or encrypted, else of an unknown kind."""
    return _unreadable if f".{extension}" in {*_OFFICE, ".pdf"} else _unknown


def _nothing_to_clean(source: BinaryIO, target: BinaryIO) -> set[str]:
    _copy(source, target)
    return set()


def _unknown(source: BinaryIO, target: BinaryIO) -> set[str]:
    _copy(source, target)
    return {"unknown"}


def _unreadable(source: BinaryIO, target: BinaryIO) -> set[str]:
    source.seek(0)
    # Office files with a password are OLE files.
    return {"encrypted" if source.read(8) == _OLE else "unreadable"}


def _clean_picture(source: BinaryIO, target: BinaryIO) -> set[str]:
    content = source.read(_IN_MEMORY)
    if content.startswith(b"RIFF") and content[8:12] != b"WEBP":
        return _unknown(source, target)
    try:
        target.write(stripped_picture(content))
    except Unremovable:
        return {"unreadable"}
    return set()


def _copy(source: BinaryIO, target: BinaryIO) -> None:
    source.seek(0)
    target.seek(0)
    target.truncate()
    shutil.copyfileobj(source, target)


def _clean_inner(source: IO[bytes], target: IO[bytes], name: str, room: Room) -> set[str]:
    """Clean a file in an archive, whose streams cannot seek, and return the codes of what is left. An archive that
    is no Office or OpenDocument file is copied ("unknown")."""
    with TemporaryFile() as unpacked, TemporaryFile() as cleaned:
        shutil.copyfileobj(source, unpacked)
        unpacked.seek(0)
        if unpacked.read(2) == b"PK" and not name.lower().endswith(_OFFICE):
            # Archives inside archives are not cleaned.
            unpacked.seek(0)
            shutil.copyfileobj(unpacked, target)
            return {"unknown"}
        unpacked.seek(0)
        left = _cleaned(unpacked, cleaned, name, room)
        shutil.copyfileobj(cleaned, target)
        return left
