"""Plan of a launch: what of a campaign or an edition goes live in a language, is live already, or is not ready."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from core.findings import Finding
from core.languages.bidi import embedded
from core.publishing.people import PublicItem, arranged
from core.publishing.publication import Publication
from core.rights import may_publish
from core.typed import Translatable
from translation.board.readiness import Ready, readiness_of
from translation.campaign_contents.families import families, family_of
from translation.campaign_contents.kinds import Kind, model_of
from translation.campaign_contents.seen_by_readers import Gathering, Member
from translation.models import Review, ReviewStatus
from translation.units.states import Status


@dataclass
class Part:
    """A member of the campaign in the language of the launch. `target` is its translation, None if that is missing
    or the member is not translated. It goes live if it has a `review` to publish."""

    ready: Ready
    target: Translatable | None = None
    review: Review | None = None
    findings: list[Finding] = field(default_factory=list)
    publication: Publication | None = None

    @property
    def member(self) -> Member:
        return self.ready.member

    @property
    def existing(self) -> Translatable:
        """The target of a part that goes live; other parts may have none, which is an AssertionError."""
        assert self.target is not None
        return self.target

    @property
    def approved(self) -> Review:
        """The review of a part that goes live."""
        assert self.review is not None
        return self.review

    @property
    def examined(self) -> Publication:
        """The publication of a part that goes live, once `Plan.examine` has run."""
        assert self.publication is not None
        return self.publication

    @property
    def goes_live(self) -> bool:
        return self.review is not None

    @property
    def is_live(self) -> bool:
        return self.ready.own.stands

    @property
    def is_missing(self) -> bool:
        """Return whether the part will not be live after the launch, so that the publisher must accept that."""
        return not self.goes_live and not self.is_live


class Plan:
    """The parts of a campaign or an edition in one language, as they are now; of a large one those of the portion
    with this `number`. `page` may be in any language; raise LookupError if it is neither a campaign nor an
    edition."""

    def __init__(self, page: Page, locale: Locale, number: int = 1):
        self.locale = locale
        self.family, self.edition = family_of(page, families())
        self.key = page.translation_key
        self.title = (self.edition or self.family).title
        gathering = Gathering(self.family, self.edition, Locale.objects.all(), number)
        self.portion = gathering.portion
        members = gathering.members()
        ready = readiness_of(members, [locale.pk])
        self.parts = self._parts(
            [ready[member.key, locale.pk] for member in members if (member.key, locale.pk) in ready]
        )

    @property
    def root(self) -> Part | None:
        """The campaign or the edition itself as a part; None in its source language."""
        return next((part for part in self.parts if part.member.key == self.key), None)

    @cached_property
    def going(self) -> list[Part]:
        """The parts that go live, in order: objects before those that show them, pages from the top of
        the tree."""
        going = [part for part in self.parts if part.goes_live]
        order = [*reversed(Kind.values)]
        return sorted(going, key=lambda part: (part.member.is_page, *_place(part, order)))

    @property
    def missing(self) -> list[Part]:
        return [part for part in self.parts if part.is_missing]

    @property
    def live(self) -> list[Part]:
        return [part for part in self.parts if part.is_live]

    def may_launch(self, user: User) -> bool:
        """Return whether the user may publish each existing translation of the parts, live ones included. False if
        there are none."""
        targets = [part.target for part in self.parts if part.target is not None]
        return bool(targets) and all(may_publish(user, target) for target in targets)

    def obstacles(self) -> list[str]:
        """Return the reasons against the launch that a publisher cannot accept: the language is the source's, the
        campaign or edition itself is not reviewed there, or a page above one that goes live is not live. Empty if
        there are none."""
        names = {"title": embedded(self.title), "language": embedded(self.locale.get_display_name())}
        if self.root is None:
            return [_("“%(title)s” cannot be launched in its source language, %(language)s.") % names]
        if not (self.root.goes_live or self.root.ready.own.live):
            message = _("“%(title)s” is not reviewed in %(language)s, so there is nothing to launch yet.")
            return [message % names]
        message = _("The parent page “%(title)s” is not live in %(language)s. Publish it first.")
        return [message % {**names, "title": embedded(page.title)} for page in self._dark_parents()]

    def examine(self, user: User) -> None:
        """Set `publication` and `findings` of each part that goes live: the publishing gate's for `user`, a
        schedule in the future, and a lock."""
        for part in self.going:
            revision = part.approved.revision
            subject = revision.as_object()
            part.publication = Publication(subject, user, revision)
            part.findings = [*_own_findings(part, subject, user), *part.publication.findings]

    @property
    def showing_people(self) -> list[Part]:
        """The parts that go live and show people who are not public there yet. Call `examine` first."""
        return [part for part in self.going if part.examined.new_people]

    @property
    def people(self) -> list[PublicItem]:
        """All names, faces and words that the parts in `showing_people` make public, arranged as a list. Call
        `examine` first."""
        return arranged(item for part in self.showing_people for item in part.examined.people)

    @property
    def asks(self) -> bool:
        """Whether `user` of `examine` has to confirm people who become public. Call `examine` first."""
        return any(part.examined.unconfirmed for part in self.going)

    def _dark_parents(self) -> Iterable[Page]:
        """Return the pages above those of the launch, without the root, that are not live and do not go live with
        it, from the top of the tree."""
        parts = [part for part in (self.root, *self.going) if part is not None]
        pages = [part.target for part in parts if isinstance(part.target, Page)]
        paths = {
            page.path[:end] for page in pages for end in range(2 * page.steplen, len(page.path), page.steplen)
        }
        going = {page.pk for page in pages}
        return Page.objects.filter(path__in=paths, live=False).exclude(pk__in=going).order_by("path")

    def _parts(self, ready: list[Ready]) -> list[Part]:
        targets = self._targets(ready)
        reviewed = [
            each.own.approved
            for each in ready
            if each.own.status == Status.REVIEWED and each.own.approved is not None
        ]
        reviews = reviews_by_key(reviewed)
        return [Part(each, targets.get(each.member.key), reviews.get(each.member.key)) for each in ready]

    def _targets(self, ready: list[Ready]) -> dict[UUID, Translatable]:
        """Return the translations into the language by translation key (one query for each kind)."""
        pks: dict[str, list[int]] = defaultdict(list)
        for each in ready:
            if each.member.is_translated and self.locale.pk in each.member.pks:
                pks[each.member.kind].append(each.member.pks[self.locale.pk])
        rows = (
            row for kind, of_kind in pks.items() for row in model_of(kind)._base_manager.filter(pk__in=of_kind)
        )
        return {row.translation_key: row for row in rows}


def reviews_by_key(pks: Iterable[int]) -> dict[UUID, Review]:
    """Return the approved reviews among these primary keys by the translation keys of their objects."""
    reviews = Review.objects.filter(pk__in=pks, status=ReviewStatus.APPROVED).select_related("revision")
    return {review.object_key: review for review in reviews}


def _place(part: Part, order: list[str]) -> tuple[Any, ...]:
    """Return the sort key of a part that goes live, among the pages (by depth and path) or among the other parts
    (by the place of its kind in `order`)."""
    if part.member.is_page:
        page: Page = part.existing
        return (len(page.path), page.path)
    return (order.index(part.member.kind), str(part.member.pk))


def _own_findings(part: Part, subject: Translatable, user: User) -> list[Finding]:
    """Return findings that the publishing gate does not have: a schedule in the future, and a lock against the
    user."""
    found = []
    if subject.go_live_at and subject.go_live_at > timezone.now():
        message = _("Scheduled for later, so it would not go live now.")
        found.append(Finding("scheduled", message, _("Remove the date, or launch after it.")))
    lock = part.existing.get_lock()
    if lock and lock.for_user(user):
        found.append(Finding("locked", _("Locked by another user."), _("Ask someone to unlock the item.")))
    return found
