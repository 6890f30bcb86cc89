"""Notices about changed sources, submissions and decisions. Receivers register them for after the commit; an error
is then logged and stops nothing else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.signals import post_save
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation, TranslationSource

from core.internals.django import waiting_for_commit
from translation.models import Assignment, Notice, NoticeKind, Review, ReviewStatus, Unit
from translation.notices.people import people_by_id, reviewers_of, translators_of
from translation.notices.writing import tell


@dataclass(frozen=True)
class SourceChanged:
    """Notify the translator to whom an object is assigned, or else all translators of the language, that its
    source has changed. Nobody gets a second notice while the first one is unseen."""

    object_key: UUID
    locale_id: int

    def __call__(self) -> None:
        of_thing = {"object_key": self.object_key, "locale_id": self.locale_id}
        assignment = Assignment.objects.filter(**of_thing, person__is_active=True).select_related("person").first()
        assigned = assignment.person if assignment else None
        concerned: Iterable[User] = [assigned] if assigned else translators_of(self.locale_id)
        unseen = Notice.objects.filter(**of_thing, kind=NoticeKind.SOURCE_CHANGED, seen_at=None)
        know = set(unseen.values_list("person_id", flat=True))
        people = [person for person in concerned if person.pk not in know]
        if people:
            title = title_of(self.object_key)
            tell(people, NoticeKind.SOURCE_CHANGED, self.object_key, self.locale_id, title, source_changed())


@dataclass(frozen=True)
class Submitted:
    """Notify the reviewers of the language who may decide a review that it waits, without its submitter. Do
    nothing if it waits no longer."""

    review_id: int

    def __call__(self) -> None:
        review = Review.objects.filter(pk=self.review_id, status=ReviewStatus.WAITING).first()
        if review is None:
            return
        people = reviewers_of(review.locale_id)
        if review.submitted_by_id:
            people = people.exclude(pk=review.submitted_by_id)
        if settings.TRANSLATION_FOUR_EYES:
            people = people.exclude(pk__in=review.translators.values("pk"))
        title = title_of(review.object_key)
        tell(people, NoticeKind.SUBMITTED, review.object_key, review.locale_id, title)


@dataclass(frozen=True)
class Decided:
    """Notify the submitter and the translators of a review of the decision, without the person who decided."""

    review_id: int
    status: str

    def __call__(self) -> None:
        review = Review.objects.filter(pk=self.review_id).first()
        if review is None:
            return
        concerned = {review.submitted_by_id, *review.translators.values_list("pk", flat=True)}
        people = people_by_id(concerned - {review.decided_by_id}).values()
        kind = NoticeKind.APPROVED if self.status == ReviewStatus.APPROVED else NoticeKind.REFUSED
        title = title_of(review.object_key)
        tell(people, kind, review.object_key, review.locale_id, title, review.reason)


def stale_unit_saved(
    instance: Unit, raw: bool = False, update_fields: frozenset[Any] | None = None, **kwargs: Any
) -> None:
    """Receiver of `post_save`: notify after the commit that a source has changed when a unit becomes stale."""
    if not raw and not update_fields and instance.stale_since:
        once_on_commit(SourceChanged(instance.object_key, instance.locale_id))


def tell_of_change(translation: Translation) -> None:
    """Notify after the commit that a source has changed where no unit becomes stale: by a new paragraph, another
    order, or another value that could not be applied automatically."""
    once_on_commit(SourceChanged(translation.source.object_id, translation.target_locale_id))


def review_saved(
    instance: Review, created: bool, raw: bool = False, update_fields: frozenset[Any] | None = None, **kwargs: Any
) -> None:
    """Receiver of `post_save`: notify of submitted reviews when they are created, and of decided ones when
    `status` is among `update_fields`."""
    if raw:
        return
    if created and instance.status == ReviewStatus.WAITING:
        once_on_commit(Submitted(instance.pk))
    decided = instance.status in (ReviewStatus.APPROVED, ReviewStatus.REFUSED)
    if not created and decided and "status" in (update_fields or ()):
        once_on_commit(Decided(instance.pk, instance.status))


@dataclass
class _Once:
    """A callback for after the commit, equal to another one for the same deed until it is called."""

    deed: Callable[[], None]
    done: bool = False

    def __call__(self) -> None:
        self.done = True
        self.deed()


def once_on_commit(deed: Callable[[], None]) -> None:
    """Call `deed` after the commit, only once even if an equal one is registered again in the transaction."""
    once = _Once(deed)
    if not any(known == once for _savepoints, known, _robust in waiting_for_commit()):
        transaction.on_commit(once, robust=True)


def title_of(key: UUID) -> str:
    """Return the title of an object, as it was when its source was last updated, by its translation key; the key
    itself if it was never sent for translation."""
    return TranslationSource.objects.filter(object_id=key).values_list("object_repr", flat=True).first() or str(
        key
    )


def _source_changed() -> str:
    return _("Text was changed, added or removed in the source.")


source_changed = lazy(_source_changed, str)


def connect() -> None:
    """Connect the receivers; called in `AppConfig.ready()`."""
    post_save.connect(stale_unit_saved, sender=Unit, dispatch_uid="tell_of_stale_wording")
    post_save.connect(review_saved, sender=Review, dispatch_uid="tell_of_review")
