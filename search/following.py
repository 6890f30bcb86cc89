"""Updates of the index after a change: which entries are written again, and which are not found until then.

A change is recorded in its transaction (`core.work`) by the translation key of a page or of a row of material. As
long as the key of an entry, or of material in it, is recorded, the entry may be outdated and `search.query` leaves
it out. The worker writes the entries, so that nobody who publishes waits for it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet, UUIDField
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from campaigns.kinds import BY_LABEL, KINDS, Kind
from campaigns.reach import places_of
from core import work
from core.models import RecordedWork
from search import indexer
from search.models import Entry, Showing
from search.names import campaigns_with_partners_of

CHANGED_PAGES = "search_changed_pages"
"""Work on changed pages. Keys: the hexadecimal translation key."""
CHANGED_PIECES = "search_changed_pieces"
"""Work on changed rows of material. Keys: the hexadecimal translation key, a space and the name of the model."""
CHANGED_BRANCHES = "search_changed_branches"
"""Work on all pages below a path. Keys: a path of the tree. Their entries are found meanwhile."""
ENTRIES = "search_entries"
"""Work on entries whose old state may still be found, because it shows nothing that readers may no longer see.
Keys as of CHANGED_PAGES."""
NAMES = (CHANGED_PAGES, CHANGED_PIECES, CHANGED_BRANCHES, ENTRIES)

HEX = 32
SLICE = 40
"""Most pages that are written in one transaction."""


def connect() -> None:
    """Register the work of this module with `core.work`."""
    work.register(CHANGED_PAGES, follow_pages, slice_size=SLICE)
    work.register(CHANGED_PIECES, follow_pieces, slice_size=SLICE)
    work.register(CHANGED_BRANCHES, follow_branches, slice_size=1)
    work.register(ENTRIES, write, slice_size=SLICE)


def record_pages(keys: Iterable[UUID]) -> None:
    """Record in the current transaction that the pages with these translation keys were changed or deleted.
    Readers do not find them until their entries are written."""
    work.record(CHANGED_PAGES, (key.hex for key in keys))


def record_pieces(kind: Kind, keys: Iterable[UUID]) -> None:
    """Record in the current transaction that rows of one kind of material, by translation key, were changed or
    deleted. Readers do not find the entries that contain them until these are written."""
    work.record(CHANGED_PIECES, (f"{key.hex} {kind.label}" for key in keys))


def record_branch(path: str) -> None:
    """Record that all pages at or below a path of the tree may have become public or private. Their other
    languages are written as well; all are found until then."""
    work.record(CHANGED_BRANCHES, [path])


def record_entries(keys: Iterable[UUID]) -> None:
    """Record that the entries of the pages with these translation keys are to be written again, and may be found
    until then."""
    work.record(ENTRIES, (key.hex for key in keys))


def waiting_pages() -> QuerySet[Any]:
    """Return the translation keys of the changed pages whose entries are not written yet, as a subquery."""
    return _recorded(CHANGED_PAGES)


def entries_of_waiting_pieces() -> QuerySet[Any]:
    """Return the primary keys of the entries that have changed material in them, as a subquery."""
    return Showing.objects.filter(piece__in=_recorded(CHANGED_PIECES)).values("entry")


def _recorded(name: str) -> QuerySet[Any]:
    """Return the translation keys of the work that is recorded under this name and not done yet, as a subquery."""
    keys = Cast(Substr("key", 1, HEX), UUIDField())
    return RecordedWork.objects.filter(name=name).annotate(uuid=keys).order_by().values("uuid")


def follow_pages(keys: list[str]) -> None:
    """Write the entries of these pages, and record those of other pages that show material from them or, if a
    campaign has partners of these stories, of the campaign. `keys` are as of CHANGED_PAGES."""
    changed = {UUID(key) for key in keys}
    indexer.update(changed)
    pieces = {kind: {row for row, _place in places_of(kind, changed)} for kind in KINDS}
    record_entries((_around(pieces) | campaigns_with_partners_of(changed)) - changed)


def follow_pieces(keys: list[str]) -> None:
    """Write the entries of all pages that show this material, or showed it before. `keys` are as of
    CHANGED_PIECES."""
    pieces: dict[Kind, set[UUID]] = {}
    for key in keys:
        pieces.setdefault(BY_LABEL[key[HEX + 1 :]], set()).add(UUID(key[:HEX]))
    indexer.update(_around(pieces))


def follow_branches(paths: list[str]) -> None:
    """Record the entries of all pages at or below these paths of the tree, and of their other languages, to be
    written again."""
    for path in paths:
        keys = Page.objects.filter(path__startswith=path).order_by()
        record_entries(set(keys.values_list("translation_key", flat=True)))


def write(keys: list[str]) -> None:
    """Write the entries of these pages, in every language. `keys` are as of CHANGED_PAGES."""
    indexer.update({UUID(key) for key in keys})


def _around(pieces: Mapping[Kind, Collection[UUID]]) -> set[UUID]:
    """Return the translation keys of the pages that show this material of several kinds, or showed it before."""
    found: set[UUID] = set()
    for kind, keys in pieces.items():
        found |= pages_of_pieces(kind, keys)
    return found


def pages_of_pieces(kind: Kind, keys: Iterable[UUID]) -> set[UUID]:
    """Return the translation keys of the pages that show rows of material: their stories and campaigns, the pages
    on which an editor placed them, and those whose entries still contain them."""
    keys = set(keys)
    if not keys:
        return set()
    places = {place for _row, place in places_of(kind, keys)}
    rows = kind.model._base_manager.filter(translation_key__in=keys).values_list("pk", flat=True)
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(kind.model),
        to_object_id__in=[str(pk) for pk in rows],
    )
    picking = Page.objects.filter(pk__in=[int(pk) for pk in references.values_list("object_id", flat=True)])
    before = Showing.objects.filter(piece__in=keys).values_list("entry__translation_key", flat=True)
    return places | set(picking.values_list("translation_key", flat=True)) | set(before)


def record_ended() -> int:
    """Record the entries that are no longer found because a consent in them has ended or something on the page has
    expired, so that they are written again. Return the number of pages, each counted once for all languages."""
    now = timezone.now()
    ended = Entry.objects.filter(until__lt=timezone.localdate(now)) | Entry.objects.filter(expires__lte=now)
    keys = set(ended.values_list("translation_key", flat=True))
    record_entries(keys)
    return len(keys)
