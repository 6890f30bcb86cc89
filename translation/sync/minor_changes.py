"""Minor changes of the source, such as a corrected typing error, which leave translations valid."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import String, StringTranslation, Translation

from translation.models import ApprovedWording, StaleMark
from translation.sync.upkeep import keep_up


@transaction.atomic
def keep_valid(marks: Iterable[StaleMark], user: User) -> int:
    """Keep the texts of stale units valid for the changed source: delete the marks, update the translations, and
    return how many marks there were. Texts that had been approved become the approved texts for the new source
    strings, with `user` in `kept_by`; the others still need a review."""
    kept = 0
    things = set()
    for mark in marks:
        things.add((mark.object_key, mark.locale_id))
        wording = StringTranslation.objects.filter(
            context__object_id=mark.object_key,
            context__path_id=mark.path_id,
            translation_of__data_hash=mark.string_hash,
            locale_id=mark.locale_id,
        ).first()
        if wording and mark.was_approved:
            before = (
                ApprovedWording.objects.filter(
                    object_key=mark.object_key, locale_id=mark.locale_id, source=mark.old_source
                )
                .order_by("-approved_at")
                .first()
            )
            ApprovedWording.objects.update_or_create(
                object_key=mark.object_key,
                locale_id=mark.locale_id,
                path_id=mark.path_id,
                string_hash=mark.string_hash,
                defaults={
                    "path": mark.path,
                    "source": wording.translation_of.data,
                    "text": wording.data,
                    "approved_by_id": before.approved_by_id if before else None,
                    "approved_at": before.approved_at if before else timezone.now(),
                    "kept_by": user,
                    "kept_at": timezone.now(),
                },
            )
        mark.delete()
        kept += 1
    for key, locale_id in things:
        translations = Translation.objects.filter(source__object_id=key, target_locale_id=locale_id, enabled=True)
        for translation in translations.select_related("source", "target_locale"):
            keep_up(translation)
    return kept


def new_sources(marks: Iterable[StaleMark]) -> dict[UUID, str]:
    """Return the new source strings of stale units by their hash (one query)."""
    hashes = {mark.string_hash for mark in marks}
    return dict(String.objects.filter(data_hash__in=hashes).values_list("data_hash", "data"))
