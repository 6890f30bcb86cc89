"""What apps above this one hand to the template of every page. They add themselves here, for pages know none of
them."""

from collections.abc import Callable

from django.http import HttpRequest
from wagtail.models import Page

Provider = Callable[[Page, HttpRequest], dict]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def provided(page: Page, request: HttpRequest) -> dict:
    return {name: value for provider in _providers for name, value in provider(page, request).items()}
