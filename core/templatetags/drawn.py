"""The tag that draws cards, each once in a process as long as it says the same."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.drafts_drawn import draws_drafts
from core.languages.site_languages import active_code
from core.media import renditions

register = template.Library()

MOST = 2_000
"""How much HTML is kept; what was not used for longest goes first."""


@register.simple_tag
def drawn(name: str, **values: Any) -> SafeString:
    """Return a component as HTML that depends on these values and on the language alone: cards, lists of cards,
    texts. Nothing else of the context is known to its template."""
    if draws_drafts():
        return render_to_string(name, values)
    fixed = [tuple(value) if isinstance(value, list) else value for value in values.values()]
    # An image is equal to another state of itself: what is drawn of it tells them apart.
    shown = tuple(_pictures(value) for value in fixed)
    return _drawn(name, active_code(), tuple(values), shown, *fixed)


@lru_cache(maxsize=MOST, typed=True)
def _drawn(name: str, code: str, names: tuple[str, ...], shown: tuple[Any, ...], *values: Any) -> SafeString:
    return render_to_string(name, dict(zip(names, values, strict=True)))


def _pictures(value: Any) -> tuple[Any, ...]:
    """Return what `picture` draws of the decorative images of a card or of several ones."""
    if isinstance(value, tuple):
        return tuple(map(_pictures, value))
    if (image := getattr(value, "image", None)) is None:
        return ()
    found = renditions.sources(image) if image.consent_holds() else {}
    return tuple((kind, *made) for kind, made in found.items())
