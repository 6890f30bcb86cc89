"""Going live and expiring of the other languages together with a scheduled source, if an editor has chosen so."""

import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision

from core.findings import PublishBlocked
from core.publishing.schedule import report_blocked
from core.rules import Rule
from core.typed import Translatable
from translation.lifecycle.actions import require, take_offline
from translation.lifecycle.siblings import Deed, is_original, rows_of, specific
from translation.models import TogetherChoice
from translation.review.publish import approved_review


def days_of(instance: Translatable) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """Return the future times at which the latest revision goes live and expires; None for each that is not set or
    past."""
    latest = instance.get_latest_revision_as_object()
    now = timezone.now()
    go_live_at, expire_at = (day if day and day > now else None for day in (latest.go_live_at, latest.expire_at))
    return go_live_at, expire_at


def kept_choice(instance: Translatable) -> TogetherChoice | None:
    """Return what was last chosen for the other languages of the object, or None if nothing was chosen yet."""
    return TogetherChoice.objects.filter(object_key=instance.translation_key).first()


def has_to_be_asked(instance: Translatable) -> bool:
    """Return whether the object is a source with translations that is scheduled to go live or expire, and nothing
    was chosen for these times yet."""
    days = days_of(instance)
    if not any(days) or not is_original(instance) or not rows_of(instance):
        return False
    kept = kept_choice(instance)
    return kept is None or (kept.go_live_at, kept.expire_at) != days


@transaction.atomic
def choose(instance: Translatable, everywhere: bool, user: User) -> TogetherChoice:
    """Store whether the other languages follow the object's future schedule, and return the stored choice. Raise
    ValidationError if they do and the user may not unpublish one of them."""
    go_live_at, expire_at = days_of(instance)
    if everywhere:
        require(rows_of(instance), Deed.TAKE_DOWN, user)
    kept, _created = TogetherChoice.objects.update_or_create(
        object_key=instance.translation_key,
        defaults={
            "go_live_at": go_live_at,
            "expire_at": expire_at,
            "publishes": everywhere and go_live_at is not None,
            "expires": everywhere and expire_at is not None,
            "chosen_by": user,
        },
    )
    return kept


def expire_others(instance: DraftStateMixin, **kwargs: Any) -> None:
    """Receiver: unpublish the other languages of an expired source and mark them as expired, if that was chosen
    for this expiry time. Runs in the transaction of `publish_scheduled`; locks prevent neither."""
    if not instance.expired or instance.expire_at is None or not hasattr(instance, "translation_key"):
        return
    kept = kept_choice(instance)
    if kept is None or not kept.expires or kept.expire_at != instance.expire_at:
        return
    original = specific(instance)
    if is_original(original):
        for row in rows_of(original):
            take_offline(row, None, expired=True)


class GoesLiveTogether(Rule):
    """Rule that publishes the other languages of a scheduled object when it goes live at the time for which that
    was chosen. It has no findings."""

    def went_live(self, subject: Translatable, revision: Revision | None) -> None:
        if subject.go_live_at is None or subject.go_live_at > timezone.now():
            return
        kept = kept_choice(subject)
        if kept is None or not kept.publishes or kept.go_live_at != subject.go_live_at:
            return
        kept.publishes = False
        kept.save(update_fields=["publishes"])
        for row in rows_of(subject):
            _publish(row, kept.chosen_by)


def _publish(row: Translatable, user: User | None) -> None:
    """Publish the approved revision of a translation that is not live; do nothing if there is none. If the
    publishing gate refuses, report that to those who can correct it, and go on."""
    review = approved_review(row)
    if review is None or row.live:
        return
    try:
        with transaction.atomic():
            review.revision.publish(user=user, skip_permission_checks=True)
    except PublishBlocked as blocked:
        report_blocked(review.revision, blocked)
