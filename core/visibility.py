"""What may be shown at all. Decided per translation key, never per row: what is private in one language
shows in none."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from core.closed import ClosedPage
from core.languages.site_languages import active_code, best
from core.typed import Translatable


@dataclass(frozen=True)
class Viewpoint:
    """What decides what somebody sees: the restrictions on pages and collections that they have not passed, all of
    them by default, and the time."""

    pages: QuerySet[Any] = field(default_factory=PageViewRestriction.objects.all)
    collections: QuerySet[Any] = field(default_factory=CollectionViewRestriction.objects.all)
    now: datetime.datetime = field(default_factory=timezone.now)
    today: datetime.date = field(default_factory=timezone.localdate)


def private_paths(request: HttpRequest | None = None) -> list[str]:
    """The tree paths of the pages with a view restriction, in all their languages: one query a request."""
    known = getattr(request, "_private_paths", None)
    if known is None:
        known = restricted_paths(PageViewRestriction.objects.all())
        if request is not None:
            request._private_paths = known
    return known


def restricted_paths(restrictions: QuerySet[Any]) -> list[str]:
    keys = restrictions.order_by().values("page__translation_key")
    return list(Page.objects.filter(translation_key__in=keys).order_by().values_list("path", flat=True))


def private_keys(request: HttpRequest | None = None) -> QuerySet[Any]:
    """The translation keys of all pages under a view restriction, for use in a condition."""
    return keys_beneath(private_paths(request))


def keys_beneath(paths: Iterable[str]) -> QuerySet[Any]:
    """The translation keys of the pages at these places of the tree and of all beneath them."""
    condition = Q()
    for path in paths:
        condition |= Q(path__startswith=path)
    pages = Page.objects.filter(condition) if condition else Page.objects.none()
    return pages.order_by().values("translation_key")


def public_pages(queryset: QuerySet[Any], private: QuerySet[Any] | None = None) -> QuerySet:
    """Live, not private in any language, and not taken offline in the original; `private` is what
    `private_keys` gave, where it is at hand."""
    private = private_keys() if private is None else private
    return live_pieces(queryset).exclude(translation_key__in=private)


def live_now(queryset: QuerySet[Any], now: datetime.datetime | None = None) -> QuerySet[Any]:
    """What is live at this moment: neither past its `expire_at` nor waiting to be unpublished, though the row may
    say that it is live until the minute job or the worker has come to it."""
    rows = queryset.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=now or timezone.now()), live=True)
    return rows.exclude(pk__in=ClosedPage.objects.values("page")) if issubclass(queryset.model, Page) else rows


def live_pieces(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """What is live, unless its original has been taken offline: its translations then do not stand in."""
    return _without(live_now(queryset), [originals(rows) for rows in offline(_rows(queryset.model))])


def for_reader(queryset: QuerySet[Any], code: str = "") -> QuerySet[Any]:
    """Without what was taken offline in the language `code`, the active one by default: no other language stands
    in for it there."""
    rows = _rows(queryset.model)
    return _without(queryset, offline(rows.filter(locale__language_code=code or active_code())))


def reachable_pages(queryset: QuerySet[Any], private: QuerySet[Any] | None = None) -> QuerySet:
    """Public pages at an address that is answered: their home page is live."""
    homes = live_now(Page.objects.filter(path=OuterRef("home_path")))
    pages = queryset.filter(depth__gt=1).annotate(home_path=Substr("path", 1, 2 * Page.steplen))
    return public_pages(pages.filter(Exists(homes)), private)


def visible_pages(queryset: QuerySet[Any], viewpoint: Viewpoint | None = None) -> QuerySet[Any]:
    """Narrow `queryset` to the pages that readers see at this moment, as `reachable_pages`, but decided for each
    row by itself: for a query that finds its few rows by a key and must not read the whole table.
    """
    viewpoint = viewpoint or Viewpoint()
    expired = Q(expire_at__isnull=False, expire_at__lte=viewpoint.now)
    homes = Page.objects.filter(~expired, path=OuterRef("home_path"), live=True)
    closed = Page.objects.filter(translation_key__in=viewpoint.pages.order_by().values("page__translation_key"))
    above = closed.filter(path=Substr(OuterRef("path"), 1, Length("path")))
    private = Page.objects.filter(translation_key=OuterRef("translation_key")).filter(Exists(above))
    pages = queryset.filter(depth__gt=1).annotate(home_path=Substr("path", 1, 2 * Page.steplen))
    return visible_rows(pages, viewpoint).filter(Exists(homes), ~Exists(private))


def visible_rows(queryset: QuerySet[Any], viewpoint: Viewpoint) -> QuerySet[Any]:
    """Narrow `queryset` to the rows that are live and not past their expiry, and whose original has not been taken
    offline, decided for each row by itself."""
    now, is_page = viewpoint.now, issubclass(queryset.model, Page)
    expired = Q(expire_at__isnull=False, expire_at__lte=now)
    gone = Q(live=False, first_published_at__isnull=False) | expired
    if is_page:
        # No deeper than this: SQLite's parser has room for so many levels and no more.
        closed = ClosedPage.objects.filter(page=OuterRef("pk"))
        queryset, gone = queryset.filter(~Exists(closed)), gone | Q(Exists(closed))
    peers = _rows(queryset.model).filter(gone, translation_key=OuterRef("translation_key"))
    return queryset.filter(~expired, ~Exists(originals(peers)), live=True)


def offline(rows: QuerySet[Any], now: datetime.datetime | None = None) -> list[QuerySet[Any]]:
    """What was live among `rows` and is no more, in parts that each have an index: what was unpublished, what has
    expired, and what waits to be unpublished. Not what has never been live."""
    found = [
        rows.filter(live=False, first_published_at__isnull=False),
        rows.filter(live=True, expire_at__lte=now or timezone.now()),
    ]
    return [*found, rows.filter(pk__in=ClosedPage.objects.values("page"))] if rows.model is Page else found


def originals(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Without the translations: of all the languages of a thing the first made is its original."""
    earlier = _rows(queryset.model).filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    return queryset.exclude(Exists(earlier))


def _rows(model: type[Translatable]) -> QuerySet[Any]:
    """All rows of that model, of pages those of the one table in which their indexes are, however little
    PostgreSQL knows of how many rows there are."""
    return (Page if issubclass(model, Page) else model)._base_manager.all()


def _without(queryset: QuerySet[Any], parts: Iterable[QuerySet[Any]]) -> QuerySet:
    for rows in parts:
        queryset = queryset.exclude(translation_key__in=rows.order_by().values("translation_key"))
    return queryset


def best_by_key(rows: Iterable[Any], code: str) -> dict[UUID, Translatable]:
    """Return by translation key the row in the language that a reader of `code` is shown; of a query without what
    was taken offline in that language."""
    rows = for_reader(rows, code) if isinstance(rows, QuerySet) else rows
    languages = defaultdict(list)
    for row in rows:
        languages[row.translation_key].append(row)
    return {key: best(of_key, code) for key, of_key in languages.items()}
