"""Restoring of texts: a unit that a translator clears gets its approved text back, or its stale text while it is
stale."""

from typing import Any

from django.db.models import Q
from wagtail_localize.models import StringSegment, StringTranslation

from translation.models import CONFIRMED, Unit, UnitVersion
from translation.sync.realign import place_of
from translation.units.carrying import carrying, is_carrying
from translation.units.origins import origin_of_copy, tool_again
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
    if not (text := kept_wording(place_of(instance))):
        return
    # Only an approved text is known to have been confirmed.
    confirmed = Q(stale_since=None) | Q(was_approved=True)
    Unit.objects.filter(confirmed, **place_of(instance)).clear(**CONFIRMED)
    put_back(instance, text)


def put_back(gone: StringTranslation, text: str) -> None:
    """Store a text of a unit again in place of its draft text that is gone. It comes from where it came from."""
    with carrying():
        StringTranslation.objects.create(
            translation_of_id=gone.translation_of_id,
            context_id=gone.context_id,
            locale_id=gone.locale_id,
            data=text,
            last_translated_by_id=gone.last_translated_by_id,
            **(origin_of_copy(gone) if gone.data == text else _origin_before(gone, text)),
        )


def _origin_before(gone: StringTranslation, text: str) -> dict[str, Any]:
    """Return the fields that say where a text comes from that a unit had before."""
    version = UnitVersion.objects.filter(**place_of(gone), text=text).order_by("saved_at").last()
    manual = StringTranslation.TRANSLATION_TYPE_MANUAL
    return {"translation_type": manual, "tool_name": tool_again(version.tool if version else "")}


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
