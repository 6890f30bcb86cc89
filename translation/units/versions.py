"""The history of units: a text that is replaced or cleared is kept, with its author."""

from collections.abc import Iterable
from typing import Any

from wagtail_localize.models import StringTranslation

from translation.models import UnitVersion
from translation.units.authors import unit_of


def before_text_replaced(
    instance: StringTranslation, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Receiver of `pre_save`: keep the stored text of a unit before another one replaces it."""
    if raw or instance.pk is None or (update_fields is not None and "data" not in update_fields):
        return
    known = StringTranslation.objects.filter(pk=instance.pk).select_related("context", "translation_of").first()
    if known and known.data != instance.data:
        _keep(known)


def before_text_cleared(instance: StringTranslation, origin: Any, **kwargs: Any) -> None:
    """Receiver of `pre_delete`: keep the text of a unit that somebody clears. Texts that are deleted together with
    others go with their source strings, or because consent was withdrawn."""
    if origin is instance:
        _keep(instance)


def _keep(wording: StringTranslation) -> None:
    if wording.context is not None:
        keep([(unit_of(wording), wording)])


def keep(texts: Iterable[tuple[dict[str, Any], StringTranslation]]) -> None:
    """Keep texts before others replace them (one query), each with the values of the fields that name its unit.
    To be called before bulk writes, which send no signals."""
    rows = [
        UnitVersion(
            **place,
            source=wording.translation_of.data,
            text=wording.data,
            author_id=wording.last_translated_by_id,
            tool=wording.tool_name,
            saved_at=wording.updated_at,
        )
        for place, wording in texts
        if wording.data
    ]
    UnitVersion.objects.bulk_create(rows, batch_size=500)
