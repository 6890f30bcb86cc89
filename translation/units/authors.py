"""Whose wording it is: whoever wrote it, and nobody who only saved it again, or a reviewer's own words would come
back to them under another name."""

from typing import Any

from wagtail_localize.models import StringTranslation

from translation.models import StaleMark
from translation.sync.realign import is_carrying


def before_wording_saved(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """A receiver of `pre_save`."""
    if raw or instance.pk is None or is_carrying():
        return
    known = StringTranslation.objects.filter(pk=instance.pk).first()
    if known and known.data == instance.data and not _is_decided_anew(known):
        instance.last_translated_by_id = known.last_translated_by_id or instance.last_translated_by_id


def _is_decided_anew(wording: StringTranslation) -> bool:
    """That an approved text still says what the source says by now is a translator's decision of its own."""
    return (
        wording.context is not None
        and StaleMark.objects.filter(
            object_key=wording.context.object_id,
            locale_id=wording.locale_id,
            path_id=wording.context.path_id,
            string_hash=wording.translation_of.data_hash,
            was_approved=True,
        ).exists()
    )
