"""Undocumented and private names of wagtail-localize's models."""

from uuid import UUID

from wagtail_localize.models import SourceDeletedError, String, TranslationContext

__all__ = [
    "SourceDeletedError",  # raised by `TranslationSource.as_instance()`, where an override is checked
    "path_hash",
    "string_hash",
]


def string_hash(text: str) -> UUID:
    """Return the hash by which wagtail-localize finds a source string. Files for translators name units by it."""
    return String._get_data_hash(text)


def path_hash(path: str) -> UUID:
    """Return the hash by which wagtail-localize finds a content path. Files for translators name units by it."""
    return TranslationContext._get_path_id(path)
