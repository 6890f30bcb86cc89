"""Undocumented and private names of wagtail-localize's models."""

from uuid import UUID

from wagtail_localize.models import SourceDeletedError, String, StringSegmentQuerySet, TranslationContext

__all__ = [
    "SourceDeletedError",  # raised by `TranslationSource.as_instance()`, where an override is checked
    "StringSegmentQuerySet",  # the type of a source's segments
    "path_hash",
    "string_hash",
    "without_text",
]


def string_hash(text: str) -> UUID:
    """Return the hash by which wagtail-localize finds a source string. Files for translators name units by it."""
    return String._get_data_hash(text)


def path_hash(path: str) -> UUID:
    """Return the hash by which wagtail-localize finds a content path. Files for translators name units by it."""
    return TranslationContext._get_path_id(path)


def without_text(segments: StringSegmentQuerySet, locale_id: int) -> StringSegmentQuerySet:
    """Return the segments whose units have no draft text in a language. Only this query set joins a segment to its
    text, over string and context."""
    return segments.annotate_translation(locale_id, include_errors=True).filter(translation=None)
