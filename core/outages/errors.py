"""Recognition of errors that are caused by an outage of the database."""

from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

SHUT_DOWN = frozenset(["57P01", "57P02", "57P03"])
TOO_MANY_CONNECTIONS = "53300"
CONNECTION = "08"
"""The class of SQLSTATE codes for connection errors:
https://www.postgresql.org/docs/current/errcodes-appendix.html"""


def is_outage(error: BaseException | None) -> bool:
    """Return whether an error, or one in its chain, is a database error that says that PostgreSQL is unavailable
    or did not answer; False for None."""
    return any(map(_says_so, _chain(error)))


def _says_so(error: BaseException) -> bool:
    cause = error.__cause__
    if not isinstance(error, OperationalError | InterfaceError) or cause is None or not hasattr(cause, "pgcode"):
        return False
    # There is no code if there was no answer.
    code = cause.pgcode
    return code is None or code in SHUT_DOWN or code == TOO_MANY_CONNECTIONS or code.startswith(CONNECTION)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and the errors that it was raised from or, if from none, during."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
