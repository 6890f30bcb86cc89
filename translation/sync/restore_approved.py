"""What has been approved for a string stands until another wording does: whoever empties the string gets it back,
and so does a string that is emptied while it is out of date."""

from typing import Any

from wagtail_localize.models import StringTranslation

from core.typed import Translatable
from translation.models import ApprovedWording, NeedsReview, StaleMark
from translation.sync.realign import carrying, place_of


def kept_wording(place: dict[str, Any]) -> str | None:
    """None where there is none to fall back on."""
    mark = StaleMark.objects.filter(**place).first()
    if mark:
        return mark.old_text
    return ApprovedWording.objects.filter(**place).values_list("text", flat=True).first()


def after_wording_deleted(instance: StringTranslation, origin: object, **kwargs: Any) -> None:
    """Receiver of `post_delete`: restore the approved text where somebody has emptied a string. What is deleted
    together with its string is carried over by `realign`."""
    if origin is not instance or instance.context is None:
        return
    place = place_of(instance)
    if not (text := kept_wording(place)):
        return
    NeedsReview.objects.filter(**place).delete()
    with carrying():
        StringTranslation.objects.create(
            translation_of_id=instance.translation_of_id,
            context_id=instance.context_id,
            locale_id=instance.locale_id,
            data=text,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by_id=instance.last_translated_by_id,
        )


def kept_for(segment: Translatable, locale_id: int) -> str | None:
    """Of a string of the source."""
    return kept_wording(
        {
            "object_key": segment.context.object_id,
            "locale_id": locale_id,
            "path_id": segment.context.path_id,
            "string_hash": segment.string.data_hash,
        }
    )
