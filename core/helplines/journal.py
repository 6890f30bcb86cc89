"""Changed helplines in the journal: what they say now is written on a restored database as well."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import ProtectedError

from core.helplines.changes import ACTION
from core.journal import applying
from core.journal.file import Entry
from core.models import Helpline


def connect() -> None:
    applying.register(ACTION, change_again, order=60)


def change_again(entries: list[Entry]) -> Iterator[str]:
    """Make each helpline what it was changed into last; publishers get a mail of it. One that cannot be deleted,
    because pages of the backup show it, is named."""
    last = {entry.key: entry for entry in entries}
    stated = [entry for entry in last.values() if entry.data["state"]]
    _create_missing(stated)
    for entry in stated:
        if _write(entry):
            yield f"{entry}: {entry.data['state']['number']}"
    for entry in last.values():
        if not entry.data["state"]:
            yield from _delete(entry)


def _create_missing(entries: list[Entry]) -> None:
    """Of two that replace each other the other one must be there first."""
    known = {str(pk) for pk in Helpline.objects.values_list("pk", flat=True)}
    missing = [entry for entry in entries if entry.key not in known]
    for entry in missing:
        Helpline.objects.bulk_create([Helpline(pk=entry.key, number=entry.data["state"]["number"])])
    if missing:
        with connection.cursor() as cursor:
            # The database counts on from the numbers that were given here.
            for statement in connection.ops.sequence_reset_sql(no_style(), [Helpline]):
                cursor.execute(statement)


def _write(entry: Entry) -> bool:
    """Return whether that changed anything."""
    row = Helpline.objects.get(pk=entry.key)
    was = row.state()
    for name, value in entry.data["state"].items():
        if name != "replaced_by":
            setattr(row, name, value)
    row.replaced_by = Helpline.objects.filter(pk=entry.data["state"]["replaced_by"]).first()
    row.save()
    return was != row.state()


def _delete(entry: Entry) -> Iterator[str]:
    row = Helpline.objects.filter(pk=entry.key).first()
    if row is None:
        return
    try:
        with transaction.atomic():
            row.delete()
        yield f"{entry}: deleted"
    except (ValidationError, ProtectedError):
        yield f"{entry}: it was deleted, but pages show it. Check it."
