"""Tags that draw the adras pattern."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from core.design.adras import WEAVE, adras_svg
from core.design.colours import ACCENTS, DEFAULT_ACCENT

register = template.Library()


def _known(accent: str) -> str:
    return accent if accent in ACCENTS else DEFAULT_ACCENT


@register.simple_tag
def adras(seed: str, accent: str = "") -> SafeString:
    """Return the adras pattern of a seed and accent as inline SVG. It contains ids, so use it at most once per
    page for each seed. An unknown accent is replaced by the default one."""
    return mark_safe(adras_svg(seed, _known(accent)))


@register.simple_tag
def adras_url(seed: str, accent: str = "") -> str:
    """Return the URL of the adras pattern as an SVG file. An unknown accent is replaced by the default one, an
    empty seed by that of the site."""
    address = reverse("adras", kwargs={"accent": _known(accent), "seed": seed or "site"})
    return f"{address}?{WEAVE}"


@register.filter
def accent_class(accent: str) -> str:
    """Return the CSS class of an accent, or of the default one if it is unknown."""
    return f"accent-{_known(accent)}"
