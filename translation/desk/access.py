"""Which translation a request is about, and what the user may do with it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail_localize.models import SegmentOverride, StringSegment, Translation

from core.typed import Translatable
from translation.access.permissions import may_change
from translation.access.queries import may_review, may_translate
from translation.campaign_contents.belonging import portion_of, together_with
from translation.desk.presence import visits_of_others
from translation.models import MachineText, Review, SegmentComment
from translation.notices.events import AT_THE_DESK, unseen
from translation.units.segments import target_of

RELATED = ("source__locale", "source__specific_content_type", "target_locale")


def translations_at(key: UUID, code: str, user: User, number: int = 1) -> tuple[list[Translation], bool]:
    """Return the translation of an object into a language, and after it those of the portion with this number of
    what belongs to it, and whether there are more portions; of these only what follows its source (one query, two
    after the first portion). Raise Http404 if there is none of the object. Each says in attributes what there is
    to show of it: `has_comments`, `has_machine_texts`, `has_overrides`, `has_reviews`, `has_notices` that
    the user has not seen, and `has_others`, who work on it beside the user."""
    found = together_with(key, code).select_related(*RELATED).annotate(**_shown_to(user))
    portion = portion_of(number)
    most = portion.stop - portion.start
    rows = list(found[portion.start : portion.stop + 1])
    if number > 1:
        rows[:0], most = [get_object_or_404(found, source__object_id=key)], most + 1
    if not rows or rows[0].source.object_id != key:
        raise Http404
    return rows[:most], len(rows) > most


def _shown_to(user: User) -> dict[str, Exists]:
    of_object = {"object_key": OuterRef("source__object_id"), "locale_id": OuterRef("target_locale_id")}
    overrides = SegmentOverride.objects.filter(
        context__object_id=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id"), has_error=False
    )
    return {
        "has_comments": Exists(SegmentComment.objects.filter(**of_object, resolved_at=None)),
        "has_machine_texts": Exists(MachineText.objects.filter(**of_object)),
        "has_notices": Exists(unseen(user, AT_THE_DESK).filter(**of_object)),
        "has_others": Exists(visits_of_others(user).filter(translation=OuterRef("pk"))),
        "has_overrides": Exists(overrides),
        "has_reviews": Exists(Review.objects.filter(**of_object)),
    }


def translation_to_read(user: User, pk: int) -> Translation:
    """Return a translation that follows its source. Raise Http404 if there is none, and PermissionDenied if the
    user may not open it at the desk."""
    translation = get_object_or_404(Translation.objects.select_related(*RELATED), pk=pk, enabled=True)
    if not may_open(user, translation):
        raise PermissionDenied
    return translation


def translation_to_write(user: User, pk: int) -> Translation:
    """Return a translation as `translation_to_read` does. Raise PermissionDenied unless the user may translate
    into its language."""
    translation = get_object_or_404(Translation.objects.select_related(*RELATED), pk=pk, enabled=True)
    if not may_translate(user, translation.target_locale_id):
        raise PermissionDenied
    return translation


def may_open(user: User, translation: Translation, target: Translatable | None = None) -> bool:
    """Return whether the user may read a translation at the desk: users who translate into its language or review
    it may, and users who may change the translated object. `target` is that object, if the caller has it."""
    locale_id = translation.target_locale_id
    if may_translate(user, locale_id) or may_review(user, locale_id):
        return True
    target = target or target_of(translation)
    return target is not None and may_change(user, target)


def segment_of(translation: Translation, pk: int) -> StringSegment:
    """Return a segment of the translation's source. Raise Http404 if there is none."""
    rows = StringSegment.objects.select_related("string", "context")
    return get_object_or_404(rows, pk=pk, source=translation.source_id)


def gone_while_answering(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Make a view answer 404, as for what is not there, if what it is about goes while it answers."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as gone:
            raise Http404 from gone

    return answered
