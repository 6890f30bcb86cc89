"""Comments on units, in threads. The same ones are shown in the editor and on the reviewer's screen."""

import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from translation.control_characters import without_controls
from translation.models import Review, SegmentComment
from translation.units.four_eyes import Hashes, hashes_of

LONGEST_COMMENT = 2_000
AGAIN = datetime.timedelta(minutes=1)
"""The same words of the same person within this time are a request that was sent twice."""


def add_comment(review: Review, place: Hashes, user: User, text: str) -> SegmentComment:
    """Add a comment to one unit of a review. Raise ValidationError if the text is empty or the unit is not in the
    review."""
    wording = next((each for each in review.wordings if hashes_of(each) == place), None)
    if wording is None:
        raise ValidationError(_("Enter a comment."))
    hashes = UUID(place[0]), UUID(place[1])
    return comment_on(review.object_key, review.locale_id, wording["path"], hashes, user, text)


def comment_on(
    key: UUID,
    locale_id: int,
    path: str,
    place: tuple[UUID, UUID],
    user: User,
    text: str,
    parent: SegmentComment | None = None,
) -> SegmentComment:
    """Store a comment on a unit, or return the one that was just stored with the same words. Raise
    ValidationError if the text is empty."""
    text = without_controls(text).strip()[:LONGEST_COMMENT]
    if not text:
        raise ValidationError(_("Enter a comment."))
    values = {
        "object_key": key,
        "locale_id": locale_id,
        "path_id": place[0],
        "string_hash": place[1],
        "author": user,
        "text": text,
        "parent": parent,
    }
    again = SegmentComment.objects.filter(**values, created_at__gt=timezone.now() - AGAIN)
    return again.first() or SegmentComment.objects.create(**values, path=path)


def answer(comment: SegmentComment, user: User, text: str) -> SegmentComment:
    """Add an answer to the thread of a comment, which is open again if it was resolved. Raise ValidationError if
    the text is empty."""
    first = comment.parent or comment
    place = first.path_id, first.string_hash
    made = comment_on(first.object_key, first.locale_id, first.path, place, user, text, first)
    if first.resolved_at:
        first.resolved_by = first.resolved_at = None
        first.save(update_fields=["resolved_by", "resolved_at"])
    return made


def resolve_thread(comment: SegmentComment, user: User) -> None:
    """Mark the thread of a comment as resolved."""
    first = comment.parent or comment
    first.resolved_by, first.resolved_at = user, timezone.now()
    first.save(update_fields=["resolved_by", "resolved_at"])
