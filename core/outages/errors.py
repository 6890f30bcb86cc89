"""Which errors say that the database is away."""

from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

SHUT_DOWN = frozenset(["57P01", "57P02", "57P03"])
TOO_MANY_CONNECTIONS = "53300"
CONNECTION = "08"
"""The class of SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html"""


def is_outage(error: BaseException | None) -> bool:
    """Return whether an error, or what it followed from, says that PostgreSQL is away or did not answer."""
    return any(map(_says_so, _chain(error)))


def _says_so(error: BaseException) -> bool:
    if not isinstance(error, OperationalError | InterfaceError) or not hasattr(error.__cause__, "pgcode"):
        return False
    # Without a code where there was no answer.
    code = error.__cause__.pgcode
    return code is None or code in SHUT_DOWN or code == TOO_MANY_CONNECTIONS or code.startswith(CONNECTION)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
