"""The file of the journal: lines of JSON, which are only appended and flushed to the disk."""

import datetime
import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from core.whole_files import sync

DONE, ROLLED_BACK = "done", "rolled_back"
MARKS = (DONE, ROLLED_BACK)


@dataclass(frozen=True)
class Entry:
    """Record of something that was removed.

    `at` is a time in ISO 8601 and UTC. `model` is a label ("campaigns.quote", "wagtailcore.page"). `key` is the
    translation key, or the primary key of objects without one. `language` is a code, or empty for all languages.
    `data` holds no text about people.
    """

    id: str
    at: str
    kind: str
    model: str
    key: str
    language: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def when(self) -> datetime.datetime:
        """Return `at` as a datetime."""
        return datetime.datetime.fromisoformat(self.at)

    def __str__(self) -> str:
        return f"{self.at[:16]} {self.kind} {self.model} {self.key} {self.language}".rstrip()


@dataclass
class Journal:
    """Content of one or more files of the journal.

    `entries` are by id. `done` are the ids of entries whose transaction was committed, `rolled_back` the ids of
    those whose was not, unless they are in `done` too. Entries in neither are undecided. `unreadable` counts
    damaged lines.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    rolled_back: set[str] = field(default_factory=set)
    unreadable: int = 0

    def update(self, other: "Journal") -> None:
        """Add the content of another journal."""
        self.entries |= other.entries
        self.done |= other.done
        self.rolled_back |= other.rolled_back
        self.unreadable += other.unreadable

    def in_order(self) -> list[Entry]:
        """Return the entries, oldest first."""
        return sorted(self.entries.values(), key=lambda entry: entry.at)

    @property
    def lost(self) -> set[str]:
        """Return the ids that are marked as done and whose entry is missing, as its line is damaged."""
        return self.done - self.entries.keys()

    def undecided(self) -> list[Entry]:
        """Return the entries that are marked neither as done nor as rolled back, oldest first."""
        return [entry for entry in self.in_order() if entry.id not in self.done | self.rolled_back]

    def lines(self) -> list[dict[str, Any]]:
        """Return entries and marks as they are written to the file."""
        marks = [{DONE: each} for each in sorted(self.done)]
        marks += [{ROLLED_BACK: each} for each in sorted(self.rolled_back)]
        return [*(asdict(entry) for entry in self.in_order()), *marks]


def path() -> Path:
    """Return the path of the journal (the setting JOURNAL)."""
    return Path(settings.JOURNAL)


def ensure_exists() -> None:
    """Create the file and its folder if missing, so that a missing file on a new machine means that it was not
    copied."""
    path().parent.mkdir(parents=True, exist_ok=True)
    path().touch(mode=0o600)


def append(lines: Iterable[dict[str, Any]], to: Path | None = None) -> None:
    """Append lines, by default to the journal of the settings, and flush them to the disk. The file and its folder
    are created, and a last line that was cut off is ended. Raise OSError if the file cannot be written."""
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    if not text:
        return
    target = to or path()
    is_new = not target.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(target, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _write_all(handle, ("" if _ends_with_line(handle) else "\n") + text)
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        sync(target.parent)


def read(of: Path | None = None) -> Journal:
    """Return the content of a file, by default of the journal of the settings, or an empty journal if there is no
    file. Damaged lines, such as a last line that was cut off by a power failure, are counted and skipped."""
    found = Journal()
    try:
        text = (of or path()).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return found
    # Names may hold other characters that `str.splitlines` takes for the end of a line, such as U+2028.
    for line in text.split("\n"):
        if line.strip():
            _take(found, line)
    return found


def _take(journal: Journal, line: str) -> None:
    """Add the content of one line to the journal, or count the line as unreadable."""
    try:
        content = json.loads(line)
        if DONE in content:
            journal.done.add(content[DONE])
        elif ROLLED_BACK in content:
            journal.rolled_back.add(content[ROLLED_BACK])
        else:
            entry = Entry(**content)
            journal.entries[entry.id] = entry
    except (ValueError, TypeError):
        journal.unreadable += 1


def _ends_with_line(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return not size or os.pread(handle, 1, size - 1) == b"\n"


def _write_all(handle: int, text: str) -> None:
    left = memoryview(text.encode())
    while left:
        left = left[os.write(handle, left) :]
