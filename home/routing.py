"""Finding the home page that a request for a page begins with."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from wagtail.models import Site

from core.internals.wagtail_models import set_route, set_site
from core.languages.site_languages import active_code
from core.prepared import Prepared
from core.stamps.collecting import unnoted
from core.stamps.kept import kept, moment
from home.models import HomePage

_homes = Prepared(
    lambda key, code: (
        HomePage.objects.filter(translation_key=key, locale__language_code=code)
        .select_related("lead_image")
        .order_by("path")
    ),
    key=UUID(int=1),
    code="sample",
)


class RoutingMiddleware:
    """Middleware that routes a request for a page through the home page of the active language, found in one
    query. Wagtail finds it in three: the language, the translation of the site's root page, and the page as a
    whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.read_since = moment()  # type: ignore[attr-defined]  # kept for `home.navigation`
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.url_name != "wagtail_serve":
            return None
        # The site's root page is the home page of one language, of which pages in others show nothing. Changes of
        # sites, languages and addresses stamp everything.
        with unnoted():
            key = ("site", request.get_host(), request.get_port())
            site = kept(key, lambda: Site.find_for_request(request))
            set_site(request, site)
            if site:
                site.root_page.get_url(request)
        if site:
            home = next(_homes.rows(key=site.root_page.translation_key, code=active_code()), None)
            try:
                path = str(args[0] if args else kwargs["path"])
                set_route(request, home and home.route(request, [part for part in path.split("/") if part]))
            except Http404:
                set_route(request, None)
        return None
