"""What templates are handed beside the page or snippet itself.

The modules that gather it import the models. So they add themselves here, in `AppConfig.ready`, and the models
know none of them."""

from collections.abc import Callable

from django.db.models import Model
from django.http import HttpRequest
from wagtail.models import Page

Provider = Callable[[Model, HttpRequest], dict]

_providers: list[tuple[type[Model], Provider]] = []


def register(provider: Provider, model: type[Model] = Page) -> None:
    """Have the templates of all objects of the model handed what the provider returns."""
    if (model, provider) not in _providers:
        _providers.append((model, provider))


def provided(subject: Model, request: HttpRequest) -> dict:
    """Return what is registered for the object's model and those that it inherits from."""
    context: dict = {}
    for model, provider in _providers:
        if isinstance(subject, model):
            context.update(provider(subject, request))
    return context
