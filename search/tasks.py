"""What a change reaches. A few pages are written at once; many by `manage.py db_worker`, beside the server, but
what readers must no longer find goes at once, however much it is."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page, ReferenceIndex

from campaigns.drawing import model
from campaigns.reach import PIECES, piece_places
from search import keeping
from search.models import Entry, Showing
from search.names import campaigns_with_partners_of

AT_ONCE = 40
"""Translation keys that whoever saves waits for."""
SLICE = 200
"""And those of one task."""


def follow(pages: Collection[UUID], pieces: Mapping[str, Collection[UUID]]) -> None:
    """`pages` and `pieces` have changed, by translation keys; the pieces by their model."""
    keys = set(pages)
    for name, source in PIECES.items():
        known = set(pieces.get(name, ()))
        known |= {piece for piece, _place in piece_places(name, source, pages)}
        keys |= pages_of_pieces(name, source, known)
    keys |= campaigns_with_partners_of(pages)
    write(keys)


def pages_of_pieces(name: str, source: str, keys: Iterable[UUID]) -> set[UUID]:
    """Where these stand: with their story, their campaigns, where an editor placed them, where they stood."""
    keys = set(keys)
    if not keys:
        return set()
    places = {place for _piece, place in piece_places(name, source, keys)}
    rows = model(name)._base_manager.filter(translation_key__in=keys).values_list("pk", flat=True)
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model(name)),
        to_object_id__in=[str(pk) for pk in rows],
    )
    picking = Page.objects.filter(pk__in=[int(pk) for pk in references.values_list("object_id", flat=True)])
    before = Showing.objects.filter(piece__in=keys).values_list("entry__translation_key", flat=True)
    return places | set(picking.values_list("translation_key", flat=True)) | set(before)


def write(keys: Collection[UUID]) -> None:
    ordered = sorted(keys)
    if len(ordered) <= AT_ONCE:
        keeping.update(ordered)
        return
    for start in range(0, len(ordered), SLICE):
        some = ordered[start : start + SLICE]
        shown = keeping.public(some).order_by().values("pk")
        keeping.remove(Entry.objects.filter(translation_key__in=some).exclude(page__in=shown))
        write_some.enqueue([str(key) for key in some])


@task()
def write_some(keys: list[str]) -> None:
    keeping.update([UUID(key) for key in keys])


def write_due() -> int:
    """What somebody's consent has ended for, and was found by nobody since."""
    due = Entry.objects.filter(until__lt=timezone.localdate()).values_list("translation_key", flat=True)
    return keeping.update(sorted(set(due)))
