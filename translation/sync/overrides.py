"""Validation of overrides: links, pages and images that a translator sets in place of the source's.
wagtail-localize stores them unchecked and fails only when the translation is published."""

import re
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.segments.types import OverridableSegmentValue

from translation.localize.models import SourceDeletedError
from translation.sync.chosen import check_chosen
from translation.sync.in_place import check_in_place

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
ALLOWED = re.compile(r"(?:https?://|mailto:|tel:|#|/(?![/\\]))[^\s\x00-\x1f\x7f]*", re.IGNORECASE)
# Characters that browsers ignore inside a scheme.
INVISIBLE = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]")
NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
# The content path of a link in a rich text ends with the link itself, in quotes.
LINK = re.compile(r"\.'.*'\Z", re.DOTALL)
LONGEST_ADDRESS = 2_000
# Raised if the value has a wrong type or names a missing object, or if the source has lost the place.
UNFIT = (
    AttributeError,
    FieldDoesNotExist,
    KeyError,
    ObjectDoesNotExist,
    OverflowError,
    SourceDeletedError,
    TypeError,
    ValueError,
)


def check_value(segment: OverridableSegment, value: Any, user: User | None = None) -> None:
    """Raise ValidationError if the source would not be valid with the value in place of its own, or if `user`, if
    given, may not choose the page, image or document. Of a link in a rich text, only the address is checked."""
    if isinstance(segment.data, str):
        in_text = bool(LINK.search(segment.context.path))
        if value != "" or in_text:
            check_address(segment.data, value)
        if in_text:
            return
    elif isinstance(value, bool) or not NUMBER.fullmatch(str(value)):
        raise ValidationError(_("The chosen item does not exist. Choose another one."))
    source, path = segment.source, segment.context.path
    try:
        before, changed = source.as_instance(), source.as_instance()
        put = OverridableSegmentValue(path, value)
        ingest_segments(changed, changed, source.locale, source.locale, [put])
        check_chosen(segment, changed, user)
        check_in_place(path, before, changed, value)
    except UNFIT as error:
        raise ValidationError(_("The chosen item does not exist. Choose another one.")) from error


def check_address(old: str, value: Any) -> None:
    """Raise ValidationError unless `value` is a text of at most LONGEST_ADDRESS characters that may replace `old`:
    an allowed address where `old` is one or `value` looks like one."""
    if not isinstance(value, str):
        raise ValidationError(_("Enter a text."))
    if len(value) > LONGEST_ADDRESS:
        raise ValidationError(
            _("The text is too long. Maximum: %(count)d characters.") % {"count": LONGEST_ADDRESS}
        )
    is_address = ADDRESS.match(old) or SCHEME.match(INVISIBLE.sub("", value)) or value.lstrip().startswith("//")
    if is_address and not ALLOWED.fullmatch(value):
        raise ValidationError(_("Enter an address that starts with https:, http:, mailto:, tel: or “/”."))
    if value[:4].lower() == "http":
        URLValidator()(value)


def check_overrides(translation: Translation) -> None:
    """Raise ValidationError if a stored override of the translation could not be published, as `check_value`
    says."""
    overrides = {
        override.context_id: override
        for override in SegmentOverride.objects.filter(
            locale_id=translation.target_locale_id, context__object_id=translation.source.object_id
        ).select_related("last_translated_by")
    }
    segments = translation.source.overridablesegment_set.filter(context__in=list(overrides))
    for segment in segments.select_related("context", "source__locale"):
        override = overrides[segment.context_id]
        check_value(segment, override.data, override.last_translated_by)


def check_stored(override: SegmentOverride) -> None:
    """Mark a stored override that could not be published, or remove the mark, and save it. The editor shows the
    reason, and publishing skips marked overrides. Do nothing if the source has lost its place."""
    segment = (
        OverridableSegment.objects.filter(context_id=override.context_id)
        .select_related("context", "source__locale")
        .first()
    )
    if segment is None:
        return
    try:
        check_value(segment, override.data, override.last_translated_by)
    except ValidationError as error:
        override.has_error, override.field_error = True, " ".join(error.messages)
    else:
        override.has_error, override.field_error = False, ""
    override.save(update_fields=["has_error", "field_error"])
