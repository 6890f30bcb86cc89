"""Publishing of translations, only with what a reviewer has approved."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core.languages.bidi import embedded
from core.publishing.gate import shown
from core.rights import may_publish
from core.typed import Translatable
from translation.access.permissions import held_up
from translation.models import Review, ReviewStatus, WholeApproval
from translation.sync.upkeep import fitting
from translation.units.segments import translation_of


def approved_review(target: Translatable) -> Review | None:
    """Return the newest approved review of an object in its language, or None."""
    return (
        Review.objects.filter(
            object_key=target.translation_key, locale_id=target.locale_id, status=ReviewStatus.APPROVED
        )
        .select_related("revision")
        .first()
    )


def is_unapproved(target: Translatable) -> bool:
    """Return whether a translation is live with a content other than the one approved last in a review, or without
    any: that can be while it is stopped."""
    if not target.live:
        return False
    review = approved_review(target)
    return review is None or shown(target.serializable_data()) != shown(
        review.revision.as_object().serializable_data()
    )


def against_following(target: Translatable) -> str:
    """Return a sentence on why a stopped translation cannot follow its source again: it is live and
    `is_unapproved`. Return an empty string if it can."""
    if not is_unapproved(target):
        return ""
    names = {"title": embedded(target), "language": embedded(target.locale.get_display_name())}
    if WholeApproval.objects.filter(revision=target.live_revision_id).exists():
        message = _(
            "The live text of “%(title)s” in %(language)s was written after the translation was stopped, and "
            "would be replaced. Unpublish it, or publish the approved version from its history. Then start the "
            "synced translation again."
        )
    else:
        message = _(
            "The live text of “%(title)s” in %(language)s is not approved. Unpublish it, or publish the "
            "approved version from its history. Then start the synced translation again."
        )
    return message % names


def publish_approved(target: Translatable, user: User) -> None:
    """Publish the revision approved last, or one made again from approved texts if it fits the source. Raise
    PermissionDenied if `user` may not publish, ValidationError if nothing is approved or the target is locked for
    the user or in a workflow, and PublishBlocked if it has findings."""
    if not may_publish(user, target):
        raise PermissionDenied
    if against := held_up(user, target):
        raise ValidationError(against)
    translation = translation_of(target)
    review = (translation and fitting(translation)) or approved_review(target)
    if review is None:
        raise ValidationError(
            _("“%(title)s” has not been reviewed. Submit it for review; it can be published once it is approved.")
            % {"title": embedded(target)}
        )
    review.revision.publish(user=user)
