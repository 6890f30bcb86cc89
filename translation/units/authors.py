"""Authorship of draft texts. Who saves a text unchanged does not become its author: otherwise the real author
could review their own text."""

from typing import Any

from wagtail_localize.models import StringTranslation

from translation.models import Unit
from translation.units.carrying import is_carrying


def before_wording_saved(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `pre_save`: keep the author of a draft text that is saved unchanged, if it has one, except where
    a stale text that had been approved is confirmed."""
    if raw or instance.pk is None or is_carrying():
        return
    known = StringTranslation.objects.filter(pk=instance.pk).first()
    if known and known.data == instance.data and not _is_decided_anew(known):
        instance.last_translated_by_id = known.last_translated_by_id or instance.last_translated_by_id


def _is_decided_anew(wording: StringTranslation) -> bool:
    """Return whether the text is stale and had been approved: to save it unchanged for the new source string is
    then the decision of the translator who saves it."""
    return (
        wording.context is not None
        and Unit.objects.stale()
        .filter(
            object_key=wording.context.object_id,
            locale_id=wording.locale_id,
            path_id=wording.context.path_id,
            string_hash=wording.translation_of.data_hash,
            was_approved=True,
        )
        .exists()
    )
