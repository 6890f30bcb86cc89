"""Base of the lists of campaigns, editions, stories and material. Each item appears once, by its translation key,
in the best language for the reader, and so do the campaigns and stories that it is tied to. The number of queries
for a list does not depend on its length."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import CampaignPage, NewsCampaign, NewsPage
from campaigns.querysets import newest_keys, original_keys
from core.http.origin import absolute
from core.internals.rest_framework import django_request
from core.internals.wagtail_api import BadRequestError
from core.languages.site_languages import LocaleCodes
from core.typed import Translatable
from core.visibility import best_by_key, for_reader, private_keys, public_pages
from home.api.answers import LIMIT, LIMIT_AT_MOST, OFFSET_AT_MOST, Answering, language_of, number
from home.api.filters import slug_of

if TYPE_CHECKING:
    from campaigns.querysets import NewestQuerySet, StoryQuerySet

Row = TypeVar("Row", bound=Translatable)


class Records(Answering, Generic[Row]):
    """View of a list, and of one item by its translation key.

    `name` is the last part of the address and the type of each record. For each name in `filters` the view has a
    method `by_<name>(rows, value)`."""

    name = ""
    model: type[Row]
    filters: tuple[str, ...] = ()

    @cached_property
    def private(self) -> QuerySet[Any]:
        """The translation keys of all pages under a view restriction."""
        return private_keys(django_request(self.request))

    @cached_property
    def stories(self) -> "StoryQuerySet":
        """The public stories in all languages."""
        return public_pages(NewsPage.objects.order_by(), self.private)

    def public(self) -> QuerySet[Any]:
        """Return the rows that the list may show, in all languages: here the public pages of the model."""
        return public_pages(self.model._default_manager.order_by(), self.private)

    def ordered_keys(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the translation keys of the rows, each once, in the order of the list: here the newest first."""
        return newest_keys(cast("NewestQuerySet", rows))

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that the parameters in `filters` and `language` choose. Raise BadRequestError for an
        unknown parameter, or a value that cannot be read."""
        known = {"locale", "limit", "offset", "language", *self.filters}
        if unknown := sorted(set(self.request.GET) - known):
            raise BadRequestError(f"unknown parameter: {', '.join(name[:40] for name in unknown)}")
        for name in self.filters:
            if name in self.request.GET:
                rows = getattr(self, f"by_{name}")(rows, self.request.GET[name])
        if "language" in self.request.GET:
            rows = rows.filter(locale__language_code=language_of(self.request.GET, "language"))
        return rows

    def get(self, request: Request, key: UUID | None = None) -> Response:
        """Return the requested part of the list with the total count, or the record of `key`. Raise Http404 if
        there is no public row with it."""
        public = for_reader(self.public(), self.code)
        if key is not None:
            self.filtered(public.none())
            if not (found := self.drawn(public, [key], detail=True)):
                raise Http404
            return Response(found[0])
        keys = self.ordered_keys(self.filtered(public))
        offset = number(request.GET, "offset", 0, OFFSET_AT_MOST)
        limit = number(request.GET, "limit", LIMIT, LIMIT_AT_MOST)
        items = self.drawn(public, list(keys[offset : offset + limit]))
        return Response({"meta": {"total_count": keys.count()}, "items": items})

    def drawn(self, public: QuerySet[Any], keys: list[UUID], detail: bool = False) -> list[dict[str, Any]]:
        """Return the records of these keys, in the order of the keys, each in its best language, or in that of the
        parameter `language` only. Keys without such a row in `public` are left out. `detail` is passed to
        `record`."""
        rows = public.filter(translation_key__in=keys)
        if "language" in self.request.GET:
            rows = rows.filter(locale__language_code=self.request.GET["language"])
        found: dict[UUID, Row] = best_by_key(rows, self.code) if keys else {}
        self.prepare(found)
        return [self.record(found[key], detail) for key in keys if key in found]

    def prepare(self, found: dict[UUID, Row]) -> None:
        """Fetch related objects for all records at once, before `record` is called; here none. `found` are the
        rows by translation key."""

    def record(self, row: Row, detail: bool) -> dict[str, Any]:
        """Return the record of a row, here with its id and `meta` only. `detail` is true if the record was
        requested alone."""
        return {"id": str(row.translation_key), "meta": self.meta(row)}

    def meta(self, row: Row) -> dict[str, Any]:
        """Return the `meta` part of a record: type, language and address in the API."""
        url = absolute(self.request, reverse("api_record", args=[self.name, row.translation_key]))
        return {"type": self.name, "locale": LocaleCodes.code(row.locale_id), "detail_url": url}

    @overload
    def link(self, page: Translatable) -> dict[str, Any]: ...

    @overload
    def link(self, page: None) -> None: ...

    def link(self, page: Translatable | None) -> dict[str, Any] | None:
        """Return a reference to a page, with its id, address, and title in the language of that page; None for no
        page."""
        if page is None:
            return None
        return {
            "id": str(page.translation_key),
            "locale": LocaleCodes.code(page.locale_id),
            "title": page.title,
            "html_url": self.html_url(page),
        }

    def html_url(self, page: Translatable) -> str:
        """Return the absolute address of the page for readers."""
        request = django_request(self.request)
        return absolute(request, page.get_url(request))

    def campaign_key(self, slug: str) -> UUID | None:
        """Return the translation key of the public campaign with this slug in any language, or None. Raise
        BadRequestError if it cannot be a slug."""
        campaigns = public_pages(CampaignPage.objects.filter(slug=slug_of("campaign", slug)), self.private)
        return campaigns.order_by("pk").values_list("translation_key", flat=True).first()

    def campaigns_by_key(self, keys: Iterable[UUID]) -> dict[UUID, CampaignPage]:
        """Return the public campaigns among these translation keys, by key, each in its best language."""
        pages = public_pages(CampaignPage.objects.order_by("path"), self.private)
        return best_by_key(pages.filter(translation_key__in=set(keys)), self.code)

    def campaign_ties(self, stories: Iterable[UUID]) -> dict[UUID, list[UUID]]:
        """Return by the translation key of a story the translation keys of the campaigns that its source page is
        tied to, public or not, in the editor's order. `stories` are translation keys."""
        originals = original_keys(NewsPage, Q(translation_key__in=set(stories)), "pk")
        ties = NewsCampaign.objects.filter(page__in=originals).order_by("sort_order", "pk")
        found: dict[UUID, list[UUID]] = defaultdict(list)
        for story, campaign in ties.values_list("page__translation_key", "campaign__translation_key"):
            found[story].append(campaign)
        return found
