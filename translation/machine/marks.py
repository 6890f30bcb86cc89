"""Which texts a machine has written: as they are, or as a person has changed them."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext

from translation.models import MachineText

Place = tuple[UUID, int, UUID, UUID]
"""Translation key, id of the language, hashes of path and source string."""


def machines_of(keys: Collection[UUID], locale_ids: Collection[int]) -> dict[Place, MachineText]:
    """Return what machines have suggested for the units of these objects in these languages (one query)."""
    rows = MachineText.objects.filter(object_key__in=keys, locale_id__in=locale_ids)
    return {row.position: row for row in rows}


def mark_of(machine: MachineText | None, text: str) -> str:
    """Return what to say of a unit's text of which a machine has suggested one: that it is the machine's, or was
    changed from it; empty if there is no suggestion or no text."""
    if machine is None or not text:
        return ""
    tool = {"tool": machine.tool}
    if machine.text == text:
        return gettext("Text by machine: %(tool)s") % tool
    return gettext("changed from machine: %(tool)s") % tool
