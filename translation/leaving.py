"""Handing over of the work of a translator or reviewer who leaves."""

from collections import Counter
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.leaving import Duty, register
from translation.access.queries import may_translate
from translation.models import Assignment, Review, ReviewStatus
from translation.notices.people import reviewers_of
from translation.review.decide import decidable_by
from translation.sending.assign import assign, reassign


def connect() -> None:
    """Register the duties of translators and reviewers; called in `AppConfig.ready()`."""
    register(Duty(gettext_lazy("Assignments"), assigned, hand_over_assignments))
    register(Duty(gettext_lazy("Open reviews"), to_review, hand_over_reviews))
    register(Duty(gettext_lazy("Translations in review"), in_review, hand_over_translations))


def assigned(user: User) -> Iterable[str]:
    """Return a line for each language in which the user has assignments, with their number."""
    counts = Counter(row.locale.get_display_name() for row in _assignments(user))
    return [f"{language}: {count}" for language, count in counts.items()]


def hand_over_assignments(user: User, successor: User | None) -> int:
    """Assign the user's assignments to the successor, who is notified, or to nobody where there is none or the
    successor may not translate. Return how many the successor gets."""
    handed = []
    for row in _assignments(user):
        if successor and may_translate(successor, row.locale_id):
            handed.append((row.object_key, row.locale_id))
        else:
            assign([row.object_key], row.locale_id, None, person=None)
    return reassign(handed, successor, {}, person=successor) if handed and successor else 0


def to_review(user: User) -> Iterable[str]:
    """Return the titles of the waiting reviews that the user may decide; none for superusers, who may decide
    others' reviews in all languages."""
    return [review.revision.object_str for review in _reviews(user)]


def hand_over_reviews(user: User, successor: User | None) -> int:
    """Return how many of the waiting reviews that the user may decide the successor may decide. Nothing is stored:
    every reviewer of a language sees its reviews. Raise ValidationError if nobody else, superusers aside, may
    decide one."""
    waiting = list(_reviews(user))
    mine = set(decidable_by(successor).values_list("pk", flat=True)) if successor else set()
    for review in waiting:
        if review.pk not in mine and not _others(review, user).exists():
            raise ValidationError(
                _("Nobody else can review “%(title)s” (%(language)s). Choose a person with this permission.")
                % {"title": review.revision.object_str, "language": review.locale.get_display_name()}
            )
    return sum(review.pk in mine for review in waiting)


def in_review(user: User) -> Iterable[str]:
    """Return the titles of the translations that the user has submitted and that wait for a review."""
    return [review.revision.object_str for review in _submitted(user)]


def hand_over_translations(user: User, successor: User | None) -> int:
    """Make the successor, or nobody, the submitter of the user's translations in review, who is notified of the
    decision. The translators remain recorded. Return how many the successor gets."""
    count = _submitted(user).update(submitted_by=successor)
    return count if successor else 0


def _assignments(user: User) -> QuerySet[Assignment]:
    return Assignment.objects.filter(person=user).select_related("locale").order_by("pk")


def _reviews(user: User) -> Iterable[Review]:
    if user.is_superuser:
        return []
    return decidable_by(user).select_related("revision", "locale").order_by("pk")


def _submitted(user: User) -> QuerySet[Review]:
    return Review.objects.filter(submitted_by=user, status=ReviewStatus.WAITING).select_related("revision")


def _others(review: Review, leaver: User) -> QuerySet[User]:
    """Return the other users who may decide a review, superusers aside."""
    others = reviewers_of(review.locale_id).exclude(pk=leaver.pk)
    return others.exclude(pk__in=review.translators.all()) if settings.TRANSLATION_FOUR_EYES else others
