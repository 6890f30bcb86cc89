"""The checks of `/readyz` and of the status screen. `run` catches all errors, and no check waits longer than a few
seconds for a service that does not answer."""

import datetime
import io
import time
from collections.abc import Callable
from dataclasses import dataclass

import redis
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.mail import get_connection
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from core import work
from core.health import heartbeats
from core.mail.backend import SEND
from core.media import disk
from core.media.storage import StorageAway

NEEDED_BY_READERS = ("database", "migrations")
PATIENCE = 2
"""Seconds to wait for another machine."""
MAIL_ASKED_EACH = 60.0
"""Seconds during which a process does not ask the mail server again."""


@dataclass(frozen=True)
class Result:
    """The result of a check. `detail` is in English for operators, without names of people. `since` is the time at
    which the part last worked, or since which the oldest job waits."""

    name: str
    ok: bool
    detail: str = ""
    since: datetime.datetime | None = None


class Wrong(Exception):
    """Raised by a check that fails, with the detail for its result."""

    def __init__(self, detail: str, since: datetime.datetime | None = None) -> None:
        super().__init__(detail)
        self.since = since


Check = Callable[[], str]


def results(ask_mail_server: bool = False) -> list[Result]:
    """Run all checks and return their results. Checks that need the database fail without being run while it does
    not answer. With `ask_mail_server` also connect to the mail server, unless mails are known to have failed."""
    found = [run("database", check_database)]
    for name, check in CHECKS.items():
        if name in IN_DATABASE and not found[0].ok:
            found.append(Result(name, False, "unknown without the database"))
        else:
            found.append(run(name, check))
    if ask_mail_server:
        found = [run("mail", check_mail_server) if each.name == "mail" and each.ok else each for each in found]
    return found


def run(name: str, check: Check) -> Result:
    """Run a check and return its result under this name; never raise. For errors other than `Wrong` the detail is
    the error's class."""
    try:
        return Result(name, True, check())
    except Wrong as wrong:
        return Result(name, False, str(wrong), wrong.since)
    except Exception as error:
        return Result(name, False, type(error).__name__)


# Each check returns the detail of its result, and raises `Wrong` or any other exception if it fails.


def check_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def check_cache() -> str:
    location = settings.CACHES["default"].get("LOCATION", "")
    if not str(location).startswith(("redis://", "rediss://")):
        return "in the process"
    # Asked directly, because the site's cache backend hides an outage.
    client = redis.Redis.from_url(location, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
    try:
        client.ping()
    finally:
        client.close()
    return ""


def check_media() -> str:
    """Check that the media folder can be read and written, or that the bucket answers. Return "in a bucket" for a
    bucket."""
    is_here = isinstance(default_storage, FileSystemStorage)
    try:
        default_storage.ask()  # type: ignore[attr-defined]  # the storages of core.media have it
    except StorageAway as error:
        raise Wrong(str(error) if is_here else f"the bucket cannot be used: {error}") from None
    return "" if is_here else "in a bucket"


def check_disk() -> str:
    spaces = disk.spaces()
    found = ", ".join(f"{each.folder}: {each.free // disk.MEGABYTE} MB free" for each in spaces)
    if any(each.is_low for each in spaces):
        raise Wrong(found if all(each.files for each in spaces) else f"{found}; no more files can be made")
    return found


def check_mail() -> str:
    """Check that no queued mail has failed to be sent. Return how many are waiting, if any."""
    waiting = {each.name: each for each in work.waiting()}
    mails = waiting.get(SEND)
    if mails and mails.failing:
        raise Wrong(f"{mails.keys} not delivered, {mails.last_error}", mails.oldest)
    return f"{mails.keys} waiting" if mails else ""


_mail_server: dict[str, tuple[float, str]] = {}


def check_mail_server() -> str:
    """Connect to the mail server and log in, if the backend does so. Each process keeps the result for
    MAIL_ASKED_EACH seconds."""
    asked, wrong = _mail_server.get("asked", (0.0, ""))
    if not asked or time.monotonic() - asked > MAIL_ASKED_EACH:
        wrong = ""
        server = get_connection(settings.MAIL_DELIVERY_BACKEND)
        if hasattr(server, "timeout"):
            server.timeout = PATIENCE
        try:
            server.open()
            server.close()
        except OSError as error:
            wrong = type(error).__name__
        _mail_server["asked"] = (time.monotonic(), wrong)
    if wrong:
        raise Wrong(f"the mail server cannot be used: {wrong}")
    return ""


def check_process(name: str) -> str:
    """Check that a process (WORKER or SCHEDULER) has written a heartbeat within its time in `heartbeats.LATE`."""
    last = heartbeats.last_beats().get(name)
    if last is None:
        raise Wrong("has never run")
    if timezone.now() - last > heartbeats.LATE[name]:
        raise Wrong(f"last known to run at {last.isoformat(timespec='seconds')}", last)
    return ""


_is_migrated: list[bool] = []


def check_migrations() -> str:
    """Check that all migrations are applied. Once they are, a process does not ask again."""
    if not _is_migrated:
        out = io.StringIO()
        try:
            call_command("migrate", check_unapplied=True, verbosity=0, stdout=out, stderr=out)
        except SystemExit:
            raise Wrong("not all are applied; run manage.py migrate") from None
        _is_migrated.append(True)
    return ""


CHECKS: dict[str, Check] = {
    "migrations": check_migrations,
    "cache": check_cache,
    "media": check_media,
    "disk": check_disk,
    "mail": check_mail,
    heartbeats.WORKER: lambda: check_process(heartbeats.WORKER),
    heartbeats.SCHEDULER: lambda: check_process(heartbeats.SCHEDULER),
}
IN_DATABASE = ("migrations", "mail", heartbeats.WORKER, heartbeats.SCHEDULER)
