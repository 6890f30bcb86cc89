"""Which translation a request is about, and what the user may do with it."""

from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail_localize.models import StringSegment, Translation

from core.typed import Translatable
from translation.access.permissions import may_change
from translation.access.queries import may_review, may_translate
from translation.units.segments import target_of

RELATED = ("source__locale", "source__specific_content_type", "target_locale")


def translation_at(key: UUID, code: str) -> Translation:
    """Return the translation of an object into a language that follows its source. Raise Http404 if there is
    none."""
    found = Translation.objects.select_related(*RELATED).filter(enabled=True)
    return get_object_or_404(found, source__object_id=key, target_locale__language_code=code)


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
    """Return whether the user may read a translation at the desk: who translates into or reviews its language, or
    may change the translated object. `target` is that object, if the caller has it."""
    locale_id = translation.target_locale_id
    if may_translate(user, locale_id) or may_review(user, locale_id):
        return True
    target = target or target_of(translation)
    return target is not None and may_change(user, target)


def segment_of(translation: Translation, pk: int) -> StringSegment:
    """Return a segment of the translation's source. Raise Http404 if there is none."""
    rows = StringSegment.objects.select_related("string", "context")
    return get_object_or_404(rows, pk=pk, source=translation.source_id)
