"""Filters and formatters of the handler: one line for each outage and minute, no personal data."""

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
    # What PostgreSQL says of a row: its values.
    (re.compile(r"(DETAIL: |Failing row contains ).*"), r"\1[row]"),
    # Whoever has the link may choose a new password.
    (re.compile(r"(password_reset/confirm/)[^\s\"']+"), r"\1[link]"),
    (re.compile(r"(from ip=|from ip: )\S+"), r"\1[address]"),
    (re.compile(r"(https?://[^\s\"'?]*)\?[^\s\"']*"), r"\1?[query]"),
)
_WORDS = (
    # Values that an error quotes: names of the code have no spaces.
    re.compile(r"(?<!\w)([\"'])(?=[^\"'\n]*\s)[^\"'\n]+\1(?!\w)"),
    # The code is written in ASCII, what people write is often not.
    re.compile(r"\w*[^\W\d_a-zA-Z]\w*(?:[^\w\n]+\w*[^\W\d_a-zA-Z]\w*)*"),
)


def without_personal_data(text: str) -> str:
    """Return the text without addresses, links that log somebody in, and what people have asked for."""
    for pattern, mask in _PERSONAL:
        text = pattern.sub(mask, text)
    return text


def without_words(traceback: str) -> str:
    """Return a traceback whose errors do not say the words that they were about, such as a title or a name. Lines
    of the code, which are indented, stay as they are."""
    lines = traceback.split("\n")
    for number, line in enumerate(lines):
        if not line.startswith("  "):
            for pattern in _WORDS:
                line = pattern.sub("[words]", line)
            lines[number] = line
    return "\n".join(lines)


class ForeignHost(logging.Filter):
    """Make a request for a host that the site does not answer to one warning, without a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == FOREIGN_HOST:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
            record.msg, record.args = record.getMessage().partition(". You may need")[0], ()
        return True


class OncePerMinute(logging.Filter):
    """Let one record through for each outage and minute of a process, as one line that says how many were left out
    since the last."""

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
    """Return what is away where the error says so, or nothing where it is a fault of the code."""
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
    def formatException(self, ei: Any) -> str:
        return without_words(super().formatException(ei))

    def format(self, record: logging.LogRecord) -> str:
        return without_personal_data(super().format(record))


class JsonLines(JsonFormatter):
    """One object a line, of the fields `KEPT` that a record has. What else code hangs on one is left out: it may
    be a request or a person."""

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
        return without_words(super().formatException(ei))

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {
            name: without_personal_data(value) if isinstance(value, str) else value
            for name in self.KEPT
            if (value := log_data.get(name)) is not None
        }
