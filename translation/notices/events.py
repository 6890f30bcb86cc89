"""What people are told of. Receivers only note it; it is told once the transaction has ended well, and where that
fails the log says so and nothing else is stopped."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation, TranslationSource

from translation.models import Assignment, Notice, NoticeKind, Review, ReviewStatus, StaleMark
from translation.notices.people import people_by_id, reviewers_of, translators_of
from translation.notices.tell import tell


@dataclass(frozen=True)
class SourceChanged:
    """Once for each thing, however many of its strings have changed, until the notice has been seen."""

    object_key: UUID
    locale_id: int

    def __call__(self) -> None:
        of_thing = {"object_key": self.object_key, "locale_id": self.locale_id}
        assignment = Assignment.objects.filter(**of_thing, person__is_active=True).select_related("person").first()
        people = [assignment.person] if assignment else translators_of(self.locale_id)
        unseen = Notice.objects.filter(**of_thing, kind=NoticeKind.SOURCE_CHANGED, seen_at=None)
        know = set(unseen.values_list("person_id", flat=True))
        people = [person for person in people if person.pk not in know]
        if people:
            title = title_of(self.object_key)
            tell(people, NoticeKind.SOURCE_CHANGED, self.object_key, self.locale_id, title, source_changed())


@dataclass(frozen=True)
class Submitted:
    review_id: int

    def __call__(self) -> None:
        review = Review.objects.filter(pk=self.review_id, status=ReviewStatus.WAITING).first()
        if review is None:
            return
        people = reviewers_of(review.locale_id).exclude(pk=review.submitted_by_id)
        if settings.TRANSLATION_FOUR_EYES:
            people = people.exclude(pk__in=review.translators.values("pk"))
        title = title_of(review.object_key)
        tell(people, NoticeKind.SUBMITTED, review.object_key, review.locale_id, title)


@dataclass(frozen=True)
class Decided:
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


def stale_mark_saved(instance: StaleMark, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        once_on_commit(SourceChanged(instance.object_key, instance.locale_id))


def tell_of_change(translation: Translation) -> None:
    """Of what makes no mark: a new paragraph, another order, another value that no machine could bring along."""
    once_on_commit(SourceChanged(translation.source.object_id, translation.target_locale_id))


def review_saved(
    instance: Review, created: bool, raw: bool = False, update_fields: frozenset[Any] | None = None, **kwargs: Any
) -> None:
    if raw:
        return
    if created and instance.status == ReviewStatus.WAITING:
        once_on_commit(Submitted(instance.pk))
    decided = instance.status in (ReviewStatus.APPROVED, ReviewStatus.REFUSED)
    if not created and decided and "status" in (update_fields or ()):
        once_on_commit(Decided(instance.pk, instance.status))


@dataclass
class _Once:
    deed: Callable[[], None]
    done: bool = False

    def __call__(self) -> None:
        self.done = True
        self.deed()


def once_on_commit(deed: Callable[[], None]) -> None:
    once = _Once(deed)
    waiting = transaction.get_connection().run_on_commit
    if not any(known == once for _savepoints, known, *_robust in waiting):
        transaction.on_commit(once, robust=True)


def title_of(key: UUID) -> str:
    return TranslationSource.objects.filter(object_id=key).values_list("object_repr", flat=True).first() or str(
        key
    )


source_changed = lazy(
    lambda: _("It is not what was translated any more: something was changed, added or taken out."), str
)


def connect() -> None:
    post_save.connect(stale_mark_saved, sender=StaleMark, dispatch_uid="tell_of_stale_wording")
    post_save.connect(review_saved, sender=Review, dispatch_uid="tell_of_review")
