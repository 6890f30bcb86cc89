"""Minor changes of the source, such as a corrected typing error, which leave translations valid."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import String, StringTranslation, Translation

from translation.models import APPROVED_ANEW, UP_TO_DATE, Unit
from translation.sync.upkeep import keep_up


@transaction.atomic
def keep_valid(units: Iterable[Unit], user: User) -> int:
    """Keep the texts of stale units valid for the changed source, update the translations, and return how many
    units there were. Texts that had been approved become the approved texts for the new source strings, with
    `user` in `kept_by`; the others still need a review, and so do unconfirmed texts in their place."""
    stale = list(units)
    for unit in stale:
        wording = StringTranslation.objects.filter(
            context__object_id=unit.object_key,
            context__path_id=unit.path_id,
            translation_of__data_hash=unit.string_hash,
            locale_id=unit.locale_id,
        ).first()
        if wording and unit.was_approved and not unit.unsure_since:
            _approve(unit, wording, user)
        else:
            Unit.objects.filter(pk=unit.pk).clear(**UP_TO_DATE)
    places = {(unit.object_key, unit.locale_id) for unit in stale}
    for key, locale_id in places:
        translations = Translation.objects.filter(source__object_id=key, target_locale_id=locale_id, enabled=True)
        for translation in translations.select_related("source", "target_locale"):
            keep_up(translation)
    return len(stale)


def _approve(unit: Unit, wording: StringTranslation, user: User) -> None:
    """Store the text of a stale unit as approved for the changed source, by whom and when it was for the earlier
    one."""
    before = (
        Unit.objects.approved()
        .filter(object_key=unit.object_key, locale_id=unit.locale_id, source=unit.old_source)
        .order_by("-approved_at")
        .first()
    )
    unit.source, unit.approved_text = wording.translation_of.data, wording.data
    unit.approved_by_id = before.approved_by_id if before else None
    unit.approved_at = before.approved_at if before else timezone.now()
    unit.kept_by, unit.kept_at = user, timezone.now()
    for name, value in APPROVED_ANEW.items():
        setattr(unit, name, value)
    unit.save()


def new_sources(units: Iterable[Unit]) -> dict[UUID, str]:
    """Return the new source strings of stale units by their hash (one query)."""
    hashes = {unit.string_hash for unit in units}
    return dict(String.objects.filter(data_hash__in=hashes).values_list("data_hash", "data"))
