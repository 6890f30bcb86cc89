"""Keeping and restoring of reviews, which the database deletes together with an object's revisions."""

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.core import serializers
from wagtail.models import Revision

from core.typed import Translatable
from translation.models import Review, ReviewStatus
from translation.units.fingerprints import print_of
from translation.units.segments import translation_of


def reviews_of(instance: Translatable) -> list[dict[str, Any]]:
    """Return the newest approved review and the one that went live last, serialized, with their revisions'
    content: two rows, one if they are the same, or none."""
    approved = Review.objects.filter(
        object_key=instance.translation_key, locale_id=instance.locale_id, status=ReviewStatus.APPROVED
    ).select_related("revision")
    seen = approved.exclude(went_live_at=None).order_by("-went_live_at", "-pk").first()
    found = {review.pk: review for review in (approved.first(), seen) if review}
    return [_kept(review) for _pk, review in sorted(found.items())]


def source_print(instance: Translatable) -> str:
    """Return the fingerprint (`print_of`) of the source that the object follows; an empty string if it follows
    none, as a source or a stopped translation."""
    translation = translation_of(instance)
    return print_of(translation.source) if translation else ""


def bring_back(kept: dict[str, Any], revision: Revision) -> Review:
    """Save a review kept by `reviews_of` again for the restored revision, and return it. Deserialization keeps its
    dates, which saving a new review would set to now. Users that no longer exist are left out."""
    fields = {**kept["fields"], "revision": revision.pk}
    named = {fields["submitted_by"], fields["decided_by"], *fields["translators"]} - {None}
    known = set(get_user_model().objects.filter(pk__in=named).values_list("pk", flat=True))
    for name in ("submitted_by", "decided_by"):
        fields[name] = fields[name] if fields[name] in known else None
    fields["translators"] = [pk for pk in fields["translators"] if pk in known]
    [review] = serializers.deserialize("python", [{"model": Review._meta.label_lower, "fields": fields}])
    review.save()
    assert isinstance(review.object, Review)
    return review.object


def _kept(review: Review) -> dict[str, Any]:
    [row] = json.loads(serializers.serialize("json", [review]))
    return {"fields": row["fields"], "content": review.revision.content}
