"""Redirects from former addresses of pages. Wagtail makes a redirect for a page that is moved or renamed and for
its descendants. These redirects refer to pages and not to URLs, so that there are no chains. This module answers
requests for former and mistyped addresses, deletes clashing redirects, and lists the changes of a move or a new
slug."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.utils.encoding import iri_to_uri
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.addresses.mistyped import canonical
from core.addresses.queries import names_a_page, query_of, without_tracking
from core.addresses.redirect_lookup import redirect_for
from core.internals.wagtail_admin import BatchRedirectCreator

AN_HOUR = 60 * 60
AT_ONCE = 500
LONGEST_CHAIN = 5


class RedirectMiddleware(WagtailRedirectMiddleware):
    """Middleware that redirects former addresses by the stored redirects, and mistyped ones to the page that is
    meant.

    Browsers may cache redirects for an hour only: a page may move back, and an old redirect would lead in circles.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not self.is_asked(request, response):
            return response
        query = query_of(request)
        site = Site.find_for_request(request)
        found = redirect_for(site, request.path_info, query)
        if found and found.redirect.link:
            url, is_permanent = destination(request, site, found.redirect)
            query = "" if found.has_query else query
        elif request.path_info == "/":
            return response
        else:
            url, is_permanent = canonical(request, request.path_info, query), True
        if not url or urlsplit(url).path == request.path != "/":
            # There is no such page, or it has the requested address itself and cannot be shown.
            return response
        return self.answer(url, without_tracking(query), is_permanent)

    @staticmethod
    def is_asked(request: HttpRequest, response: HttpResponse) -> bool:
        """Return whether to look for a redirect: for GET and HEAD requests of missing pages, and of "/" if its
        query names a page. Media files are excluded, as they are not bookmarked and requested too often."""
        if request.method not in ("GET", "HEAD"):
            return False
        if request.path_info == "/":
            return names_a_page(query_of(request))
        is_media = request.resolver_match and request.resolver_match.url_name == "media"
        return response.status_code == HTTPStatus.NOT_FOUND and not is_media

    @staticmethod
    def answer(url: str, query: str, is_permanent: bool) -> HttpResponse:
        """Return the redirect to a URL, with `query` added to its own query, which caches may keep for AN_HOUR."""
        parts = urlsplit(url)
        joined = "&".join(each for each in (parts.query, query) if each)
        kind = HttpResponsePermanentRedirect if is_permanent else HttpResponseRedirect
        answer = kind(iri_to_uri(urlunsplit(parts._replace(query=joined))))
        patch_cache_control(answer, public=True, max_age=AN_HOUR)
        return answer


def destination(request: HttpRequest, site: Site | None, redirect: Redirect) -> tuple[str, bool]:
    """Return the final URL of a redirect, and whether all redirects to it are permanent. A URL on this site is
    replaced by the canonical address, or by the destination of a further redirect; it is empty after LONGEST_CHAIN
    redirects, which lead in circles."""
    url, is_permanent = redirect.link, redirect.is_permanent
    if redirect.redirect_page_id:
        return url, is_permanent
    for _hop in range(LONGEST_CHAIN):
        parts = urlsplit(url)
        path = unquote(parts.path)
        if parts.netloc not in ("", request.get_host()) or not path.startswith("/"):
            return url, is_permanent
        if address := canonical(request, path, parts.query):
            target = urlsplit(address)
            return urlunsplit(target._replace(query=parts.query, fragment=parts.fragment)), is_permanent
        further = redirect_for(site, path, parts.query)
        if further is None or not further.redirect.link:
            return url, is_permanent
        url = further.redirect.link
        is_permanent = is_permanent and further.redirect.is_permanent
        if further.redirect.redirect_page_id:
            return url, is_permanent
    return "", False


@dataclass(frozen=True)
class Change:
    """A change of the address of a page in one language."""

    page: Page
    language: str
    old: str
    new: str

    @cached_property
    def below(self) -> int:
        """The number of live descendants, whose addresses change too."""
        return self.page.get_descendants().live().count()


def path_of(page: Page) -> str:
    """Return the URL path of a page; empty if it belongs to no site."""
    parts = page.get_url_parts()
    return parts[2] or "" if parts else ""


def changes_of_move(pages: Iterable[Page], destination: Page) -> list[Change]:
    """Return the changes of address of the live ones among `pages` when each moves below the translation of
    `destination` in its own language. Pages without such a translation or without a change are left out."""
    rows = Page.objects.filter(pk__in=[page.pk for page in pages], live=True).select_related("locale")
    places = Page.objects.filter(translation_key=destination.translation_key)
    there = {place.locale_id: path_of(place) for place in places}
    found = []
    for row in rows.order_by("pk"):
        old, above = path_of(row), there.get(row.locale_id)
        if old and above and old != (new := f"{above}{row.slug}/"):
            found.append(Change(row, row.locale.get_display_name(), old, new))
    return found


def changes_of_slug(page: Page) -> list[Change]:
    """Return the change, as a list, that publishing the page makes if its slug differs from the stored one; empty
    if the slug stays or the page is not live."""
    row = Page.objects.filter(pk=page.pk, live=True).select_related("locale").first()
    if row is None or not page.slug or row.slug == page.slug or not (old := path_of(row)):
        return []
    new = f"{old.rstrip('/').rpartition('/')[0]}/{page.slug}/"
    return [Change(row, row.locale.get_display_name(), old, new)]


def address_screen(page: Page, user: User) -> str:
    """Return the URL of the screen on which `user` changes the page's address in all languages; empty if no
    function of the hook `address_screen`, which a higher app registers, returns one."""
    return next((url for offer in hooks.get_hooks("address_screen") if (url := offer(page, user))), "")


def addresses(page: Page) -> list[str]:
    """Return the normalized URL paths of the page and its descendants, as far as they are live; none if the page
    belongs to no site."""
    path = path_of(page)
    if not path:
        return []
    pages = page.get_descendants(inclusive=True).filter(live=True).values_list("url_path", flat=True)
    return [Redirect.normalise_path(path + url_path[len(page.url_path) :]) for url_path in pages]


def forget(taken: list[str]) -> None:
    """Delete the automatically created redirects at these normalized paths. Those made by editors stay."""
    for start in range(0, len(taken), AT_ONCE):
        Redirect.objects.filter(automatically_created=True, old_path__in=taken[start : start + AT_ONCE]).delete()


def forget_clashing(batch: BatchRedirectCreator) -> None:
    """Remove from a batch the redirects to pages that were never live, and delete the older automatic redirects at
    the paths of the others. Replaces Wagtail's method, which puts all paths into one condition: SQLite refuses
    more than 1,000 (SQLITE_MAX_EXPR_DEPTH), so that pages with 1,000 live descendants could not be moved or
    renamed."""
    known = [each for each in batch.items if each.redirect_page.live or each.redirect_page.first_published_at]
    batch.items[:] = known
    forget([redirect.old_path for redirect in known])


def forget_on_moving(instance: Page, **kwargs: Any) -> None:
    """Receiver: delete the automatic redirects at the new addresses of a moved or renamed page and its live
    descendants."""
    forget(addresses(Page.objects.get(pk=instance.pk)))


def forget_on_publishing(instance: Page, **kwargs: Any) -> None:
    """Receiver: delete the automatic redirect at the address of a published page, even if the page is unpublished
    later."""
    if path := path_of(instance):
        forget([Redirect.normalise_path(path)])
