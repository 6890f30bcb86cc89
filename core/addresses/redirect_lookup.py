"""Lookup of the stored redirect for an address, regardless of case and percent-encoding, and of parameters that
the redirect does not name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.db.models import Q, QuerySet
from django.utils.encoding import escape_uri_path, uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.addresses.mistyped import HYPHENS, LONGEST, readings, without_appended
from core.addresses.queries import is_tracking, parameters
from core.internals.django import escape_leading_slashes
from core.visibility import live_now

LONGEST_RECORDED = Redirect._meta.get_field("old_path").max_length
_ESCAPE = re.compile(r"%([0-9a-f]{2})|.", re.IGNORECASE | re.DOTALL)
_UNRESERVED = "-._~"


@dataclass(frozen=True)
class Found:
    """A stored redirect that fits an address. `has_query`: it names a query, so that the rest of the address's
    query has no meaning for the destination."""

    redirect: Redirect
    has_query: bool


def redirect_for(site: Site | None, path: str, query: str) -> Found | None:
    """Return the redirect of this site or all sites for an address, with two queries at most; None if there is
    none. An exact match takes precedence over a probable one, then the redirect that names the most parameters.

    `path` is decoded, `query` is not. Redirects to pages that are not live are skipped. For the path "/" only
    redirects with a query are considered.
    """
    if (path == "/" and not query) or "\0" in path:
        return None
    rows = Redirect.get_for_site(site).select_related("redirect_page")
    rows = rows.filter(Q(redirect_page__isnull=True) | Q(redirect_page__in=live_now(Page.objects.order_by())))
    return _exact(rows, path, query) or _similar(rows, path, query)


def _exact(rows: QuerySet[Any], path: str, query: str) -> Found | None:
    """Return the redirect whose stored path equals the address, encoded or not; None if there is none or the
    address is longer than LONGEST."""
    address = _encoded(path) + (f"?{query}" if query else "")
    normal = Redirect.normalise_path(address, decode_unicode=False)
    spelled = [uri_to_iri(normal), normal]
    if len(address) > LONGEST:
        return None
    found = sorted(
        rows.filter(old_path__in=spelled),
        key=lambda row: (spelled.index(row.old_path), row.site_id is None, row.pk),
    )
    return Found(found[0], "?" in normal) if found else None


def _similar(rows: QuerySet[Any], path: str, query: str) -> Found | None:
    """Return the best redirect for what the address probably means (see `readings`), found by one regular
    expression, or None. Its parameters must all be among those of the address."""
    path, mark, escaped = path.partition("?")
    query = "&".join(filter(None, [escaped if mark else "", query]))
    paths = [_comparable(each) for each in readings(path)]
    paths = [each for each in dict.fromkeys(paths) if len(each) <= LONGEST_RECORDED]
    named = _named(query)
    if not paths or (paths == ["/"] and not named):
        return None
    pattern = f"^(?:{_any_of(paths)})"
    if named:
        repeat = "+" if paths == ["/"] else "*"
        pattern += rf"(?:[?&](?:amp;)*(?:{_any_of(named, in_query=True)})){repeat}"
    found = [(_rank(row, paths, path), row) for row in rows.filter(old_path__regex=f"{pattern}$")]
    if not found:
        return None
    best = min(found, key=lambda each: each[0])[1]
    return Found(best, "?" in best.old_path)


def _named(query: str) -> list[str]:
    """Return the parameters that a redirect may name, each also without appended characters, of LONGEST characters
    in all at most. Tracking parameters come last, so that they are dropped first."""
    given = sorted(parameters(query), key=is_tracking)
    found: dict[str, None] = {}
    left = LONGEST
    for parameter in given:
        name, equals, value = parameter.partition("=")
        shorter = (without_appended(unquote(value), more) for more in ("", HYPHENS))
        for each in (parameter, *(f"{name}{equals}{value}" for value in shorter)):
            text = uri_to_iri(each)
            if text in found or "\0" in text or "%00" in text or len(text) > min(left, LONGEST_RECORDED):
                continue
            found[text] = None
            left -= len(text)
    return list(found)


def _rank(row: Redirect, paths: list[str], path: str) -> tuple[Any, ...]:
    """Return the sort key of a redirect; the best one has the smallest."""
    own, _mark, query = row.old_path.partition("?")
    named = parameters(query)
    folded = [unquote(each).casefold() for each in paths]
    folded_own = unquote(own).casefold()
    place = folded.index(folded_own) if folded_own in folded else len(folded)
    telling = sum(not is_tracking(each) for each in named)
    is_spelled_so = own.rstrip("/") == path.rstrip("/")
    return (place, -telling, -len(named), not is_spelled_so, row.site_id is None, row.pk)


def _comparable(path: str) -> str:
    return uri_to_iri(Redirect.normalise_path(_encoded(path), decode_unicode=False))


def _encoded(path: str) -> str:
    return escape_leading_slashes(escape_uri_path(path))


def _any_of(texts: Iterable[str], *, in_query: bool = False) -> str:
    """Return alternatives of a regular expression, without brackets, that match the texts in any case. A space and
    ASCII punctuation except “-._~” also match percent-encoded, letters and digits do not. Escapes above %7F match
    only as escapes. With `in_query`, space, “+” and “%20” are the same."""
    return "|".join(
        "".join(_spellings(match, in_query=in_query) for match in _ESCAPE.finditer(text)) for text in texts
    )


def _spellings(match: re.Match[str], *, in_query: bool) -> str:
    """Return the pattern of one character, encoded or not. Both cases of letters are listed, because
    case-insensitive matching depends on the database's collation."""
    character, code = match[0], match[1]
    if code and int(code, 16) > 0x7F:
        return "%" + _letters(code)
    if in_query and character in ("+", " ", "%20"):
        return r"(?: |\+|%20)"
    character = chr(int(code, 16)) if code else character
    if character.isascii() and not character.isalnum() and character not in _UNRESERVED:
        return f"(?:{re.escape(character)}|%{_letters(f'{ord(character):02x}')})"
    return _letters(character)


def _letters(text: str) -> str:
    found = []
    for letter in text:
        forms = {letter, letter.lower(), letter.upper(), letter.casefold(), letter.casefold().upper()}
        cases = sorted(case for case in forms if len(case) == 1)
        found.append(f"[{''.join(cases)}]" if len(cases) > 1 else re.escape(letter))
    return "".join(found)
