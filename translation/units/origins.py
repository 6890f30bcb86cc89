"""Where the draft texts of units come from."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringTranslation, Translation

from translation.units import memory
from translation.units.segments import Place


class Origin(models.TextChoices):
    """Where a text comes from, as reviews store it."""

    PERSON = "person", _("typed")
    MEMORY = "memory", _("translation memory")
    CARRIED = "carried", _("earlier text")
    AGAIN = "again", _("taken again")
    CORRECTED = "corrected", _("corrected in review")
    FILE = "file", _("file")
    MACHINE = "machine", _("machine")


CARRIED_TOOL = "Earlier wording"
"""The tool of texts that were carried over from a changed source string."""
AGAIN_TOOL, CORRECTED_TOOL = "Taken again", "Correction in review"
"""The tools of texts that somebody took from the history of the unit, or that came back when it was cleared, and
of those that a reviewer wrote."""
BY_HAND = {CARRIED_TOOL: Origin.CARRIED, AGAIN_TOOL: Origin.AGAIN, CORRECTED_TOOL: Origin.CORRECTED}
"""The origins of texts that people wrote here, though not where they stand, by their tools."""


def origins_of(translation: Translation) -> dict[Place, str]:
    """Return the origins of the draft texts of a translation, by place (one query)."""
    rows = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
    ).select_related("context", "translation_of")
    return {(row.context.path_id, row.translation_of.data_hash): origin_of(row) for row in rows}


def origin_name(wording: StringTranslation | None) -> str:
    """Return a name, for the interface, of where a draft text comes from, such as “translation memory” or “file
    (XLIFF: ru.xlf)”; an empty string for a text that a person has typed, and for None."""
    origin = origin_of(wording) if wording else Origin.PERSON
    if wording is None or origin == Origin.PERSON:
        return ""
    label = str(origin.label)
    return f"{label} ({wording.tool_name})" if origin in (Origin.FILE, Origin.MACHINE) else label


def origin_of_copy(wording: StringTranslation, same: bool = True) -> dict[str, Any]:
    """Return the fields that say where a draft text comes from, for a copy of it. `same` tells whether the copy
    stands at the same string: if not, what was written for this one is an earlier text. `MachineText` is copied by
    `carry_machine_texts`, and `Unit` says whether a copy is confirmed."""
    if same or wording.tool_name not in ("", memory.TOOL, *BY_HAND):
        return {"translation_type": wording.translation_type, "tool_name": wording.tool_name}
    return {"translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL, "tool_name": CARRIED_TOOL}


def tool_again(tool: str) -> str:
    """Return the tool of a text that is taken again, by the tool that it had."""
    return tool if tool in memory.STAYING else AGAIN_TOOL


def origin_of(wording: StringTranslation) -> Origin:
    """Return where a text comes from. wagtail-localize stores the type of a text, and the tool that it came with:
    files set a tool, people do not."""
    if wording.tool_name in (memory.TOOL, memory.SIMILAR, memory.FOREIGN):
        return Origin.MEMORY
    if wording.tool_name in BY_HAND:
        return BY_HAND[wording.tool_name]
    if wording.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return Origin.MACHINE
    return Origin.FILE if wording.tool_name else Origin.PERSON
