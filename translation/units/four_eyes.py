"""Which units of a review a reviewer may not approve, because they have written or changed the text."""

from typing import Any

from translation.models import Review

Hashes = tuple[str, str]
"""The hash of the path and the hash of the source string, as `Review.wordings` stores them."""


def hashes_of(wording: dict[str, Any]) -> Hashes:
    """Return what names the unit of one of `Review.wordings`."""
    return wording["path_id"], wording["hash"]


def units_against(user_id: int, review: Review) -> set[Hashes]:
    """Return the units of a review whose text the user has written or changed. A review from before authors were
    kept names those of all its texts together."""
    if any("authors" in each for each in review.wordings):
        return {hashes_of(each) for each in review.wordings if user_id in each.get("authors", ())}
    is_author = any(person.pk == user_id for person in review.translators.all())
    return {hashes_of(each) for each in review.wordings} if is_author else set()


def has_set_values(user_id: int, review: Review) -> bool:
    """Return whether the user has set links, pages or images of a review, which are approved as a whole."""
    own = any(each["by"] == user_id for each in review.overrides or ())
    return own and any(person.pk == user_id for person in review.translators.all())


def may_approve_something(user_id: int, review: Review) -> bool:
    """Return whether a user, as a reviewer, may approve at least one unit of a review that waits, although they
    may have written others."""
    if has_set_values(user_id, review):
        return False
    against = units_against(user_id, review)
    fresh = {hashes_of(each) for each in review.wordings if each.get("is_new", True)}
    return not against or bool(fresh - against)
