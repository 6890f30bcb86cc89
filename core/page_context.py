"""What templates are handed beside the page or snippet itself.

The modules that gather it import the models. So they add themselves here, in `AppConfig.ready`, and the models
know none of them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail.models import Page

from core.typed import Translatable

Provider = Callable[[Model, HttpRequest], dict[str, Any]]

_providers: list[tuple[type[Translatable], Provider]] = []


def register(provider: Provider, model: type[Translatable] = Page) -> None:
    """Have the templates of all objects of the model handed what the provider returns."""
    if (model, provider) not in _providers:
        _providers.append((model, provider))


def provided(subject: Translatable, request: HttpRequest) -> dict[str, Any]:
    """Return what is registered for the object's model and those that it inherits from."""
    context: dict[str, Any] = {}
    for model, provider in _providers:
        if isinstance(subject, model):
            context.update(provider(subject, request))
    return context
