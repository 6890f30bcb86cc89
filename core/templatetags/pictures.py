from typing import Any

from django import template
from django.utils.html import conditional_escape

from core.media import renditions

register = template.Library()


@register.inclusion_tag("components/picture.html")
def picture(
    image,
    sizes: str = "100vw",
    lang: str = "",
    css: str = "",
    eager: bool = False,
    decorative: bool = False,
) -> dict[str, Any]:
    """A picture in its ready-made sizes; nothing where there are none or where consent does not hold.

    `sizes` as in HTML. `lang`: the language to describe it in (default: the page's).
    `decorative`: where the text beside it says all that the picture does."""
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
        "sizes": sizes,
        "css": css,
        "eager": eager,
    }


def srcset(made: list[Any]) -> str:
    return ", ".join(f"{conditional_escape(each.url)} {each.width}w" for each in made)


@register.filter
def drawable(image) -> bool:
    """Whether `picture` would draw it: the template else shows the adras pattern."""
    return bool(image and image.consent_holds() and renditions.sources(image))


@register.simple_tag
def poster_url(image) -> str:
    """A video's poster takes one address and no choice of sizes: the middle one."""
    if not drawable(image):
        return ""
    made = next(iter(renditions.sources(image).values()))
    return made[len(made) // 2].url
