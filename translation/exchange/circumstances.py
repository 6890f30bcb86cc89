"""Notes about an object that its translators need, beside what stands in its fields: who speaks, and in which
story."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from core.typed import Translatable

NAMED = ("speaker", "source")
"""Fields of material that refer to the person who speaks and to the story."""


def notes_of(translations: Collection[Translation]) -> dict[int, tuple[str, ...]]:
    """Return notes on the sources of translations, by the primary key of the source (one query for each kind that
    has such fields). A person who is not published is not named."""
    by_kind: dict[type[Translatable], dict[tuple[UUID, int], int]] = defaultdict(dict)
    for each in translations:
        source = each.source
        model = source.specific_content_type.model_class()
        if model is not None and _named_fields(model):
            by_kind[model][source.object_id, source.locale_id] = source.pk
    found = {}
    for model, sources in by_kind.items():
        keys, locales = zip(*sources, strict=True)
        rows = model._default_manager.filter(translation_key__in=keys, locale_id__in=locales)
        for row in rows.select_related(*_named_fields(model)):
            if (row.translation_key, row.locale_id) in sources:
                found[sources[row.translation_key, row.locale_id]] = tuple(_notes(row))
    return found


def _named_fields(model: type[Translatable]) -> list[str]:
    return [name for name in NAMED if _is_reference(model, name)]


def _is_reference(model: type[Translatable], name: str) -> bool:
    try:
        return isinstance(model._meta.get_field(name), models.ForeignKey)
    except FieldDoesNotExist:
        return False


def _notes(row: Any) -> list[str]:
    speaker = getattr(row, "speaker", None)
    name = speaker.name if speaker and speaker.live else ""
    said = ", ".join(filter(None, [name, getattr(row, "role", "")]))
    notes = [_("Speaker: %(name)s") % {"name": said}] if said else []
    if story := getattr(row, "source", None):
        notes.append(_("Story: %(title)s") % {"title": story.title})
    return notes
