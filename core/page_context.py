"""Registry of functions that add to the template context of pages and snippets.

These functions need the models, so the models cannot import them. Apps register them in `AppConfig.ready`
instead."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from core.typed import Translatable

Provider = Callable[[Any, HttpRequest], dict[str, Any]]

_providers: list[tuple[type[Translatable], Provider]] = []


def register(provider: Provider, model: type[Translatable] = Page) -> None:
    """Add the dictionary that `provider` returns for an object and a request to the template context of all
    instances of `model`."""
    if (model, provider) not in _providers:
        _providers.append((model, provider))


def provided(subject: Translatable, request: HttpRequest) -> dict[str, Any]:
    """Return the merged context of all providers registered for the object's class or a base of it; later ones
    win."""
    context: dict[str, Any] = {}
    for model, provider in _providers:
        if isinstance(subject, model):
            context.update(provider(subject, request))
    return context
