"""The notice to readers of a page that its source has changed since it was translated."""

import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from core.languages.cldr import language_name
from core.languages.site_languages import LocaleCodes, active_code
from core.stamps.collecting import note
from translation.models import Review


def tags_of(review: Review) -> set[str]:
    """Return the tags that a change of a review stamps: that of the notice of what it translates."""
    return {tag_of(review.object_key, review.locale_id)}


def tag_of(key: UUID, locale: int) -> str:
    """Return the tag of the notice of one language of an object."""
    return f"notice:{key}:{locale}"


def notice(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of the notice: the date of the source and its language, or an empty dict if none
    is shown. It is shown if what readers see is outdated for more than TRANSLATION_STALE_NOTICE_DAYS days, not in
    the site's own language, and not for stopped translations. It takes one query, none in the site's own language,
    two if there is a notice."""
    if LocaleCodes.code(page.locale_id) == settings.LANGUAGE_CODE:
        return {}
    note(tag_of(page.translation_key, page.locale_id))
    patience = datetime.timedelta(days=settings.TRANSLATION_STALE_NOTICE_DAYS)
    if not Review.objects.filter(
        object_key=page.translation_key,
        locale_id=page.locale_id,
        outdated_since__lt=timezone.now() - patience,
    ).exists():
        return {}
    source = TranslationSource.objects.filter(
        object_id=page.translation_key, translations__target_locale_id=page.locale_id, translations__enabled=True
    ).first()
    if source is None:
        return {}
    code = LocaleCodes.code(source.locale_id)
    return {
        "source_updated": timezone.localdate(source.last_updated_at),
        "source_language": language_name(code, active_code()),
    }
