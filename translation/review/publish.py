"""Going live in a language: only ever with what a reviewer has approved."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.gate.forms import may_publish
from translation.fit import fitting
from translation.models import Review, ReviewStatus
from translation.rights.steer import held_up
from translation.segments import translation_of


def approved_review(target: models.Model) -> Review | None:
    """The newest."""
    return (
        Review.objects.filter(
            object_key=target.translation_key, locale_id=target.locale_id, status=ReviewStatus.APPROVED
        )
        .select_related("revision")
        .first()
    )


def publish_approved(target: models.Model, user: AbstractBaseUser) -> None:
    """Raises PermissionDenied, PublishBlocked, and ValidationError where nothing is approved."""
    if not may_publish(user, target):
        raise PermissionDenied
    if against := held_up(user, target):
        raise ValidationError(against)
    translation = translation_of(target)
    review = (translation and fitting(translation)) or approved_review(target)
    if review is None:
        raise ValidationError(
            _("“%(title)s” has not been reviewed. Submit it for review; it can be published once it is approved.")
            % {"title": target}
        )
    review.revision.publish(user=user)
