"""Tags and filters that draw images in several sizes."""

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import conditional_escape

from core.media import renditions

if TYPE_CHECKING:
    from core.media.models import SiteImage

register = template.Library()

# The attribute `sizes` by place: how wide the stylesheets draw an image there, or a little wider.
SIZES = {
    "page": "(min-width: 62em) 54rem, 91vw",
    "cloth": "(min-width: 62em) 40vw, calc(100vw - 3.5rem)",
    "card": "(min-width: 38em) 24rem, 91vw",
    "first card": "(min-width: 62em) 31rem, (min-width: 48em) 54vw, 91vw",
    "face": "3.5rem",
    "feed": "100vw",
}


@register.inclusion_tag("components/picture.html")
def picture(
    image: "SiteImage | None",
    place: str,
    lang: str = "",
    css: str = "",
    lead: bool = False,
    decorative: bool = False,
) -> dict[str, Any]:
    """Draw an image in its stored sizes; nothing if there are none or if consent does not hold.

    `place` is a key of SIZES. `lang`: the language of the alternative text, by default the page's. `css`: a CSS
    class. `lead`: load it at once and before others, as the first image of the page; others are loaded when they
    come near the screen. `decorative`: the alternative text is empty, as the text beside the image says the same.
    """
    if image is None or not image.consent_holds():
        return {}
    found = renditions.sources(image)
    if not found:
        return {}
    return {
        "sources": [(kind, srcset(made)) for kind, made in found.items() if kind != "jpeg"],
        "fallback": found.get("jpeg", next(iter(found.values())))[-1],
        "srcset": srcset(found.get("jpeg", [])),
        "alt": "" if decorative else image.alt_words(lang),
        "sizes": SIZES[place],
        "css": css,
        "lead": lead,
    }


def srcset(made: list[Any]) -> str:
    """Return the value of the attribute `srcset` for renditions: the URL and width of each."""
    return ", ".join(f"{conditional_escape(each.url)} {each.width}w" for each in made)


@register.filter
def drawable(image: "SiteImage | None") -> bool:
    """Return whether `picture` would draw the image: it has stored sizes and consent holds. Templates show the
    adras pattern otherwise."""
    return bool(image and image.consent_holds() and renditions.sources(image))


@register.simple_tag
def poster_url(image: "SiteImage | None") -> str:
    """Return the URL of the middle one of the stored sizes, for the poster of a video; empty if the image is not
    drawable."""
    if image is None or not drawable(image):
        return ""
    made = next(iter(renditions.sources(image).values()))
    return made[len(made) // 2].url
