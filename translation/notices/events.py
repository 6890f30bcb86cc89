"""Notices about changed sources, submissions and decisions. Receivers register them for after the commit; an error
is then logged and stops nothing else."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from core.internals.django import waiting_for_commit
from core.models import SiteImage
from translation.access.queries import may_translate
from translation.campaign_contents.seen_by_readers import image_key
from translation.models import (
    AltTextDraft,
    Assignment,
    Notice,
    NoticeKind,
    Review,
    ReviewStatus,
    Unit,
    UnitAuthor,
)
from translation.notices.people import people_by_id, publishers_of, reviewers_of, translators_of
from translation.notices.wording import decided_detail, source_changed, submitted_detail
from translation.notices.writing import tell
from translation.units.four_eyes import may_approve_something


@dataclass(frozen=True)
class SourceChanged:
    """Notify the translator to whom an object is assigned, or else all translators of the language, and whoever
    has written texts since the last approval, that its source has changed. Of the alternative text of `image`, of
    which `object_key` is the key, notify its translators, or else all of the language. Who may no longer translate
    is left out. Nobody gets a second notice while the first one is unseen."""

    object_key: UUID
    locale_id: int
    image: SiteImage | None = None

    def __call__(self) -> None:
        of_thing = {"object_key": self.object_key, "locale_id": self.locale_id}
        at_work = list(self._at_work())
        assignment = Assignment.objects.filter(**of_thing).select_related("person").first()
        responsible: Iterable[User] = at_work if self.image else []
        assigned = assignment.person if assignment else None
        if assigned and may_translate(assigned, self.locale_id):
            responsible = [assigned]
        concerned = dict.fromkeys([*(responsible or translators_of(self.locale_id)), *at_work])
        unseen = Notice.objects.filter(**of_thing, kind=NoticeKind.SOURCE_CHANGED, seen_at=None)
        know = set(unseen.values_list("person_id", flat=True))
        people = [person for person in concerned if person.pk not in know]
        if people:
            title, image_id = (
                (self.image.title, self.image.pk) if self.image else (title_of(self.object_key), None)
            )
            kind, place = NoticeKind.SOURCE_CHANGED, (self.object_key, self.locale_id)
            tell(people, kind, *place, title, source_changed(), image_id)

    def _at_work(self) -> QuerySet[User]:
        of_thing = {"object_key": self.object_key, "locale_id": self.locale_id}
        writers = UnitAuthor.objects.filter(**of_thing)
        drafts = AltTextDraft.objects.filter(image=self.image, locale_id=self.locale_id)
        approved = Review.objects.filter(**of_thing, status=ReviewStatus.APPROVED).exclude(decided_at=None)
        if last := approved.order_by("-decided_at").values_list("decided_at", flat=True).first():
            writers = writers.filter(written_at__gt=last)
        wrote = Q(pk__in=writers.values("user")) | Q(pk__in=drafts.values("writers"))
        return translators_of(self.locale_id).filter(wrote)


@dataclass(frozen=True)
class Submitted:
    """Notify the reviewers of the language who may decide something of a submission that it waits, each once and
    without its submitter. `submission` is the value that its reviews and alternative texts share; `review_id`
    stands for a review that was submitted alone. Do nothing if nothing waits any more."""

    submission: UUID | None
    review_id: int | None = None

    def __call__(self) -> None:
        of_both = {"submission": self.submission} if self.submission else {"pk": self.review_id}
        waiting = Review.objects.filter(**of_both, status=ReviewStatus.WAITING).order_by("pk")
        reviews = list(waiting.prefetch_related("translators"))
        pictures: list[AltTextDraft] = []
        if self.submission:
            drafts = AltTextDraft.objects.filter(submission=self.submission, status=ReviewStatus.WAITING)
            pictures = list(drafts.select_related("image").prefetch_related("writers").order_by("pk"))
        for people, image_id in self._people(reviews, pictures):
            detail = submitted_detail(len(reviews) - 1, len(pictures)) if reviews else ""
            key = reviews[0].object_key if reviews else image_key(pictures[0].image_id)
            title = title_of(key) if reviews else pictures[0].image.title
            locale_id = (reviews or pictures)[0].locale_id
            tell(people, NoticeKind.SUBMITTED, key, locale_id, title, detail, image_id)

    @staticmethod
    def _people(reviews: list[Review], pictures: list[AltTextDraft]) -> Iterator[tuple[list[User], int | None]]:
        """Yield the people to tell, with the id of the image that the notice leads to if there is no review."""
        if not (reviews or pictures):
            return
        submitters = {review.submitted_by_id for review in reviews if review.submitted_by_id}
        people = list(reviewers_of((reviews or pictures)[0].locale_id).exclude(pk__in=submitters))
        if settings.TRANSLATION_FOUR_EYES:
            people = [
                person
                for person in people
                if any(may_approve_something(person.pk, review) for review in reviews)
                or any(person not in draft.writers.all() for draft in pictures)
            ]
        yield people, None if reviews else pictures[0].image_id


@dataclass(frozen=True)
class Settled:
    """Mark the notices that something waits for review as seen where nothing of its submission waits any more. Of
    what has ended, in one language, `submissions` has the submission by translation key or `image_key`."""

    locale_id: int
    submissions: dict[UUID, UUID | None] = field(default_factory=dict, compare=False)

    def __call__(self) -> None:
        notices = Notice.objects.filter(kind=NoticeKind.SUBMITTED, locale_id=self.locale_id, seen_at=None)
        together = Review.objects.filter(submission__in=filter(None, self.submissions.values()))
        keys = {*self.submissions, *together.values_list("object_key", flat=True)}
        told = notices.filter(object_key__in=keys).order_by().values_list("object_key", "image_id").distinct()
        for key, image_id in list(told):
            about = notices.filter(object_key=key, image_id=image_id)
            waits = awaited(key, self.locale_id, image_id, self.submissions.get(key))
            if waits is None:
                about.update(seen_at=timezone.now())
            elif image_id and isinstance(waits, AltTextDraft) and waits.image_id != image_id:
                named = {"object_key": image_key(waits.image_id), "title": waits.image.title[:255]}
                about.update(image_id=waits.image_id, **named)


def awaited(
    key: UUID, locale_id: int, image_id: int | None = None, submission: UUID | None = None
) -> Review | AltTextDraft | None:
    """Return the review of an object or the alternative text of an image if it waits, or else what was submitted
    with it and waits, if anything. `submission` is that of an alternative text that waits no longer."""
    waiting = AltTextDraft.objects.filter(status=ReviewStatus.WAITING).select_related("image").order_by("pk")
    if image_id:
        own = waiting.filter(image_id=image_id, locale_id=locale_id).first()
        return own or (waiting.filter(submission=submission).first() if submission else None)
    last = Review.objects.filter(object_key=key, locale_id=locale_id).first()
    if last is None or last.status == ReviewStatus.WAITING or not last.submission:
        return last if last and last.status == ReviewStatus.WAITING else None
    others = Review.objects.filter(submission=last.submission, status=ReviewStatus.WAITING)
    return others.order_by("pk").first() or waiting.filter(submission=last.submission).first()


@dataclass(frozen=True)
class Outcome:
    """A decision that people are told of."""

    people: frozenset[int]
    object_key: UUID
    locale_id: int
    title: str
    is_refused: bool
    reason: str
    image_id: int | None = None


@dataclass(frozen=True)
class Decided:
    """Notify the submitters and translators of all that was decided of a submission in one transaction, each once,
    without the person who decided. `group` names the submission, or what was submitted alone."""

    group: str
    reviews: list[int] = field(default_factory=list, compare=False)
    pictures: list[Outcome] = field(default_factory=list, compare=False)

    def __call__(self) -> None:
        of_person: dict[int, list[Outcome]] = defaultdict(list)
        for outcome in [*self._of_reviews(), *self.pictures]:
            for person_id in outcome.people:
                of_person[person_id].append(outcome)
        for person_id, person in people_by_id(of_person).items():
            outcomes = of_person[person_id]
            refused = [outcome for outcome in outcomes if outcome.is_refused]
            first = (refused or outcomes)[0]
            kind = NoticeKind.REFUSED if refused else NoticeKind.APPROVED
            # The other reasons quote texts, which may be words of people: mails must not hold these.
            detail = (
                decided_detail(len(outcomes), len(refused), first.reason) if len(outcomes) > 1 else first.reason
            )
            tell(person, kind, first.object_key, first.locale_id, first.title, detail, first.image_id)

    def _of_reviews(self) -> Iterator[Outcome]:
        decided = Review.objects.filter(
            pk__in=self.reviews, status__in=(ReviewStatus.APPROVED, ReviewStatus.REFUSED)
        )
        for review in decided.order_by("pk").prefetch_related("translators"):
            concerned = {review.submitted_by_id, *(person.pk for person in review.translators.all())}
            yield Outcome(
                frozenset(pk for pk in concerned - {review.decided_by_id} if pk),
                review.object_key,
                review.locale_id,
                title_of(review.object_key),
                review.status == ReviewStatus.REFUSED,
                review.reason,
            )


@dataclass(frozen=True)
class Ready:
    """Notify those who may publish the pages of a submission that they are approved and wait for this, each once,
    without the person who approved. `group` is as in `Decided`."""

    group: str
    reviews: list[int] = field(default_factory=list, compare=False)

    def __call__(self) -> None:
        approved = Review.objects.filter(pk__in=self.reviews, status=ReviewStatus.APPROVED).order_by("pk")
        for review in approved.select_related("revision"):
            target = review.revision.content_object
            if isinstance(target, Page) and not target.live:
                people = [each for each in publishers_of(target) if each.pk != review.decided_by_id]
                tell(people, NoticeKind.READY, review.object_key, review.locale_id, title_of(review.object_key))
                return


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
    if created and instance.status == ReviewStatus.WAITING and not instance.submission:
        # What is submitted together is told of together.
        once_on_commit(Submitted(None, instance.pk))
    decided = instance.status in (ReviewStatus.APPROVED, ReviewStatus.REFUSED)
    if not created and decided and "status" in (update_fields or ()):
        once_on_commit(Decided(group_of(instance))).reviews.append(instance.pk)


def review_ended(
    instance: Review | AltTextDraft, created: bool | None = None, raw: bool = False, **kwargs: Any
) -> None:
    """Receiver of `post_save` and `post_delete`: note after the commit that nobody has to review an object or an
    alternative text any more."""
    is_deleted = created is None
    if raw or created or is_deleted != (instance.status == ReviewStatus.WAITING):
        return
    key = instance.object_key if isinstance(instance, Review) else image_key(instance.image_id)
    once_on_commit(Settled(instance.locale_id)).submissions[key] = instance.submission


def see_ready(object_key: UUID, locale_id: int) -> None:
    """Mark the notices that an object waits to be published as seen."""
    about = Notice.objects.filter(kind=NoticeKind.READY, object_key=object_key, locale_id=locale_id, seen_at=None)
    about.update(seen_at=timezone.now())


def group_of(item: Review | AltTextDraft) -> str:
    """Return what names all that was submitted together with a review or an alternative text."""
    return str(item.submission or f"{item._meta.model_name} {item.pk}")


def tell_of_alt_text(draft: AltTextDraft, people: Iterable[User], kind: str, reason: str = "") -> None:
    """Notify the people after the commit of the decision on an alternative text, together with what else was
    decided of its submission. The draft may be deleted until then."""
    outcome = Outcome(
        frozenset(person.pk for person in people),
        image_key(draft.image_id),
        draft.locale_id,
        draft.image.title,
        kind == NoticeKind.REFUSED,
        reason,
        draft.image_id,
    )
    once_on_commit(Decided(group_of(draft))).pictures.append(outcome)


def tell_of_ready(review: Review) -> None:
    """Notify publishers after the commit that an approved page waits for them."""
    once_on_commit(Ready(group_of(review))).reviews.append(review.pk)


AT_THE_DESK = (
    NoticeKind.ASSIGNED,
    NoticeKind.SOURCE_CHANGED,
    NoticeKind.APPROVED,
    NoticeKind.REFUSED,
    NoticeKind.DUE,
)
"""What the desk of an object shows, or leads to."""


def see_changes(user: User, object_key: UUID, locale_id: int) -> bool:
    """Return whether the source of an object has changed since the user was here last, and mark the notices of it
    as seen: the editor shows what has changed."""
    return see(user, [object_key], locale_id, [NoticeKind.SOURCE_CHANGED])


def see(user: User, object_keys: Collection[UUID], locale_id: int, kinds: Collection[str]) -> bool:
    """Mark the notices of these kinds to a user, about these objects in a language, as seen. Return whether there
    were any."""
    about = unseen(user, kinds).filter(object_key__in=object_keys, locale_id=locale_id)
    return bool(about.update(seen_at=timezone.now()))


def unseen(user: User, kinds: Collection[str]) -> QuerySet[Notice]:
    """Return a queryset of the notices of these kinds to a user who has not seen them."""
    return Notice.objects.filter(person=user, kind__in=kinds, seen_at=None)


Deed = Callable[[], None]
AnyDeed = TypeVar("AnyDeed", bound=Deed)


@dataclass
class _Once:
    """A callback for after the commit, equal to another one for the same deed until it is called."""

    deed: Deed
    done: bool = False

    def __call__(self) -> None:
        self.done = True
        self.deed()


def once_on_commit(deed: AnyDeed) -> AnyDeed:
    """Call `deed` after the commit, only once even if an equal one is registered again in the transaction. Return
    the one that is called."""
    once = _Once(deed)
    for _savepoints, known, _robust in waiting_for_commit():
        if isinstance(known, _Once) and known == once:
            return known.deed  # type: ignore[return-value]  # it is equal, so of the same class
    transaction.on_commit(once, robust=True)
    return deed


def title_of(key: UUID) -> str:
    """Return the title of an object, as it was when its source was last updated, by its translation key; the key
    itself if it was never sent for translation."""
    return TranslationSource.objects.filter(object_id=key).values_list("object_repr", flat=True).first() or str(
        key
    )


def connect() -> None:
    """Connect the receivers; called in `AppConfig.ready()`."""
    post_save.connect(stale_unit_saved, sender=Unit, dispatch_uid="tell_of_stale_wording")
    post_save.connect(review_saved, sender=Review, dispatch_uid="tell_of_review")
    for sender in (Review, AltTextDraft):
        post_save.connect(review_ended, sender=sender, dispatch_uid=f"end_{sender.__name__}")
        post_delete.connect(review_ended, sender=sender, dispatch_uid=f"end_deleted_{sender.__name__}")
