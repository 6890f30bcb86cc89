"""Which pages and snippets readers may see. Decided by translation key and not by row: an object that is private
in one language is visible in none."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from core.closed import ClosedPage
from core.drafts_drawn import drafted
from core.internals.django import Choose
from core.internals.wagtail_models import CollectionViewRestriction
from core.languages.site_languages import LocaleCodes, active_code, best, chain
from core.prepared import SOME_TIME, Prepared, PreparedExpression, PreparedSubquery
from core.stamps import tags
from core.stamps.collecting import collecting, note_ends
from core.typed import Translatable

Rows = TypeVar("Rows", bound=QuerySet[Any])
Row = TypeVar("Row", bound=Translatable)


@dataclass(frozen=True)
class Viewpoint:
    """The conditions on which visibility depends: the view restrictions on pages and collections that a reader has
    not passed (all of them by default), and the time."""

    pages: QuerySet[Any] = field(default_factory=PageViewRestriction.objects.all)
    collections: QuerySet[Any] = field(default_factory=CollectionViewRestriction.objects.all)
    now: datetime.datetime = field(default_factory=timezone.now)
    today: datetime.date = field(default_factory=timezone.localdate)


def private_paths(request: HttpRequest | None = None) -> list[str]:
    """Return the tree paths of the pages with a view restriction, in all their languages; their descendants are
    not listed. One query, and with a request one for all calls."""
    known = getattr(request, "_private_paths", None)
    if known is None:
        known = list(_private_paths.rows())
        if request is not None:
            request._private_paths = known  # type: ignore[attr-defined]  # kept for later calls
    return known


def restricted_paths(restrictions: QuerySet[Any]) -> list[str]:
    """Return the tree paths of the pages with one of these view restrictions, and of their translations (one
    query)."""
    return list(_paths_of(restrictions))


def _paths_of(restrictions: QuerySet[Any]) -> QuerySet[Any]:
    keys = restrictions.order_by().values("page__translation_key")
    return Page.objects.filter(translation_key__in=keys).order_by().values_list("path", flat=True)


_private_paths = Prepared(lambda: _paths_of(PageViewRestriction.objects.all()))


def private_keys(request: HttpRequest | None = None) -> QuerySet[Any]:
    """Return the translation keys, as a queryset for a condition, of all pages that have a view restriction or are
    below one that has, in any language."""
    return keys_beneath(private_paths(request))


def hidden_from(request: HttpRequest | None) -> QuerySet[Any] | None:
    """Return `private_keys` for conditions, or None if no page is private, which needs no condition."""
    return private_keys(request) if private_paths(request) else None


def rows_seen(
    prepared: Prepared, private: QuerySet[Any] | None, choose: Choose | None = None, **values: Any
) -> Iterable[Any]:
    """Return the rows of a prepared query without private ones. `private`: the result of `hidden_from`. `choose`
    may leave out rows (see `Prepared.rows`), but not if some are private."""
    if private is None:
        return prepared.rows(choose, **values)
    return iter(prepared.build(**values).exclude(translation_key__in=private))


def keys_beneath(paths: Iterable[str]) -> QuerySet[Any]:
    """Return the translation keys, as a queryset, of the pages at these tree paths and of their descendants."""
    condition = Q()
    for path in paths:
        condition |= Q(path=path) | beneath(path)
    pages = Page.objects.filter(condition) if condition else Page.objects.none()
    return pages.order_by().values("translation_key")


def beneath(path: str) -> Q:
    """Return the condition that a page is a descendant of the page with this tree path. It is a range of paths, as
    in treebeard, for which every database uses the index."""
    return Q(path__range=span_beneath(path))


def span_beneath(path: str) -> tuple[str, str]:
    """Return the first and the last tree path that a page below the one with this path can have."""
    return path + "0" * Page.steplen, path + "Z" * Page.steplen


def public_pages(queryset: Rows, private: QuerySet[Any] | None = None) -> Rows:
    """Return the pages of a queryset that are live, private in no language, and whose source is not unpublished.
    `private`: the result of `private_keys`, if it is known."""
    private = private_keys() if private is None else private
    return live_pieces(queryset).exclude(translation_key__in=private)


def live_now(queryset: Rows, now: datetime.datetime | None = None) -> Rows:
    """Return the rows that are live at `now`, by default this moment: without those past their `expire_at` and
    pages waiting to be unpublished, which are still marked as live until `publish_scheduled` or the worker has
    unpublished them."""
    rows = queryset.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=now or timezone.now()), live=True)
    return rows.exclude(_closed()) if issubclass(queryset.model, Page) else rows


def live_pieces(queryset: Rows, now: datetime.datetime | None = None) -> Rows:
    """Return the rows that are live at `now` (see `live_now`), without translations whose source was live and is
    no longer."""
    return live_now(queryset, now).exclude(translation_key__in=_offline_keys(queryset.model, now=now))


def for_reader(queryset: Rows, code: str = "") -> Rows:
    """Return the rows, in any language, without objects that were unpublished in the language `code` (the active
    one by default), for which no fallback language is shown either."""
    return queryset.exclude(translation_key__in=_offline_keys(queryset.model, code or active_code()))


def all_of(model: type[Any]) -> QuerySet[Any]:
    """Return the pages of a class of which there are few, in no order: found by their type, as SQLite would walk
    the tree, or all pages of a language."""
    return model.objects.filter(content_type=kind_of(model)).order_by()


def kind_of(model: type[Any]) -> int:
    """Return the primary key of a model's content type."""
    return ContentType.objects.get_for_model(model).pk


