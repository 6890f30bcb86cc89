"""Stamping of tags: recorded in the transaction of a change and done after its commit. A removal is stamped before
the commit as well, so that nothing removed is shown if the process dies in between."""

import logging
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings

from core import work
from core.stamps import cdn
from core.stamps.file import StampFile
from core.stamps.redis import RedisStamps

logger = logging.getLogger(__name__)

WORK = "stamps"
"""The name of the recorded work. Its keys are tags; that of a removal begins with REMOVAL."""
AT_ONCE = 1_000
REMOVAL = "-"


_file = cache(StampFile)
_redis = cache(RedisStamps)


def stamp_file() -> StampFile:
    """Return the file of stamps of this machine. Raise OSError if it cannot be made."""
    return _file(Path(settings.STAMPS))


def stamps() -> StampFile | RedisStamps:
    """Return where this site writes stamps: in Redis if there are several servers (STAMPS_URL), else in the
    file."""
    return _redis(settings.STAMPS_URL) if settings.STAMPS_URL else stamp_file()


def stamp(tags: Iterable[str], removal: bool = False) -> None:
    """Record in the running transaction that these tags have changed. With `removal`, nothing that was made of
    them is shown from now on; otherwise the old may be shown while the new is rendered."""
    some = set(tags)
    if not some:
        return
    if removal:
        try:
            stamps().stamp(some, removal=True, pending=True)
        except OSError as error:
            logger.error("Removals cannot be stamped before their commit: %s", error)
    work.record(WORK, {f"{REMOVAL if removal else ''}{tag}" for tag in some})


def write(keys: list[str]) -> None:
    """Stamp the recorded tags (recorded work). Raise OSError if that is not possible."""
    removed = {key.removeprefix(REMOVAL) for key in keys if key.startswith(REMOVAL)}
    if removed:
        stamps().stamp(removed, removal=True)
    cdn.record(key.removeprefix(REMOVAL) for key in keys)
    if changed := set(keys) - {f"{REMOVAL}{tag}" for tag in removed}:
        stamps().stamp(changed)


def connect() -> None:
    """Register the recorded work of stamps and purges."""
    cdn.connect()
    work.register(WORK, write, at_once=AT_ONCE, slice_size=AT_ONCE)
