"""Query strings as they arrive: escaped by mail programs, and with tracking parameters."""

import re
from contextlib import suppress
from urllib.parse import unquote_plus

from django.http import HttpRequest
from django.utils.encoding import uri_to_iri

_ESCAPED_AND = re.compile(r"&(?:(?:amp|(?:%23|#)(?:0*38|x0*26))(?:;|%3B))+", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm|pk|mtm|hsa|mc|vero|oly|at|fb|gad|__cft|__tn)_\w*(?:\[\d*\])?|_hs\w+|_ga\w*|_gl|\w*cl(?:ick)?id|msclkid"
    r"|gbraid|wbraid|igsh(?:id)?|srsltid|mibextid|sfnsn|_openstat|etext|mkt_tok|li_fat_id|s_kwcid|share_id"
    r"|__twitter_impression|_branch_match_id",
    re.IGNORECASE,
)
# Names that may have a meaning on some sites; redirects that name them are found nevertheless.
_SHARING = re.compile(r"from|ref|ref_src|ref_url|share|s|t", re.IGNORECASE)
_PAGE_IN_QUERY = re.compile(
    r"(?:^|&)(?:p|q|[a-z]{0,3}id|node|page|post|article|news|story|cat|section|name|view|route|itemid|option"
    r"|(?:page|post|article|attachment|news)_?id)=\w",
    re.IGNORECASE,
)


def query_of(request: HttpRequest) -> str:
    """Return the query string of a request with `&amp;`, escaped any number of times, replaced by `&`, and with
    unescaped UTF-8 bytes decoded if they are valid."""
    query = request.META.get("QUERY_STRING", "")
    with suppress(UnicodeError):
        query = query.encode("latin-1").decode()
    return _ESCAPED_AND.sub("&", query)


def parameters(query: str) -> list[str]:
    """Return the parts of a query string between `&`, without empty ones and ones of `=` alone."""
    return [part for part in query.split("&") if part.strip("=")]


def is_tracking(parameter: str) -> bool:
    """Return whether a parameter (`name=value`) only tracks readers or says where a link was shared."""
    name = unquote_plus(parameter.partition("=")[0])
    return bool(_TRACKING.fullmatch(name) or _SHARING.fullmatch(name))


def without_tracking(query: str) -> str:
    """Return a query string without empty parameters and those for which `is_tracking` is true."""
    return "&".join(part for part in parameters(query) if not is_tracking(part))


def names_a_page(query: str) -> bool:
    """Return whether a query string has a parameter that selects what an old system shows, such as `?p=12`,
    `?id=…`, `?view=…` or `?q=…`."""
    return bool(_PAGE_IN_QUERY.search(uri_to_iri(query)))
