"""Lists in tests. Most tests never commit, and the table of lists is written after a commit: here it is written
before it is read."""

from django.db import connection

from campaigns.listings import reading, receivers
from core.models import RecordedWork


def write_recorded() -> None:
    """Do the recorded work on lists within the running transaction. No test counts its queries."""
    counted, connection.force_debug_cursor = connection.force_debug_cursor, False
    try:
        waiting = RecordedWork.objects.filter(name=receivers.WORK)
        if keys := set(waiting.values_list("key", flat=True)):
            receivers.write(sorted(keys))
            waiting.delete()
    finally:
        connection.force_debug_cursor = counted


def follow_uncommitted_changes() -> None:
    """Let each reading of the table in a transaction, which asks for the reader's language, first write what that
    transaction has recorded."""
    asked = reading.language_id

    def language_id(code: str) -> int | None:
        if connection.in_atomic_block:
            write_recorded()
        return asked(code)

    reading.language_id = language_id