def seen(
    queryset: Rows,
    code: str = "",
    private: QuerySet[Any] | None = None,
    now: datetime.datetime | None = None,
) -> Rows:
    """Return the rows that are live now, without translations whose source was live and is no longer. With `code`,
    also without objects that were unpublished in this language; with `private`, the result of `private_keys`, also
    without private pages. The conditions are prepared and asked of each row, for querysets of few rows; those of
    `live_pieces`, `for_reader` and `public_pages`, which find the same, read whole tables."""
    now = now or timezone.now()
    found = queryset.filter(_prepared_live(_table(queryset.model)).condition(now=now))
    found = found.exclude(hidden_in(queryset.model, LocaleCodes.ids().get(code), now)) if code else found
    return found if private is None else found.exclude(translation_key__in=private)


def seen_in(queryset: Rows, locale: int | None, now: datetime.datetime) -> Rows:
    """Return what `seen` returns for the language with this primary key, for queries that are prepared."""
    return seen(queryset, now=now).exclude(hidden_in(queryset.model, locale, now))


def hidden_in(model: type[Translatable], locale: int | None, now: datetime.datetime) -> PreparedExpression:
    """Return the condition that an object was unpublished in a language, given by its primary key, for whose
    readers no fallback language is shown either."""
    return _prepared_hidden(_table(model)).condition(locale=locale, now=now)


@cache
def _prepared_live(model: type[Translatable]) -> Prepared:
    def build(now: datetime.datetime) -> QuerySet[Any]:
        rows = _rows(model).filter(Q(expire_at__isnull=True) | Q(expire_at__gt=now), live=True)
        rows = rows.exclude(_closed()) if model is Page else rows
        return rows.filter(~Exists(originals(gone_languages(model, now=now))))

    return Prepared(build, now=SOME_TIME)


@cache
def _prepared_hidden(model: type[Translatable]) -> Prepared:
    def build(locale: int, now: datetime.datetime) -> QuerySet[Any]:
        return _rows(model).filter(Exists(gone_languages(model, now=now).filter(locale=locale)))

    return Prepared(build, locale=-1, now=SOME_TIME)


