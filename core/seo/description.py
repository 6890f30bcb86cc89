"""What a page is about, in a sentence or two: for search engines and where its address is shared."""

from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain

from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.models import Page
from wagtail.rich_text import RichText

LONGEST = 200  # characters; search engines show about 160
FIELDS = ("search_description", "summary", "introduction", "local_theme", "global_theme")


def description(page: Page | None, otherwise: Iterable[str] = ()) -> str:
    """The first there is: what was written for it, what the page says of itself, its first paragraph, and what
    else is given. Looks no further than it must: a body is read from the database."""
    for text in chain(_of(page), otherwise):
        if plain := " ".join(unescape(strip_tags(str(text).replace("<", " <"))).split()):
            return Truncator(plain).chars(LONGEST)
    return ""


def _of(page: Page | None) -> Iterator[str]:
    if page is None:
        return
    for field in FIELDS:
        yield getattr(page, field, "")
    for block in getattr(page, "body", ()):
        if isinstance(block.value, RichText):
            yield block.value.source
