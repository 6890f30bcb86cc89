"""The description of a page for search engines and shared links."""

from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain

from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.rich_text import RichText

from core.internals.django import Truncator

LONGEST = 200  # characters; search engines show about 160
FIELDS = ("search_description", "summary", "introduction", "local_theme", "global_theme")


def description(page: Page | None, otherwise: Iterable[str] = ()) -> str:
    """Return the first text there is, without tags and cut after LONGEST characters: of the fields in FIELDS, the
    rich texts of the body, then `otherwise`; empty if there is none. The body is read only if it is needed."""
    for text in chain(_of(page), otherwise):
        if plain := " ".join(unescape(strip_tags(str(text).replace("<", " <"))).split()):
            return Truncator(plain).chars(LONGEST)
    return ""


def _of(page: Page | None) -> Iterator[str]:
    """Yield the page's own texts that may describe it."""
    if page is None:
        return
    for field in FIELDS:
        yield getattr(page, field, "")
    for block in getattr(page, "body", ()):
        if isinstance(block.value, RichText):
            yield block.value.source
