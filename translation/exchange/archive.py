"""Writing of ZIP files, and safe reading of uploaded ones."""

import stat
import zipfile
from collections.abc import Collection
from io import BytesIO
from operator import itemgetter

from django.utils.translation import gettext as _

from core.internals.django import get_valid_filename
from translation.exchange.records import FORMATS, SUFFIXES, Format, OutFile, Refused, of_each
from translation.exchange.wording import DAMAGED

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
"""Bytes of one file, packed or not."""
LARGEST_SUM = 60 * MEGABYTE
"""Bytes of all files in a ZIP file together, unpacked."""
MOST_FILES = 3_000
MOST_UPLOADS = 100
"""Files that are uploaded together; Django refuses more."""
MOST_PACKED = 150
"""Highest ratio of unpacked to packed size of a file. XML compresses well, so the limit is generous."""
SMALL = MEGABYTE
"""Bytes up to which a file is accepted at any ratio."""
ENCRYPTED = 0x1
"""The bit of a ZIP entry's flags that says that it is encrypted."""
NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
"""Beginnings and ends of the names of files that operating systems add; these are skipped."""
Content = tuple[str, bytes]
"""The name and the content of a file."""


def packed(files: list[OutFile], contents: list[bytes], format: str) -> bytes:
    """Return a ZIP file with the contents of the files, in the same order, each in a folder for its language. If
    two have the same name, the second gets a number."""
    buffer = BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in zip(files, contents, strict=True):
            archive.writestr(_name(file, SUFFIXES[Format(format)], taken), content)
    return buffer.getvalue()


def _name(file: OutFile, suffix: str, taken: set[str]) -> str:
    """Return a file name in ASCII, in a folder for the language, whose stem is not in `taken`, and add the stem
    there."""
    language = get_valid_filename(file.target_language)
    stem = name = f"{language}/{file.name}"
    number = 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    return f"{name}.{language}.{suffix}"


def contents_of_all(uploads: Collection[Content]) -> list[Content]:
    """Return the name and content of the uploaded files and, of ZIP files among them, of each file in it. Raise
    Refused with a message for each that is empty, larger than LARGEST, damaged or unsafe, or has a file of an
    unknown type, and if all together are more than MOST_FILES or larger than LARGEST_SUM."""
    found: list[Content] = []

    def add(upload: Content) -> None:
        found.extend(contents_of(*upload, LARGEST_SUM - sum(len(content) for _name, content in found)))
        if len(found) > MOST_FILES:
            raise Refused(_too_many())

    of_each(uploads, add, itemgetter(0))
    return found


def contents_of(name: str, content: bytes, rest: int | None = None) -> list[Content]:
    """Return the name and content of the uploaded file or, if it is a ZIP file, of each file in it, of at most
    `rest` bytes, by default LARGEST_SUM. Raise Refused as `contents_of_all` does."""
    rest = LARGEST_SUM if rest is None else rest
    if len(content) > LARGEST:
        raise Refused(too_large())
    if not content.strip():
        raise Refused(_("The file is empty."))
    if not name.lower().endswith(".zip") and not content.startswith(b"PK\x03\x04"):
        if len(content) > rest:
            raise Refused(_too_large_unpacked())
        return [(checked_name(name), content)]
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            found = _unpacked(archive, rest)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Refused(DAMAGED) from error
    if not found:
        raise Refused(_("The ZIP file contains no XLIFF, PO or TMX file."))
    return found


def too_large() -> str:
    return _("The file is too large. Maximum: %(limit)d MB.") % {"limit": LARGEST // MEGABYTE}


def checked_name(name: str) -> str:
    """Return the name unchanged. Raise Refused if its suffix is not that of a known format."""
    if name.rpartition(".")[2].lower() not in FORMATS:
        raise Refused(_("“%(name)s” is not an XLIFF, PO or TMX file.") % {"name": name[:100]})
    return name


def _unpacked(archive: zipfile.ZipFile, rest: int) -> list[Content]:
    """Return name and content of the files of a ZIP file, without folders and NOISE. Raise Refused if it has more
    than MOST_FILES files, more than `rest` bytes, is unsafe, or has files of an unknown type, which are all named.
    Nothing is unpacked unless all names are accepted."""
    members = [each for each in archive.infolist() if not each.is_dir()]
    if len(members) > MOST_FILES:
        raise Refused(_too_many())
    for member in members:
        _check_member(member)
    members = [each for each in members if not (each.filename.startswith(NOISE) or each.filename.endswith(NOISE))]
    of_each(members, lambda member: checked_name(member.filename), _filename, named=False)
    found = []
    for member in members:
        try:
            content = _read(archive, member, min(LARGEST, rest))
        except Refused as error:
            raise Refused(f"{member.filename}: {error.messages[0]}") from error
        rest -= len(content)
        found.append((member.filename, content))
    return found


def _filename(member: zipfile.ZipInfo) -> str:
    return member.filename


def _check_member(member: zipfile.ZipInfo) -> None:
    """Raise Refused if the entry is a link, has a name that leads out of the archive or contains a colon or a
    backslash, is a ZIP file by its name, or is encrypted."""
    parts = member.filename.replace("\\", "/").split("/")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if ".." in parts or not parts[0] or ":" in member.filename or "\\" in member.orig_filename or is_link:
        message = _("The ZIP file contains an unsafe file name: “%(name)s”.")
        raise Refused(message % {"name": member.filename[:100]})
    if member.filename.lower().endswith(".zip"):
        raise Refused(_nested())
    if member.flag_bits & ENCRYPTED:
        raise Refused(_("The ZIP file is protected by a password."))


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    """Return the unpacked content. Raise Refused if it has more than `limit` bytes, whatever size the archive
    states, or more than SMALL bytes and more than MOST_PACKED times the packed size, or if it is a ZIP file."""
    with archive.open(member) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise Refused(_too_large_unpacked())
    if len(content) > SMALL and len(content) > MOST_PACKED * max(member.compress_size, 1):
        raise Refused(_too_large_unpacked())
    if content.startswith(b"PK\x03\x04"):
        raise Refused(_nested())
    return content


def _too_large_unpacked() -> str:
    return _("The ZIP file is too large when unpacked.")


def _too_many() -> str:
    return _("The ZIP file contains more than %(limit)d files.") % {"limit": MOST_FILES}


def _nested() -> str:
    return _("The ZIP file contains another ZIP file. Unpack it first.")