def gone_languages(
    model: type[Translatable], key: str = "translation_key", now: datetime.datetime | None = None
) -> QuerySet[Any]:
    """Return, for a condition on each row, the languages of the object with the translation key `key` of that row
    that were live and are no longer, as `offline`."""
    gone = Q(live=False, first_published_at__isnull=False) | Q(live=True, expire_at__lte=now or timezone.now())
    if issubclass(model, Page):
        gone |= _closed()
    return _rows(model).order_by().filter(gone, translation_key=OuterRef(key))


def _closed() -> Q:
    return Q(pk__in=ClosedPage.objects.values("page"))


def reachable_pages(queryset: Rows, private: QuerySet[Any] | None = None) -> Rows:
    """Return the public pages (see `public_pages`) whose home page is live, so that their URLs are served."""
    homes = live_now(Page.objects.filter(path=OuterRef("home_path")))
    pages = queryset.filter(depth__gt=1).annotate(home_path=Substr("path", 1, 2 * Page.steplen))
    return public_pages(pages.filter(Exists(homes)), private)


def visible_pages(queryset: QuerySet[Any], viewpoint: Viewpoint | None = None) -> QuerySet[Any]:
    """Return the pages that readers see from `viewpoint`, by default now and without passed restrictions, like
    `reachable_pages`, but with conditions on each row: for queries that find a few rows by a key and must not read
    the whole table."""
    viewpoint = viewpoint or Viewpoint()
    expired = Q(expire_at__isnull=False, expire_at__lte=viewpoint.now)
    homes = Page.objects.filter(~expired, path=OuterRef("home_path"), live=True)
    closed = Page.objects.filter(translation_key__in=viewpoint.pages.order_by().values("page__translation_key"))
    above = closed.filter(path=Substr(OuterRef("path"), 1, Length("path")))
    private = Page.objects.filter(translation_key=OuterRef("translation_key")).filter(Exists(above))
    pages = queryset.filter(depth__gt=1).annotate(home_path=Substr("path", 1, 2 * Page.steplen))
    return visible_rows(pages, viewpoint).filter(Exists(homes), ~Exists(private))


def visible_rows(queryset: QuerySet[Any], viewpoint: Viewpoint) -> QuerySet[Any]:
    """Return the rows that are live and not expired at the time of `viewpoint`, and whose source is not
    unpublished, with conditions on each row. View restrictions are not considered."""
    now, is_page = viewpoint.now, issubclass(queryset.model, Page)
    expired = Q(expire_at__isnull=False, expire_at__lte=now)
    gone = Q(live=False, first_published_at__isnull=False) | expired
    if is_page:
        # Nested no deeper than this, because of the depth limit of SQLite's parser.
        closed = ClosedPage.objects.filter(page=OuterRef("pk"))
        queryset, gone = queryset.filter(~Exists(closed)), gone | Q(Exists(closed))
    peers = _rows(queryset.model).filter(gone, translation_key=OuterRef("translation_key"))
    return queryset.filter(~expired, ~Exists(originals(peers)), live=True)


def offline(rows: QuerySet[Any], now: datetime.datetime | None = None) -> list[QuerySet[Any]]:
    """Return those of `rows` that were live and are no longer, in several querysets that can each use an index:
    unpublished, expired, and waiting to be unpublished. Drafts that were never live are not included."""
    found = [
        rows.filter(live=False, first_published_at__isnull=False),
        rows.filter(live=True, expire_at__lte=now or timezone.now()),
    ]
    return [*found, rows.filter(_closed())] if rows.model is Page else found


def originals(queryset: Rows) -> Rows:
    """Return the rows that are sources, without translations. The source of an object is the row that was created
    first."""
    earlier = _rows(queryset.model).filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    return queryset.exclude(Exists(earlier))


def _rows(model: type[Translatable]) -> QuerySet[Any]:
    """Return all rows of a model. For page types return those of Page, of all types: its table has the indexes, so
    that PostgreSQL uses them even without statistics."""
    return _table(model)._base_manager.all()


def _table(model: type[Translatable]) -> Any:
    """Return the model whose table says whether rows are live."""
    return Page if issubclass(model, Page) else model


