"""Tags that draw the adras pattern."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
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
def adras_image(seed: str, accent: str = "", css: str = "", lead: bool = False) -> SafeString:
    """Return the adras pattern as an image. An unknown accent is replaced by the default one, an empty seed by
    that of the site. `css`: a CSS class. `lead`: as of the tag `picture`."""
    address = reverse("adras", kwargs={"accent": _known(accent), "seed": seed or "site"})
    # The pattern fills whatever box the stylesheets give it. This one is as flat as the flattest of them.
    return format_html(
        '<img{} src="{}?{}" alt="" width="300" height="120" {}>',
        format_html(' class="{}"', css) if css else "",
        address,
        WEAVE,
        mark_safe('fetchpriority="high"' if lead else 'loading="lazy"'),
    )


@register.filter
def accent_class(accent: str) -> str:
    """Return the CSS class of an accent, or of the default one if it is unknown."""
    return f"accent-{_known(accent)}"
