"""Recognition of errors caused by a full disk. Imports no models, as logging needs it before they are loaded."""

import errno

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SQLITE_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"}
POSTGRESQL_FULL = "53100"


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether an error, or one that it was raised from (`__cause__`), was caused by a full disk or an
    exceeded quota, as the operating system, SQLite or PostgreSQL reports it. False for None."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if getattr(error, "sqlite_errorname", None) in SQLITE_FULL:
            return True
        if getattr(error, "pgcode", None) == POSTGRESQL_FULL:
            return True
        error = error.__cause__
    return False
