"""Copies of the stored files, shared by all backups: each distinct content once, named by its SHA-256."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

from core.backup.errors import BackupError
from core.backup.files import CHUNK, file_digest
from core.backup.manifest import StoredFile
from core.media.storage import stored_names
from core.typed import AnyFile
from core.whole_files import PARTIAL, whole_file

FOLDER = "files"


def path_of(backups: Path, digest: str) -> Path:
    """Return the path of the copy with this digest."""
    return backups / FOLDER / digest[:2] / digest


def copy_all(backups: Path, known: Iterable[StoredFile]) -> list[StoredFile]:
    """Copy the files of the media storage that have no copy yet, and return a list of all its files. A file is not
    read again if size and time of change are those in `known`, the files of an earlier backup, and the copy is
    there. Files deleted meanwhile are left out. Raise BackupError if a file changes while it is copied."""
    before = {each.name: each for each in known}
    found = []
    for name in stored_names():
        try:
            found.append(_copied(backups, name, before.get(name)))
        except FileNotFoundError:
            # Deleted just now.
            continue
    return found


@contextmanager
def put_back(backups: Path, files: Iterable[StoredFile]) -> Iterator[None]:
    """Store the missing ones of `files` in the media storage, and remove those again if the block raises. A file
    that an interrupted restoration has cut off is stored anew. Raise BackupError if the media storage has another
    file of the same name."""
    stored: list[str] = []
    try:
        for file in files:
            _put_back(path_of(backups, file.digest), file, stored)
        yield
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        raise


def damaged(backups: Path, files: Iterable[StoredFile]) -> list[str]:
    """Return the names of the files whose copy is missing or has another digest."""
    found, checked = [], {}
    for file in files:
        if file.digest not in checked:
            path = path_of(backups, file.digest)
            checked[file.digest] = path.is_file() and file_digest(path) == file.digest
        if not checked[file.digest]:
            found.append(file.name)
    return found


def remove_unused(backups: Path, used: set[str]) -> int:
    """Remove the copies whose digest is not in `used`, and partial files of killed runs. Return how many files
    were removed."""
    removed = 0
    for path in list((backups / FOLDER).glob("*/*")):
        if path.name.startswith(PARTIAL) or path.name not in used:
            path.unlink()
            removed += 1
    return removed


def _put_back(path: Path, file: StoredFile, stored: list[str]) -> None:
    is_stored = default_storage.exists(file.name)
    if is_stored and _is_cut_off(path, file.name):
        default_storage.delete(file.name)
        is_stored = False
    if not is_stored:
        with open(path, "rb") as source:
            stored.append(default_storage.save(file.name, File(source)))
        if stored[-1] != file.name:
            raise BackupError(f"The media storage has stored {file.name} as {stored[-1]}.")
    with default_storage.open(file.name) as there:
        if hashlib.file_digest(there, "sha256").hexdigest() != file.digest:
            raise BackupError(f"{file.name} in the media storage differs from the backup.")


def _is_cut_off(path: Path, name: str) -> bool:
    """Return whether the stored file is only the beginning of the copy, as after a killed restoration."""
    if default_storage.size(name) >= path.stat().st_size:
        return False
    with default_storage.open(name) as there, open(path, "rb") as copy:
        return all(chunk == copy.read(len(chunk)) for chunk in iter(lambda: there.read(CHUNK), b""))


def _copied(backups: Path, name: str, before: StoredFile | None) -> StoredFile:
    size, modified = default_storage.size(name), default_storage.get_modified_time(name).isoformat()
    if before and (before.size, before.modified) == (size, modified):
        path = path_of(backups, before.digest)
        if path.is_file() and path.stat().st_size == size:
            return StoredFile(name, before.digest, size, modified)
    digest, size = hashlib.sha256(), 0
    with default_storage.open(name) as stored:
        for chunk in iter(lambda: stored.read(CHUNK), b""):
            digest.update(chunk)
            size += len(chunk)
        path = path_of(backups, digest.hexdigest())
        if not path.is_file() or path.stat().st_size != size:
            stored.seek(0)
            _write(path, stored, digest.hexdigest())
    return StoredFile(name, digest.hexdigest(), size, modified)


def _write(path: Path, stored: AnyFile, digest: str) -> None:
    written = hashlib.sha256()
    with whole_file(path) as copy:
        for chunk in iter(lambda: stored.read(CHUNK), b""):
            written.update(chunk)
            copy.write(chunk)
        if written.hexdigest() != digest:
            raise BackupError("A stored file has changed while it was copied. Make the backup again.")
