"""Which drafts go live together with an object, and whether related objects are visible to readers."""

from collections.abc import Iterable

from django.utils import timezone

from core.typed import Translatable
from core.visibility import live_pieces


def goes_with(draft: Translatable, locale_id: int) -> bool:
    """Return whether a draft goes live together with an object in the language `locale_id`: a draft of the same
    language that was never live and has no later go-live date of its own."""
    waits = draft.go_live_at and draft.go_live_at > timezone.now()
    return not draft.first_published_at and not waits and draft.locale_id == locale_id


def live_among(model: type[Translatable], pks: Iterable[int | None]) -> set[int]:
    """Return the primary keys of those of these objects that are visible to readers in any language."""
    live = live_pieces(model._base_manager.order_by()).values("translation_key")
    return set(model._base_manager.filter(pk__in=pks, translation_key__in=live).values_list("pk", flat=True))


def any_is_live(model: type[Translatable], pks: Iterable[int | None]) -> bool:
    """Return whether one of these objects, or a translation of one, is visible to readers: a tie shows whichever
    language of an object suits the reader best. None among the primary keys is ignored."""
    keys = model._base_manager.filter(pk__in=[pk for pk in pks if pk]).values("translation_key")
    return live_pieces(model._base_manager.filter(translation_key__in=keys)).exists()


def any_reaches_readers(model: type[Translatable], pks: Iterable[int | None], locale_id: int) -> bool:
    """Return whether one of these objects is visible to readers in any language, or is a draft that goes live
    together with an object in the language `locale_id` (see `goes_with`)."""
    pks = [pk for pk in pks if pk]
    if any_is_live(model, pks):
        return True
    drafts = model._base_manager.filter(pk__in=pks, live=False)
    return any(goes_with(draft.get_latest_revision_as_object(), locale_id) for draft in drafts)
