"""Restoring of texts: a unit that a translator clears gets its approved text back, or its stale text while it is
stale."""

from typing import Any

from wagtail_localize.models import StringSegment, StringTranslation

from translation.models import CONFIRMED, Unit
from translation.sync.realign import place_of
from translation.units.carrying import carrying, is_carrying
from translation.units.origins import AGAIN_TOOL
from translation.units.summaries import outdate


def kept_wording(place: dict[str, Any]) -> str | None:
    """Return the text that a cleared unit falls back to: the stale or else the approved one; None if there is
    neither. `place` is the lookup that `place_of` returns."""
    unit = Unit.objects.filter(**place).first()
    if unit is None:
        return None
    return unit.old_text if unit.stale_since else unit.approved_text or None


def after_wording_deleted(instance: StringTranslation, origin: Any, **kwargs: Any) -> None:
    """Receiver of `post_delete`: store the text of `kept_wording` again, if any, when somebody clears a unit.
    Texts that are deleted together with their source strings are handled by `realign`."""
    if origin is not instance or instance.context is None:
        return
    if not is_carrying():
        outdate(instance.context.object_id, instance.locale_id)
    place = place_of(instance)
    if not (text := kept_wording(place)):
        return
    Unit.objects.filter(**place).clear(**CONFIRMED)
    with carrying():
        StringTranslation.objects.create(
            translation_of_id=instance.translation_of_id,
            context_id=instance.context_id,
            locale_id=instance.locale_id,
            data=text,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            tool_name=AGAIN_TOOL,
            last_translated_by_id=instance.last_translated_by_id,
        )


def kept_for(segment: StringSegment, locale_id: int) -> str | None:
    """Return the text that the unit of a source segment falls back to in a language; None if there is none."""
    return kept_wording(
        {
            "object_key": segment.context.object_id,
            "locale_id": locale_id,
            "path_id": segment.context.path_id,
            "string_hash": segment.string.data_hash,
        }
    )
