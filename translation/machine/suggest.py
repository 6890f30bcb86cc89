"""Asking a machine translator for the texts that a translation lacks."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from core.consent.withdrawable import Withdrawable
from core.typed import Translatable
from translation.localize.machine import get_machine_translator
from translation.models import MachineSettings, MachineText, Unit, UnitRow
from translation.units import memory
from translation.units.carrying import carrying
from translation.units.summaries import outdate


@dataclass(frozen=True)
class Suggested:
    """How many strings the machine translator has filled, and its name."""

    count: int
    tool: str


def suggest(translation: Translation, user: User) -> Suggested:
    """Fill the strings of a translation that have no text: from the translation memory, then by the machine
    translator, marked as its and as unconfirmed. Raise ValidationError if there is no translator for the
    languages, or the text must not be sent."""
    machine = machine_for(translation)
    languages = translation.source.locale, translation.target_locale
    if machine is None:
        raise ValidationError(_("There is no machine translator for this language."))
    allowed = MachineSettings.objects.first() or MachineSettings()
    if reason := reason_against(translation.source.get_source_instance(), allowed):
        raise ValidationError(reason)
    memory.fill(translation)
    empty = list(UnitRow.objects.filter(translation=translation.pk, wording=None).order_by("order", "segment"))
    strings = {row.source: StringValue(row.source) for row in empty}
    # Not in the transaction: the service may take long.
    answers = machine.translate(*languages, list(strings.values())) if strings else {}
    texts = {
        data: answer.data for data, value in strings.items() if (answer := answers.get(value)) and answer.data
    }
    tool = str(machine.display_name)
    return Suggested(_store([row for row in empty if row.source in texts], texts, tool, user), tool)


def machine_for(translation: Translation) -> Any:
    """Return the machine translator of the settings, or None if there is none for the languages."""
    machine = get_machine_translator()
    languages = translation.source.locale, translation.target_locale
    return machine if machine and machine.can_translate(*languages) else None


def reason_against(source: Translatable, allowed: MachineSettings) -> str:
    """Return why a source is not sent to the machine translator, or an empty string: it is a draft or about a
    person, and no administrator has allowed these."""
    if isinstance(source, Withdrawable) and not allowed.sends_people:
        return _("Personal data is not sent to the machine translator.")
    if isinstance(source, DraftStateMixin) and not source.live and not allowed.sends_drafts:
        return _("Drafts are not sent to the machine translator.")
    return ""


@transaction.atomic
def _store(rows: list[UnitRow], texts: dict[str, str], tool: str, user: User) -> int:
    """Store the machine's texts, by source, of units that are still there and have none meanwhile, and return how
    many."""
    made = 0
    segments = StringSegment.objects.filter(pk__in=[row.segment for row in rows])
    still_there = set(segments.values_list("pk", flat=True))
    for row in rows:
        if row.segment not in still_there:
            continue
        text = texts[row.source]
        with carrying():
            _wording, created = StringTranslation.objects.get_or_create(
                translation_of_id=row.string,
                context_id=row.context,
                locale_id=row.locale,
                defaults={
                    "data": text,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
                    "tool_name": tool,
                },
            )
        if not created:
            continue
        place: dict[str, Any] = {
            "object_key": row.object_key,
            "locale_id": row.locale,
            "path_id": row.path_id,
            "string_hash": row.string_hash,
        }
        unsure = {"path": row.path, "unsure_from": tool[:12], "unsure_since": timezone.now()}
        suggested = {"path": row.path, "text": text, "tool": tool, "asked_by": user}
        Unit.objects.update_or_create(**place, defaults=unsure)
        MachineText.objects.update_or_create(**place, defaults=suggested)
        made += 1
    if rows:
        outdate(rows[0].object_key, rows[0].locale)
    return made
