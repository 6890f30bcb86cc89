"""What goes live with a campaign or an edition in a language, what is live already, and what is not ready."""

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

from core.publishing.findings import Finding
from core.publishing.forms import may_publish
from core.publishing.people import PublicItem, arranged
from core.publishing.publication import Publication
from core.typed import Translatable
from translation.board.readiness import Ready, readiness_of
from translation.campaign_contents.families import families, family_of
from translation.campaign_contents.gathering import Gathering, Member
from translation.campaign_contents.kinds import Kind, model_of
from translation.models import Review, ReviewStatus
from translation.units.states import Status


@dataclass
class Part:
    """`target` is None where there is none in the language. What has a `review` to publish goes live."""

    ready: Ready
    target: Translatable | None = None
    review: Review | None = None
    findings: list[Finding] = field(default_factory=list)
    publication: Publication | None = None

    @property
    def member(self) -> Member:
        return self.ready.member

    @property
    def goes_live(self) -> bool:
        return self.review is not None

    @property
    def is_live(self) -> bool:
        return self.ready.own.stands

    @property
    def is_missing(self) -> bool:
        """Return whether it would still be missing after the launch, so that a publisher has to accept that."""
        return not self.goes_live and not self.is_live


class Plan:
    """Made anew for each request; `page` is a campaign or an edition in whatever language. Raises LookupError."""

    def __init__(self, page: Page, locale: Locale):
        self.locale = locale
        self.family, self.edition = family_of(page, families())
        self.key = page.translation_key
        self.title = (self.edition or self.family).title
        members = Gathering(self.family, self.edition, Locale.objects.all()).members()
        ready = readiness_of(members, [locale.pk])
        self.parts = self._parts(
            [ready[member.key, locale.pk] for member in members if (member.key, locale.pk) in ready]
        )

    @property
    def root(self) -> Part | None:
        """The campaign or the edition itself; None in the language in which it was written."""
        return next((part for part in self.parts if part.member.key == self.key), None)

    @cached_property
    def going(self) -> list[Part]:
        """In the order in which it goes live: what others show before them, pages from above to below."""
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
        """Whoever may publish each of the targets, those that are live already among them."""
        targets = [part.target for part in self.parts if part.target is not None]
        return bool(targets) and all(may_publish(user, target) for target in targets)

    def obstacles(self) -> list[str]:
        """What no publisher can accept."""
        names = {"title": self.title, "language": self.locale.get_display_name()}
        if self.root is None:
            return [_("“%(title)s” was written in %(language)s.") % names]
        if not (self.root.goes_live or self.root.ready.own.live):
            message = _("“%(title)s” itself is not reviewed in %(language)s: there is nothing to launch yet.")
            return [message % names]
        message = _("“%(title)s”, above it, is not live in %(language)s. Publish it first.")
        return [message % {**names, "title": page.title} for page in self._dark_parents()]

    def examine(self, user: User) -> None:
        """Notes what the publishing gate finds, and what else would keep a part from going live."""
        for part in self.going:
            subject = part.review.revision.as_object()
            part.publication = Publication(subject, user, part.review.revision)
            part.findings = [*_own_findings(part, subject, user), *part.publication.findings]

    @property
    def showing_people(self) -> list[Part]:
        """Of what goes live, once it is examined, what shows people whom readers do not see there yet."""
        return [part for part in self.going if part.publication.new_people]

    @property
    def people(self) -> list[PublicItem]:
        """All that becomes public by the launch; examine it before."""
        return arranged(item for part in self.showing_people for item in part.publication.people)

    @property
    def asks(self) -> bool:
        """Whether some of it has not been confirmed yet."""
        return any(part.publication.unconfirmed for part in self.going)

    def _dark_parents(self) -> Iterable[Page]:
        pages = [part.target for part in [self.root, *self.going] if isinstance(part.target, Page)]
        paths = {
            page.path[:end] for page in pages for end in range(2 * page.steplen, len(page.path), page.steplen)
        }
        going = {page.pk for page in pages}
        return Page.objects.filter(path__in=paths, live=False).exclude(pk__in=going).order_by("path")

    def _parts(self, ready: list[Ready]) -> list[Part]:
        targets = self._targets(ready)
        reviewed = [each.own.approved for each in ready if each.own.status == Status.REVIEWED]
        reviews = reviews_by_key(reviewed)
        return [Part(each, targets.get(each.member.key), reviews.get(each.member.key)) for each in ready]

    def _targets(self, ready: list[Ready]) -> dict[UUID, Translatable]:
        """One query a kind."""
        pks: dict[str, list[int]] = defaultdict(list)
        for each in ready:
            if each.member.is_translated and self.locale.pk in each.member.pks:
                pks[each.member.kind].append(each.member.pks[self.locale.pk])
        rows = (
            row for kind, of_kind in pks.items() for row in model_of(kind)._base_manager.filter(pk__in=of_kind)
        )
        return {row.translation_key: row for row in rows}


def reviews_by_key(pks: Iterable[int | None]) -> dict[UUID, Review]:
    """What was approved for the source as it is now."""
    reviews = Review.objects.filter(pk__in=pks, status=ReviewStatus.APPROVED).select_related("revision")
    return {review.object_key: review for review in reviews}


def _place(part: Part, order: list[str]) -> tuple[Any, ...]:
    if part.member.is_page:
        return (len(part.target.path), part.target.path)
    return (order.index(part.member.kind), str(part.member.pk))


def _own_findings(part: Part, subject: Translatable, user: User) -> list[Finding]:
    found = []
    if subject.go_live_at and subject.go_live_at > timezone.now():
        message = _("It is scheduled for later and would not go live now.")
        found.append(Finding("scheduled", message, _("Take the day out, or launch after it.")))
    lock = part.target.get_lock()
    if lock and lock.for_user(user):
        found.append(Finding("locked", _("It is locked by somebody else."), _("Have it unlocked first.")))
    return found
