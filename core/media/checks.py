from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import Error
from wagtail.models import Page

from core.media.shown import file_models, registered_snippets
from core.models import TranslatableSnippet
from core.typed import Translatable


def check_sources(app_configs: Iterable[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    """Return an error for each snippet that has a file of its own while nothing says when readers see it: they
    would see it never."""
    return [error for model in apps.get_models() for error in source_errors(model)]


def source_errors(model: type[Translatable]) -> list[Error]:
    has_file = any(field.related_model in file_models() for field in model._meta.concrete_fields)
    if issubclass(model, Page) or not issubclass(model, TranslatableSnippet) or not has_file:
        return []
    if model in registered_snippets():
        return []
    hint = "Register it in the app's ready(): core.media.shown.register_snippet."
    return [Error("has files, and nothing says when readers see them.", hint=hint, obj=model, id="core.E008")]
