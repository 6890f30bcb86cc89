"""Recognition of the address that a mistyped one, or one from an old site or a mail, stands for."""

import re
from collections.abc import Sequence
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import resolve
from django.utils import translation
from wagtail.models import Page, Site

from core.addresses.queries import names_a_page, without_tracking
from core.languages.tags import is_same, may_be_same
from core.visibility import live_now

LONGEST = 1_000

# Characters that mail and chat programs mistake for a part of an address: punctuation, invisible characters,
# entities, quoted-printable escapes, tags. Hyphens are separate, as a slug may end with one.
_APPENDED = (
    " \t\r\n\f\v\xa0.,;:!?…*_~|^\\<>()[]{}\"'`«»‹›“”„‘’،؛؟۔&=—–−。、，．！？；：）］】」』》〉\u3000"
    "\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
HYPHENS = "-\u2010\u2011"
_APPENDED_SIGNS = re.compile(
    r"(?:&(?:quot|gt|lt|nbsp|amp|raquo|rdquo|rsquo|mdash|ndash|apos|#0*39|#x27)|=[0-9A-F]{2}"
    r"|(?:<|&lt;)/?[a-z][a-z0-9]{0,9}\s{0,3}/?)$",
    re.IGNORECASE,
)
_TAG = re.compile(r"[a-z]{2,3}(?:[-_](?:cyrl|arab|latn))?(?:[-_](?:[a-z]{2}|\d{3}))?", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default|home)\.(?:php|html?|aspx?|jsp)", re.IGNORECASE)


def without_appended(text: str, more: str = "") -> str:
    """Return the text without the punctuation, entities and tags at its end that programs append to an address;
    `more` are further characters to strip."""
    characters = _APPENDED + more
    while (shorter := _APPENDED_SIGNS.sub("", text.rstrip(characters))) != text:
        text = shorter
    return text


def readings(path: str) -> list[str]:
    """Return the paths that a mistyped path may stand for, the likeliest first, each once: as it is, without
    appended punctuation, and without hyphens at its end; doubled slashes are removed and language tags replaced in
    all. A path longer than LONGEST is returned as it is."""
    if len(path) > LONGEST:
        return [path]
    return list(dict.fromkeys([_in_order(path), tidied(path), tidied(path, HYPHENS)]))


def tidied(path: str, more: str = "") -> str:
    """Return the path without doubled slashes, a final slash and appended characters (and those of `more`), and
    with a language tag at its beginning replaced by the code of a language of the site. A path longer than LONGEST
    stays as it is."""
    if len(path) > LONGEST:
        return path
    while (shorter := without_appended(path.rstrip("/"), more)) != path:
        path = shorter
    return _in_order(path)


def _in_order(path: str) -> str:
    """Return the path without empty parts and with the site's code for its language."""
    parts = [part for part in path.split("/") if part.strip()]
    if parts and (code := _language(parts[0])):
        parts[0] = code
    return "/" + "/".join(parts)


def _language(tag: str) -> str:
    """Return the code of the site's language that a tag names or may name; empty if there is none."""
    codes = [code for code, _name in settings.LANGUAGES]
    if not _TAG.fullmatch(tag):
        return ""
    for asked in (is_same, may_be_same):
        if found := next((code for code in codes if asked(tag, code)), ""):
            return found
    return ""


def canonical(request: HttpRequest, path: str, query: str) -> str:
    """Return the URL of the page or view that a mistyped path stands for, without a query; empty if there is none.
    Old systems name pages in the query of a home page's URL or of an index file, so these are left out if `query`
    has such a parameter."""
    for meant in readings(path):
        *above, last = meant.strip("/").split("/")
        if without_tracking(query) and (_INDEX.fullmatch(last) or not last):
            continue
        if not above and names_a_page(query):
            continue
        if address := _address(request, path, meant):
            return address
    return ""


def _address(request: HttpRequest, path: str, meant: str) -> str:
    """Return the URL of the page or view at the path `meant`, in which names of index files are ignored; empty if
    there is none. A path without a language must differ from `path`."""
    parts = meant.strip("/").split("/")
    code, *rest = (parts[:-1] if _INDEX.fullmatch(parts[-1]) else parts) or [""]
    if not code:
        return "/"
    if code not in dict(settings.LANGUAGES):
        return meant if meant != path and _is_view(request, meant) else ""
    if page := _page_at(request, code, rest):
        return page.get_url(request) or ""
    with translation.override(code):
        address = "/" + "/".join([code, *rest]).lower()
        return next((each for each in (f"{address}/", address) if _is_view(request, each)), "")


def _page_at(request: HttpRequest, code: str, slugs: Sequence[str]) -> Page | None:
    """Return the live page with these slugs below the home page of a language, ignoring case; None if there is
    none."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    homes = Page.objects.filter(translation_key=site.root_page.translation_key, locale__language_code=code)
    home = homes.values_list("url_path", flat=True).first()
    if home is None or "\0" in "".join(slugs):
        return None
    path = home + "".join(f"{slug}/" for slug in slugs)
    return live_now(Page.objects.filter(url_path__iexact=path)).first()


def _is_view(request: HttpRequest, path: str) -> bool:
    """Return whether a public view other than that of pages and files answers at a path. A view with arguments is
    called, to see whether the object that it names exists."""
    try:
        match = resolve(path)
        if match.url_name == "wagtail_serve" or path.startswith(("/admin/", "/documents/", settings.MEDIA_URL)):
            return False
        status = match.func(request, **match.kwargs).status_code if match.kwargs else HTTPStatus.OK
    except Http404:
        return False
    return status < HTTPStatus.BAD_REQUEST
