"""System check of snippets that have images or documents."""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import Error
from django.db.models import Model
from wagtail.models import Page

from core.media.file_references import file_models, registered_snippets
from core.models import TranslatableSnippet


def check_sources(app_configs: Iterable[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    """Return an error (core.E008) for each snippet model with an image or document that is not registered with
    `core.media.file_references.register_snippet`: readers would never see its files."""
    return [error for model in apps.get_models() for error in source_errors(model)]


def source_errors(model: type[Model]) -> list[Error]:
    """Return the errors of one model: one if it is a translatable snippet with an image or document and not
    registered, else none."""
    has_file = any(field.related_model in file_models() for field in model._meta.concrete_fields)
    if issubclass(model, Page) or not issubclass(model, TranslatableSnippet) or not has_file:
        return []
    if model in registered_snippets():
        return []
    hint = "Register it in the app's ready(): core.media.file_references.register_snippet."
    return [Error("has files, and nothing says when readers see them.", hint=hint, obj=model, id="core.E008")]
