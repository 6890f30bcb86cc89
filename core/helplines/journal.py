"""The journal's handler for changed helplines: repeats the changes on a database restored from a backup."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import ProtectedError

from core.helplines.changes import ACTION
from core.helplines.models import Helpline
from core.internals.django import sequence_reset_statements
from core.journal import applying
from core.journal.file import Entry


def connect() -> None:
    """Register the handler of journal entries about helplines."""
    applying.register(ACTION, change_again, order=60)


def change_again(entries: list[Entry]) -> Iterator[str]:
    """Give each helpline the last state that the journal has; a helpline that is missing is created, and one that
    was deleted is deleted. Changes are recorded anew, which also mails the publishers. Yield a line for each
    changed or deleted helpline, and for each that cannot be deleted because restored pages show it."""
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
    """Create the helplines that the database lacks, before any of them is named as a replacement."""
    known = {str(pk) for pk in Helpline.objects.values_list("pk", flat=True)}
    missing = [entry for entry in entries if entry.key not in known]
    for entry in missing:
        Helpline.objects.bulk_create([Helpline(pk=entry.key, number=entry.data["state"]["number"])])
    if missing:
        with connection.cursor() as cursor:
            # Rows were created with given primary keys, so the sequence must be moved past them.
            for statement in sequence_reset_statements([Helpline]):
                cursor.execute(statement)


def _write(entry: Entry) -> bool:
    """Write the state of an entry to its helpline and return whether that changed anything."""
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
