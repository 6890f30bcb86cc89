"""Addresses as they arrive from old sites, mails and memory: which address of this site is meant."""

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.languages.tags import is_same, may_be_same

LONGEST = 1_000

# What mail and chat programs take for a part of an address: punctuation, entities, invisible letters.
_APPENDED = re.compile(
    r"(?:&(?:quot|gt|lt|nbsp|amp|raquo|rdquo);?|[\s.,;:!?…*_~|^\\<>()\[\]{}\"'`«»‹›“”„‘’،؛؟\u200b-\u200f\u2060\ufeff])+$"
)
_TAG = re.compile(r"[a-z]{2,3}(?:[-_](?:cyrl|arab|latn))?(?:[-_](?:[a-z]{2}|\d{3}))?", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default|home)\.(?:php|html?|aspx?|jsp)", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm|pk|mtm|hsa|mc|vero|oly|at|fb)_\w+|_hs\w+|_ga\w*|_gl|\w*cl(?:ick)?id|msclkid|gbraid|wbraid|igsh(?:id)?"
    r"|_openstat|etext|mkt_tok|li_fat_id|s_kwcid|share_id|__twitter_impression|_branch_match_id",
    re.IGNORECASE,
)
_PAGE_IN_QUERY = re.compile(
    r"(?:^|&)(?:p|id|nid|node|page|post|article|news|story|cat|itemid|option|(?:page|post|article|attachment|news)_?id)=\w",
    re.IGNORECASE,
)


def names_a_page(query: str) -> bool:
    """Whether old systems name a page so behind the address of the front door, which else asks no database."""
    return bool(_PAGE_IN_QUERY.search(query))


def without_tracking(query: str) -> str:
    """What is left of a query when what only follows readers around is taken out."""
    return "&".join(part for part in query.split("&") if part and not _TRACKING.fullmatch(part.partition("=")[0]))


def tidied(path: str) -> str:
    """Without doubled slashes and what programs append; in a language of the site where it names one."""
    if len(path) > LONGEST:
        return path
    parts = [part for part in path.split("/") if part.strip()]
    while parts and parts[-1] != (tidy := _APPENDED.sub("", parts[-1])):
        parts = [*parts[:-1], tidy] if tidy else parts[:-1]
    if parts and (code := _language(parts[0])):
        parts[0] = code
    return "/" + "/".join(parts)


def _language(tag: str) -> str:
    """The code of the language that is meant; empty where it is none of the site's."""
    codes = [code for code, _name in settings.LANGUAGES]
    if not _TAG.fullmatch(tag):
        return ""
    for asked in (is_same, may_be_same):
        if found := next((code for code in codes if asked(tag, code)), ""):
            return found
    return ""


def redirect_for(request: HttpRequest) -> tuple[Redirect | None, bool]:
    """Return the redirect for the address, and whether it is for its query too. The address itself comes before
    what is probably meant."""
    query = request.META.get("QUERY_STRING", "")
    lean = without_tracking(query)
    path = request.get_full_path().partition("?")[0]
    meant = tidied(request.path_info)
    exact = [*_with_queries(path, query, lean), path]
    similar = [*_with_queries(meant, lean, _APPENDED.sub("", uri_to_iri(lean))), meant]
    if request.path_info == "/":
        # The front door answers by itself unless there is a redirect for just this query.
        exact, similar = exact[:-1], similar[:-1]
    return _first(request, exact, "old_path") or _first(request, similar, "old_path__iexact") or (None, False)


def _with_queries(path: str, *queries: str) -> list[str]:
    return [f"{path}?{query}" for query in dict.fromkeys(queries) if query]


def _first(request: HttpRequest, addresses: Sequence[str], lookup: str) -> tuple[Redirect, bool] | None:
    wanted = {}
    for address in addresses:
        normal = Redirect.normalise_path(address, decode_unicode=False)
        for spelled in (uri_to_iri(normal), normal):
            wanted.setdefault(spelled, "?" in normal)
    wanted = {spelled: has_query for spelled, has_query in wanted.items() if "\0" not in spelled}
    if not wanted:
        return None
    order = [spelled.lower() if lookup.endswith("iexact") else spelled for spelled in wanted]
    either = reduce(or_, (Q(**{lookup: spelled}) for spelled in wanted))
    rows = Redirect.get_for_site(Site.find_for_request(request)).filter(either).select_related("redirect_page")
    found = [(row.old_path.lower() if lookup.endswith("iexact") else row.old_path, row) for row in rows]
    # One for this site comes before one for all.
    found = sorted(
        ((order.index(old), row.site_id is None, row.pk, row) for old, row in found if old in order),
        key=lambda each: each[:3],
    )
    return (found[0][3], list(wanted.values())[found[0][0]]) if found else None


def canonical(request: HttpRequest) -> str:
    """Return the address of the page or view that is meant, without a query; empty where there is none."""
    meant = tidied(request.path_info)
    parts = meant.strip("/").split("/")
    if _INDEX.fullmatch(parts[-1]):
        parts = parts[:-1]
    code, *rest = parts or [""]
    if not code:
        return "/"
    if code not in dict(settings.LANGUAGES):
        return meant if meant != request.path_info and _is_view(meant) else ""
    if page := _page_at(request, code, rest):
        return page.get_url(request) or ""
    with translation.override(code):
        address = "/" + "/".join([code, *rest]).lower()
        return next((each for each in (f"{address}/", address) if _is_view(each)), "")


def _page_at(request: HttpRequest, code: str, slugs: Sequence[str]) -> Page | None:
    site = Site.find_for_request(request)
    if site is None:
        return None
    homes = Page.objects.filter(translation_key=site.root_page.translation_key, locale__language_code=code)
    home = homes.values_list("url_path", flat=True).first()
    if home is None or "\0" in "".join(slugs):
        return None
    path = home + "".join(f"{slug}/" for slug in slugs)
    return Page.objects.filter(url_path__iexact=path, live=True).first()


def _is_view(path: str) -> bool:
    """Whether a view of its own answers there, besides those of pages, of the admin, and of files, which have one
    address each."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    others = ("/admin/", "/documents/", settings.MEDIA_URL)
    return match.url_name != "wagtail_serve" and not path.startswith(others)
