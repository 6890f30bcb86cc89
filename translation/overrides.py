"""Values that a translator sets in place of the source's: links, pages, images. wagtail-localize stores whatever
is sent and meets it again when the translation is published."""

import re
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.translation import gettext as _
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation
from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.ingest import ingest_segments

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
ALLOWED = re.compile(r"(?:https?://|mailto:|tel:|#|/(?![/\\]))[^\s\x00-\x1f]*", re.IGNORECASE)
# Browsers pass over these inside a scheme.
INVISIBLE = re.compile(r"[\s\x00-\x1f]")


def check_value(segment: OverridableSegment, value: Any) -> None:
    """Raises ValidationError."""
    if isinstance(segment.data, str):
        is_address = ADDRESS.match(segment.data) or SCHEME.match(INVISIBLE.sub("", str(value)))
        if is_address and not ALLOWED.fullmatch(str(value)):
            raise ValidationError(
                _("Type an address with https:, http:, mailto: or tel:, or one of this site that starts with “/”.")
            )
        return
    original = segment.source.as_instance()
    locale = segment.source.locale
    chosen = OverridableSegmentValue(segment.context.path, value)
    try:
        ingest_segments(original, original, locale, locale, [chosen])
    except (ObjectDoesNotExist, TypeError, ValueError, OverflowError) as error:
        raise ValidationError(_("What you chose is not there. Choose another one.")) from error


def check_overrides(translation: Translation) -> None:
    """Raises ValidationError where a stored value could not be published."""
    stored = dict(
        SegmentOverride.objects.filter(
            locale_id=translation.target_locale_id, context__object_id=translation.source.object_id
        ).values_list("context_id", "pk")
    )
    overrides = SegmentOverride.objects.in_bulk(stored.values())
    for segment in translation.source.overridablesegment_set.filter(context__in=stored).select_related(
        "context", "source__locale"
    ):
        check_value(segment, overrides[stored[segment.context_id]].data)


def check_stored(override: SegmentOverride) -> None:
    """Marks a value that could not be published, by whatever way it came: the editor then shows why, and
    publishing passes it over."""
    segment = (
        OverridableSegment.objects.filter(context_id=override.context_id)
        .select_related("context", "source__locale")
        .first()
    )
    if segment is None:
        return
    try:
        check_value(segment, override.data)
    except ValidationError as error:
        override.has_error, override.field_error = True, " ".join(error.messages)
    else:
        override.has_error, override.field_error = False, ""
    override.save(update_fields=["has_error", "field_error"])
