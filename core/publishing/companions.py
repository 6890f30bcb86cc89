"""What readers will see once an object is live: what is live already, and the drafts that go live with it."""

from collections.abc import Iterable

from django.utils import timezone

from core.typed import Translatable
from core.visibility import live_pieces


def goes_with(draft: Translatable, locale_id: int) -> bool:
    """Not what somebody has taken offline, what waits for its own day, or another language's."""
    waits = draft.go_live_at and draft.go_live_at > timezone.now()
    return not draft.first_published_at and not waits and draft.locale_id == locale_id


def any_is_live(model: type[Translatable], pks: Iterable[int | None]) -> bool:
    """In any language: a tie is drawn with the best one that is live."""
    keys = model._base_manager.filter(pk__in=[pk for pk in pks if pk]).values("translation_key")
    return live_pieces(model._base_manager.filter(translation_key__in=keys)).exists()


def any_reaches_readers(model: type[Translatable], pks: Iterable[int | None], locale_id: int) -> bool:
    pks = [pk for pk in pks if pk]
    if any_is_live(model, pks):
        return True
    drafts = model._base_manager.filter(pk__in=pks, live=False)
    return any(goes_with(draft.get_latest_revision_as_object(), locale_id) for draft in drafts)
