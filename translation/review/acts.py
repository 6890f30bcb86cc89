"""What the buttons at single units of the reviewer's screen do. Each function takes the request and the rest of
the button's value, and returns the name of the field whose content it has used. They raise Http404 for what does
not exist, PermissionDenied, and ValidationError with what to say to the reviewer."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from core.typed import AdminRequest
from translation.access.queries import may_review, may_translate
from translation.alt_texts import drafts
from translation.control_characters import without_controls
from translation.models import AltTextDraft, Review, SegmentComment
from translation.review import units
from translation.review.comments import add_comment, answer, resolve_thread
from translation.units.four_eyes import Hashes

FIELDS = ("reason", "comment", "text")


def approve_unit(request: AdminRequest, rest: str) -> str:
    review, place, _name = _unit(rest)
    units.decide_unit(review, place, request.user, is_approved=True)
    return ""


def return_unit(request: AdminRequest, rest: str) -> str:
    review, place, name = _unit(rest)
    units.decide_unit(review, place, request.user, is_approved=False, reason=_said(request, f"reason-{name}"))
    return f"reason-{name}"


def correct(request: AdminRequest, rest: str) -> str:
    review, place, name = _unit(rest)
    units.correct(review, place, request.user, _said(request, f"text-{name}").strip())
    return f"text-{name}"


def comment(request: AdminRequest, rest: str) -> str:
    review, place, name = _unit(rest)
    _check_works_in(request, review.locale_id)
    add_comment(review, place, request.user, _said(request, f"comment-{name}"))
    return f"comment-{name}"


def answer_comment(request: AdminRequest, rest: str) -> str:
    found = _comment(request, rest)
    answer(found, request.user, _said(request, f"answer-{found.pk}"))
    return f"answer-{found.pk}"


def resolve_comment(request: AdminRequest, rest: str) -> str:
    resolve_thread(_comment(request, rest), request.user)
    return ""


def approve_picture(request: AdminRequest, rest: str) -> str:
    draft = get_object_or_404(AltTextDraft, pk=_number(rest))
    drafts.approve(draft.pk, draft.image_id, request.user)
    return ""


def return_picture(request: AdminRequest, rest: str) -> str:
    draft = get_object_or_404(AltTextDraft, pk=_number(rest))
    drafts.refuse(draft.pk, draft.image_id, request.user, _said(request, f"reason-{draft.pk}").strip())
    return f"reason-{draft.pk}"


def _unit(rest: str) -> tuple[Review, Hashes, str]:
    """Return review, unit, and what the names of the unit's fields end with."""
    pk, _slash, place = rest.partition("/")
    review = get_object_or_404(Review, pk=_number(pk))
    path_id, _slash, string_hash = place.partition("/")
    return review, (path_id, string_hash), f"{review.object_key}-{path_id}-{string_hash}"


def _comment(request: AdminRequest, rest: str) -> SegmentComment:
    found = get_object_or_404(SegmentComment, pk=_number(rest))
    _check_works_in(request, found.locale_id)
    return found


def _check_works_in(request: AdminRequest, locale_id: int) -> None:
    if not (may_review(request.user, locale_id) or may_translate(request.user, locale_id)):
        raise PermissionDenied


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _said(request: AdminRequest, name: str) -> str:
    return without_controls(request.POST.get(name, ""))


ACTS: dict[str, Callable[[AdminRequest, str], str]] = {
    "approve-unit": approve_unit,
    "return-unit": return_unit,
    "correct": correct,
    "comment": comment,
    "answer": answer_comment,
    "resolve": resolve_comment,
    "approve-picture": approve_picture,
    "return-picture": return_picture,
}
FINISHING = ("approve", "reject")
