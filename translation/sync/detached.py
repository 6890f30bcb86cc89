"""Review of stopped translations. They are edited as pages, and their units say nothing about what readers see.

Still they only go live with approval: a reviewer of the language who has written nothing of what is not approved
yet approves the whole, by publishing it or at the end of a workflow."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from wagtail.models import Revision

from core.publishing.gate import shown
from core.typed import Translatable
from translation.access.queries import may_review
from translation.models import Review, ReviewStatus, WholeApproval
from translation.units.approvals import by_review, by_whole


def approved_revisions(target: Translatable) -> list[Revision]:
    """Return the newest revision approved in a review and the newest approved as a whole, the newer one first,
    without those that do not exist."""
    newest = [
        target.revisions.filter(approved("pk")).order_by("-pk").first() for approved in (by_whole, by_review)
    ]
    return sorted(filter(None, newest), key=lambda revision: -revision.pk)


def content_of(revision: Revision) -> dict[str, Any]:
    """Return the serialized content of a revision, without fields that do not concern readers."""
    return shown(revision.as_object().serializable_data())


def may_go_live(target: Translatable, revision: Revision | None, user: User | None) -> bool:
    """Return whether a stopped translation may go live as `target`: the revision is approved, its content equals
    an approved one, or `user` approves it by publishing."""
    if revision and Revision.objects.filter(by_whole("pk") | by_review("pk"), pk=revision.pk).exists():
        return True
    return says_what_was_approved(target) or vouches(user, target, revision)


def says_what_was_approved(target: Translatable) -> bool:
    """Return whether the content of `target` equals that of one of its `approved_revisions`."""
    content = shown(target.serializable_data())
    return any(content_of(approved) == content for approved in approved_revisions(target))


def vouches(user: User | None, target: Translatable, revision: Revision | None) -> bool:
    """Return whether `user` may approve the content: as a reviewer of the language who, unless
    TRANSLATION_FOUR_EYES is off, is not among its `writers`. False for None."""
    if user is None or not may_review(user, target.locale_id):
        return False
    return not settings.TRANSLATION_FOUR_EYES or user.pk not in writers(target, revision, user)


def writers(target: Translatable, revision: Revision | None, user: User) -> set[int]:
    """Return the ids of the users who have changed the content since it was approved last, up to `revision`. A
    revision with unchanged content does not count. Without `revision`, unsaved changes count as those of
    `user`."""
    last = next(iter(approved_revisions(target)), None)
    since = target.revisions.filter(pk__gt=last.pk) if last else target.revisions.all()
    before = content_of(last) if last else None
    found = set()
    for each in since.filter(pk__lte=revision.pk) if revision else since:
        content = content_of(each)
        if content != before:
            found.add(each.user_id)
        before = content
    if not revision and shown(target.serializable_data()) != before:
        found.add(user.pk)
    return found


def note(revision: Revision, user: User | None) -> None:
    """Record that a revision passed the publishing checks, with `user` as the approver if a reviewer, so that it
    can be published later by schedule, without a user. Do nothing if it was approved in a review or recorded
    before."""
    if not Review.objects.filter(revision=revision, status=ReviewStatus.APPROVED).exists():
        reviewer = user if user and may_review(user, revision.content_object.locale_id) else None
        WholeApproval.objects.get_or_create(revision=revision, defaults={"approved_by": reviewer})


def note_live(target: Translatable, user: User | None) -> None:
    """Record the approval of the live revision as `note` does, unless there is none or the stored object differs
    from it."""
    live = target.live_revision
    if live and content_of(live) == shown(target.serializable_data()):
        note(live, user)
