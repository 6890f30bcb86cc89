"""Which texts a machine has written: as they are, or as a person has changed them."""

from collections.abc import Collection
from uuid import UUID

from translation.models import MachineText

Place = tuple[UUID, int, UUID, UUID]
"""Translation key, id of the language, hashes of path and source string."""


def machines_of(keys: Collection[UUID], locale_ids: Collection[int]) -> dict[Place, MachineText]:
    """Return what machines have suggested for the units of these objects in these languages (one query)."""
    rows = MachineText.objects.filter(object_key__in=keys, locale_id__in=locale_ids)
    return {(row.object_key, row.locale_id, row.path_id, row.string_hash): row for row in rows}
