from collections.abc import Callable
from typing import Any

from wagtail import hooks

from translation.apps import TranslationConfig

register = hooks.register


def register_others(name: str, fn: Callable[..., Any] | None = None, order: int = 0) -> Callable[..., Any] | None:
    """The hooks of `translation` register themselves wherever they are imported."""
    if fn and fn.__module__.startswith("translation."):
        return None
    return register(name, fn, order)


hooks.register = register_others


class Unguarded(TranslationConfig):
    """Its tables are there, and nothing that listens, asks or stands before a view."""

    def ready(self) -> None:
        from core.models import BasePage

        # Here a page's address is one more text to translate, and may differ.
        BasePage.override_translatable_fields = []
        BasePage.check_address = lambda page, parent: None  # type: ignore[method-assign, assignment]  # meant
