"""What an error says about the machine. Imports no model: logging needs it before there are any."""

import errno

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SQLITE_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"}
POSTGRESQL_FULL = "53100"


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether the error, or one that it was raised from, says that something could not be written because
    the disk, or what the site may use of it, is full."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if getattr(error, "sqlite_errorname", None) in SQLITE_FULL:
            return True
        if getattr(error, "pgcode", None) == POSTGRESQL_FULL:
            return True
        error = error.__cause__
    return False
