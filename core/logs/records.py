"""Filters and formatters of the log handler: one line a minute for each outage, and no personal data."""

import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter
from redis.exceptions import RedisError

from core.health.errors import is_disk_full
from core.media.storage import StorageAway
from core.outages.errors import is_outage

MINUTE = 60.0
FOREIGN_HOST = "django.security.DisallowedHost"
SQLITE_AWAY = ("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_NOTADB")
UNAVAILABLE = {503: "unavailable", 507: "disk"}

_PERSONAL = (
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    # PostgreSQL's messages contain the values of rows.
    (re.compile(r"(DETAIL: |Failing row contains ).*"), r"\1[row]"),
    # With the link anybody can set a new password.
    (re.compile(r"(password_reset/confirm/)[^\s\"']+"), r"\1[link]"),
    (re.compile(r"(from ip=|from ip: )\S+"), r"\1[address]"),
    (re.compile(r"(https?://[^\s\"'?]*)\?[^\s\"']*"), r"\1?[query]"),
)
_WORDS = (
    # Quoted values in errors; quoted names of code have no spaces.
    re.compile(r"(?<!\w)([\"'])(?=[^\"'\n]*\s)[^\"'\n]+\1(?!\w)"),
    # Words that are not ASCII, as code is.
    re.compile(r"\w*[^\W\d_a-zA-Z]\w*(?:[^\w\n]+\w*[^\W\d_a-zA-Z]\w*)*"),
)


def without_personal_data(text: str) -> str:
    """Return the text with e-mail addresses, logged client addresses, values of rows, password links and query
    strings masked."""
    for pattern, mask in _PERSONAL:
        text = pattern.sub(mask, text)
    return text


def without_words(traceback: str) -> str:
    """Return a traceback in which quoted texts of several words and words that are not ASCII, such as titles or
    names, are replaced by "[words]" in the messages of its errors. Indented lines, which are code, stay as they
    are."""
    lines = traceback.split("\n")
    for number, line in enumerate(lines):
        if not line.startswith("  "):
            for pattern in _WORDS:
                line = pattern.sub("[words]", line)
            lines[number] = line
    return "\n".join(lines)


class ForeignHost(logging.Filter):
    """A filter that logs a request with a wrong Host header as a warning in one line, without a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == FOREIGN_HOST:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
            record.msg, record.args = record.getMessage().partition(". You may need")[0], ()
        return True


class OncePerMinute(logging.Filter):
    """A filter that passes one record a minute for each kind of outage in a process, as one line without
    traceback, with the number of records left out since the last. Other records pass unchanged."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._told: dict[str, float] = {}
        self._left_out: Counter[str] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        outage = outage_of(error) or UNAVAILABLE.get(getattr(record, "status_code", 0))
        if not outage:
            return True
        with self._lock:
            now = time.monotonic()
            if now - self._told.get(outage, -MINUTE) < MINUTE:
                self._left_out[outage] += 1
                return False
            self._told[outage] = now
            more = self._left_out.pop(outage, 0)
        said = f" ({type(error).__name__}: {_first_line(error)})" if error else ""
        since = f"; {more} more since the last such line" if more else ""
        record.msg, record.args = f"{record.getMessage()}{said}{since}", ()
        record.exc_info = record.exc_text = None
        return True


def outage_of(error: BaseException | None) -> str:
    """Return the name of what is unavailable according to an error or one of its causes ("disk", "storage",
    "cache", "database", "connection"), or "" if the error, or None, says nothing of this."""
    for each in _with_causes(error):
        if is_disk_full(each):
            return "disk"
        if isinstance(each, StorageAway):
            return "storage"
        if isinstance(each, RedisError):
            return "cache"
        if is_outage(each) or _is_sqlite_away(each):
            return "database"
        if isinstance(each, ConnectionError | TimeoutError):
            return "connection"
    return ""


def _is_sqlite_away(error: BaseException) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(SQLITE_AWAY)


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), "")[:200]


class TextFormatter(logging.Formatter):
    """A formatter for plain text without personal data."""

    def formatException(self, ei: Any) -> str:
        return without_words(super().formatException(ei))

    def format(self, record: logging.LogRecord) -> str:
        return without_personal_data(super().format(record))


class JsonLines(JsonFormatter):
    """A formatter that writes each record as one line of JSON with the fields in KEPT. Other attributes of records
    are left out, as they may be requests or people."""

    KEPT = ("timestamp", "level", "logger", "request_id", "message", "status_code", "exc_info")

    def __init__(self) -> None:
        super().__init__(
            "{levelname}{name}{request_id}{message}",
            style="{",
            rename_fields={"levelname": "level", "name": "logger"},
            reserved_attrs=[*RESERVED_ATTRS, "request"],
            timestamp=True,
            json_ensure_ascii=False,
            json_default=str,
        )

    def formatException(self, ei: Any) -> str:
        lines = super().formatException(ei)
        return without_words("\n".join(lines) if isinstance(lines, list) else lines)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {
            name: without_personal_data(value) if isinstance(value, str) else value
            for name in self.KEPT
            if (value := log_data.get(name)) is not None
        }
