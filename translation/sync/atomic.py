"""Optimistic locking in the translation editor: a text that has changed since it was shown is not overwritten."""

import json
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)

from core.internals.wagtail_admin import get_user_display_name
from core.languages.bidi import embedded

HEADER = "X-Known-Value"
"""The request header with the fingerprint of the value that the editor showed, empty for none. It is optional."""


def fingerprint(value: object) -> str:
    """Return FNV-1a (32 bits) of the value's text in hexadecimal digits, as admin/js/translating.js does."""
    number = 0x811C9DC5
    for byte in str(value).encode():
        number = (number ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"{number:x}"


def save_string(
    request: HttpRequest, translation: Translation, segment: StringSegment, value: str | None
) -> HttpResponse:
    """Let wagtail-localize's view store the draft text `value`, or delete it if that is None. Return status 409 if
    the stored text is neither the one in HEADER nor `value`; without the header nothing is compared."""
    rows = StringTranslation.objects.filter(
        translation_of_id=segment.string_id, context_id=segment.context_id, locale_id=translation.target_locale_id
    )
    return _save(request, translation, rows, value)


def save_override(
    request: HttpRequest, translation: Translation, segment: OverridableSegment, value: str | None
) -> HttpResponse:
    """Let wagtail-localize's view store the override `value`, or delete it if that is None. Return status 409 if
    the stored value is neither the one in HEADER nor `value`; without the header nothing is compared."""
    rows = SegmentOverride.objects.filter(context_id=segment.context_id, locale_id=translation.target_locale_id)
    return _save(request, translation, rows, value)


@transaction.atomic
def _save(
    request: HttpRequest, translation: Translation, rows: models.QuerySet[Any], value: str | None
) -> HttpResponse:
    Translation.objects.select_for_update().get(pk=translation.pk)
    row = rows.select_related("last_translated_by").first()
    known = request.headers.get(HEADER)
    if known is not None and known != (fingerprint(_data(row)) if row else "") and (row and _data(row)) != value:
        return HttpResponse(_refusal(row), status=409, content_type="text/plain; charset=utf-8")
    match = request.resolver_match
    assert match is not None
    return match.func(request, *match.args, **match.kwargs)


def _data(row: StringTranslation | SegmentOverride) -> object:
    return row.data if isinstance(row, StringTranslation) else json.loads(row.data_json)


def _refusal(row: StringTranslation | SegmentOverride | None) -> str:
    if row is None:
        return _("This text was removed after you opened the page. Your text was not saved. Reload the page.")
    who = get_user_display_name(row.last_translated_by) or _("Another user")
    return _("%(user)s has saved another text: “%(text)s”. Your text was not saved. Reload the page.") % {
        "user": embedded(who),
        "text": embedded(_data(row)),
    }
