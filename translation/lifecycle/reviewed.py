"""What reviewers have said of something goes with its revisions when it is deleted: it is kept, and comes back."""

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.core import serializers
from wagtail.models import Revision

from core.typed import Translatable
from translation.models import Review, ReviewStatus
from translation.sync.state import print_of
from translation.units.segments import translation_of


def reviews_of(instance: Translatable) -> list[dict[str, Any]]:
    """The approved ones that count: the newest, and the one that readers see."""
    approved = Review.objects.filter(
        object_key=instance.translation_key, locale_id=instance.locale_id, status=ReviewStatus.APPROVED
    ).select_related("revision")
    seen = approved.exclude(went_live_at=None).order_by("-went_live_at", "-pk").first()
    found = {review.pk: review for review in (approved.first(), seen) if review}
    return [_kept(review) for _pk, review in sorted(found.items())]


def source_print(instance: Translatable) -> str:
    """Of what it follows; empty where it follows nothing."""
    translation = translation_of(instance)
    return print_of(translation.source) if translation else ""


def bring_back(kept: dict[str, Any], revision: Revision) -> Review:
    """As it was, its days included, which saving it as new would not leave."""
    fields = {**kept["fields"], "revision": revision.pk}
    named = {fields["submitted_by"], fields["decided_by"], *fields["translators"]} - {None}
    known = set(get_user_model().objects.filter(pk__in=named).values_list("pk", flat=True))
    for name in ("submitted_by", "decided_by"):
        fields[name] = fields[name] if fields[name] in known else None
    fields["translators"] = [pk for pk in fields["translators"] if pk in known]
    [review] = serializers.deserialize("python", [{"model": Review._meta.label_lower, "fields": fields}])
    review.save()
    return review.object


def _kept(review: Review) -> dict[str, Any]:
    [row] = json.loads(serializers.serialize("json", [review]))
    return {"fields": row["fields"], "content": review.revision.content}
