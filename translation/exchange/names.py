"""Names of exported files: of what each is."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import override
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.typed import Translatable

LONGEST = 60
Key = tuple[UUID, int]
"""Translation key and id of the language of a source."""


def names_of(translations: Collection[Translation]) -> dict[Key, str]:
    """Return names for files about the sources of translations, in ASCII: the kind, and the title or, if that is
    written in other letters, the slug of the page or the id of the snippet (no query, one for each kind that has
    such titles)."""
    titles = {(each.source.object_id, each.source.locale_id): each.source.object_repr for each in translations}
    models = {
        (each.source.object_id, each.source.locale_id): each.source.specific_content_type.model_class()
        for each in translations
    }
    named = {key: _slug(title) for key, title in titles.items()}
    unnamed = defaultdict(set)
    for key, name in named.items():
        if not name:
            unnamed[models[key]].add(key)
    for model, keys in unnamed.items():
        named |= _ids(model, keys)
    with override("en"):
        kinds = {model: slugify(model._meta.verbose_name) for model in set(models.values())}
    return {key: f"{kinds[models[key]]}-{name or 'untitled'}" for key, name in named.items()}


def _slug(title: str) -> str:
    """Return a title as it stands in a name; an empty string if it has other letters than those of ASCII."""
    is_latin = all(letter.isascii() for letter in title if letter.isalpha())
    return slugify(title)[:LONGEST].strip("-") if is_latin else ""


def _ids(model: type[Translatable], keys: Collection[Key]) -> dict[Key, str]:
    """Return the slugs of pages, or the ids of snippets."""
    rows: Any = model._base_manager.filter(translation_key__in=[key for key, _locale in keys])
    field = "slug" if issubclass(model, Page) else "pk"
    found = {
        (key, locale): value for key, locale, value in rows.values_list("translation_key", "locale_id", field)
    }
    return {key: str(found.get(key, "")) for key in keys}
