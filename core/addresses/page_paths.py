"""The addresses of pages, of which a page that readers see shows dozens."""

from functools import lru_cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from core.internals.wagtail_models import relevant_root_paths

MOST = 10_000
"""How many paths are kept; what was not used for longest goes first."""
Parts = tuple[int, str | None, str | None]
_get_url_parts = Page.get_url_parts


def get_url_parts(self: Page, request: HttpRequest | None = None) -> Parts | None:
    """Return site, origin and path of a page; None if it belongs to no site. Wagtail changes the language and
    reverses the path each time."""
    roots = relevant_root_paths(self, request)
    if len({root.site_id for root in roots}) != 1:
        return _get_url_parts(self, request)
    site, path, origin, code = roots[0]
    return site, origin, _path(self.url_path[len(path) :], code)


@lru_cache(maxsize=MOST)
def _path(path: str, code: str) -> str:
    """Return the path of a page of a language, given by that below the home page."""
    with translation.override(code):
        return reverse("wagtail_serve", args=[path])


def install() -> None:
    """Replace how Wagtail makes the address of a page."""
    Page.get_url_parts = get_url_parts