def _offline_keys(
    model: type[Translatable], code: str = "", now: datetime.datetime | None = None
) -> PreparedSubquery:
    """Return a subquery for the translation keys of the rows of a model that readers cannot see at `now` (default:
    the present time) because they are `offline`: those in the language `code`, by default those that are sources
    of translations."""
    prepared = _prepared_offline_keys(_table(model), code)
    return prepared.subquery(now=now or timezone.now())


@cache
def _prepared_offline_keys(model: type[Translatable], code: str) -> Prepared:
    def build(now: datetime.datetime) -> QuerySet[Any]:
        rows = _rows(model).filter(locale__language_code=code) if code else _rows(model)
        parts = offline(rows, now)
        keys = [(part if code else originals(part)).order_by().values("translation_key") for part in parts]
        return keys[0].union(*keys[1:], all=True)

    return Prepared(build, now=SOME_TIME)


def best_rows(
    prepared: Prepared, code: str, private: QuerySet[Any] | None = None, **values: Any
) -> dict[UUID, Any]:
    """Return, by translation key, of the rows of a prepared query without private ones the row to show to readers
    of the language `code`. No instances are made of the others. `private`: the result of `hidden_from`."""
    languages: dict[UUID, list[Any]] = defaultdict(list)
    rows = rows_seen(prepared, private, best_as_read(code), **values)
    for row in rows:
        languages[row.translation_key].append(row)
    return {key: drafted(row) for key, of_key in languages.items() if (row := best(of_key, code))}


def best_as_read(code: str) -> Choose:
    """Return a function for `Prepared.rows` that chooses by translation key the row to show to readers of the
    language `code`."""

    def choose(rows: list[Any], places: dict[str, int], read: Callable[[Any], Any]) -> list[Any]:
        ends = (places.get(name) for name in ("expire_at", "consent_until"))
        return best_values(rows, code, places["translation_key"], places["locale_id"], *ends, read=read)

    return choose


def best_values(
    rows: Iterable[Any],
    code: str,
    key: int,
    locale: int,
    expiry: int | None,
    last_day: int | None = None,
    *,
    read: Callable[[Any], Any] = tuple,
) -> list[Any]:
    """Return, of the values of rows, by translation key those of the row to show to readers of the language
    `code`. The other arguments are the places of the translation key, of the primary key of the language, and of
    the time and the day after which a row is not shown; and a function that returns a row with converted values,
    if they are not."""
    ids = LocaleCodes.ids()
    order = {ids.get(known): place for place, known in enumerate(chain(code))}
    found: dict[UUID, tuple[int, Any]] = {}
    ends: dict[tuple[Any, Any], Any] = {}
    for row in rows:
        # What ends in one language may end in all.
        ends[None if expiry is None else row[expiry], None if last_day is None else row[last_day]] = row
        rank = order.get(row[locale], len(order))
        if (other := found.get(row[key])) is None or rank < other[0]:
            found[row[key]] = rank, row
    ends.pop((None, None), None)
    for row in map(read, ends.values()):
        note_ends(None if expiry is None else row[expiry], None if last_day is None else row[last_day])
    return [row for _rank, row in found.values()]


def best_by_key(rows: Iterable[Row], code: str) -> dict[UUID, Row]:
    """Return, by translation key, the row to show to readers of the language `code`, as `best`. If `rows` is a
    queryset, objects that were unpublished in that language are left out (see `for_reader`)."""
    if isinstance(rows, QuerySet):
        rows = rows.exclude(hidden_in(rows.model, LocaleCodes.ids().get(code), timezone.now()))
    languages: dict[UUID, list[Row]] = defaultdict(list)
    with collecting() as collected:
        for row in rows:
            languages[row.translation_key].append(row)
        found = {key: row for key, of_key in languages.items() if (row := best(of_key, code))}
        # Of the other languages nothing is shown; that there are some is noted by their key.
        shown = {row.pk for row in found.values()}
        others = (row for of_key in languages.values() for row in of_key if row.pk not in shown)
        collected.tags -= {tags.row(row) for row in others}
    return found
