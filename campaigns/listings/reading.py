"""Reading the table of lists, newest first. What is read is loaded with the conditions of `core.visibility` on
each row, so that a row of the table that is too old shows nothing that was withdrawn."""

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from campaigns.drawing import LINKED
from campaigns.kinds import BY_NAME, Kind
from campaigns.listings.rows import as_number
from campaigns.models import ListedMonth, Listing, NewsPage, NewsPartner, Organisation
from campaigns.models.listing import PARTNERS, STORIES
from campaigns.querysets import Period
from core.consent.rules import ConsentMixin
from core.internals.django import compiled
from core.languages.site_languages import LocaleCodes
from core.prepared import SOME_DAY, SOME_TIME, Prepared, Several
from core.stamps import tags
from core.stamps.collecting import note
from core.visibility import best_rows, hidden_in, seen, seen_in

PARTNER_TIES = "partner-ties"
"""The tag of which stories have which partners."""

FOREVER = 99_999_999
"""The end of a period that is open."""

Rows = TypeVar("Rows", bound=QuerySet[Any])
Found = Sequence["Listing | Listed"]


def language_id(code: str) -> int | None:
    """Return the primary key of the language `code`, or None if the site does not have it."""
    return LocaleCodes.ids().get(code)


def listed(
    kind: str, scopes: Collection[UUID], code: str, private: QuerySet[Any] | None, period: Period | None = None
) -> QuerySet[Listing]:
    """Return what the lists of these scopes show of a kind to readers of the language `code`, in the period if one
    is given, newest first. `private` is the result of `hidden_from`."""
    years = period.years() if period and kind != PARTNERS else [None]
    note(*(tags.listed(scope, language_id(code), year) for scope in scopes for year in years))
    rows = Listing.objects.filter(kind=kind, scope__in=scopes, locale=language_id(code))
    rows = rows.order_by("-newest", "-original")
    if kind == PARTNERS:
        return _partners(rows, scopes, private, period) if private is not None or period else rows
    return _public(kind, rows, private, period)


def listed_anywhere(
    kind: str, scope: UUID, private: QuerySet[Any] | None, period: Period | None = None
) -> QuerySet[Any]:
    """Return the translation keys, as a subquery, of the stories or the material that a list shows to readers of
    any language."""
    languages = [language_id(code) for code in LocaleCodes.ids()]
    rows = Listing.objects.filter(kind=kind, scope=scope, locale__in=languages).order_by()
    return _public(kind, rows, private, period).values("key")


def material_anywhere(stories: Collection[UUID], private: QuerySet[Any] | None) -> QuerySet[Listing]:
    """Return what the lists of these stories, given by translation keys, show of their material to readers of any
    language."""
    languages = LocaleCodes.ids().values()
    rows = Listing.objects.filter(kind__in=list(BY_NAME), scope__in=stories, locale__in=languages).order_by()
    return _with_consent(rows, private)


def _public(
    kind: str, rows: QuerySet[Listing], private: QuerySet[Any] | None, period: Period | None
) -> QuerySet[Listing]:
    """Return the rows of stories or material with consent that are not private, in the period."""
    if kind == STORIES:
        rows = rows if private is None else rows.exclude(key__in=private)
        return rows.filter(_in_period(**_days(kind, period))) if period else rows
    rows = _with_consent(rows, private)
    if period:
        days = _days(kind, period)
        rows = rows.filter(_as_new(**days) | _by_story(days["start"], days["end"]))
    return rows


def _days(kind: str, period: Period) -> dict[str, int]:
    """Return the first day of a period and the one after it, `start` and `end`, and of material the newness that
    belongs to it by itself, `first` and `after`; as numbers."""
    days = {"start": as_number(period.start), "end": as_number(period.end) or FOREVER}
    if kind not in BY_NAME:
        return days
    first, after = BY_NAME[kind].model.objects.all().newness_in(period)
    return {**days, "first": as_number(first), "after": as_number(after) or FOREVER}


def _as_new(start: int, end: int, first: int, after: int) -> Q:
    """Return the condition that material is as new as the period, and belongs to it by itself or by its story."""
    by_story = Q(story_day__gte=start, story_day__lt=end)
    return Q(newest__gte=first, newest__lt=after) & (Q(tied=True) | by_story)


def _by_story(start: int, end: int) -> Q:
    """Return the condition that material belongs to the period by a story that is not as new as itself."""
    return Q(other_day__gte=start, other_day__lt=end)


def _with_consent(rows: QuerySet[Listing], private: QuerySet[Any] | None) -> QuerySet[Listing]:
    """Return the rows of material with consent whose story is not private."""
    rows = rows.filter(_consent_on(timezone.localdate()))
    return rows if private is None else rows.filter(Q(story__isnull=True) | ~Q(story__in=private))


def _consent_on(day: datetime.date) -> Q:
    return Q(until__isnull=True) | Q(until__gte=day)


def _in_period(start: int, end: int) -> Q:
    return Q(newest__gte=start, newest__lt=end)


def _partners(
    rows: QuerySet[Listing], scopes: Collection[UUID], private: QuerySet[Any] | None, period: Period | None
) -> QuerySet[Listing]:
    """Return the rows of organisations that are partners of the source language of a story that is not private, in
    the period."""
    note(PARTNER_TIES)
    # By the organisations, which are few: of each, listed stories are read up to the first one that is its own.
    earlier = Page._base_manager.filter(
        translation_key=OuterRef("page__translation_key"), pk__lt=OuterRef("page_id")
    )
    ties = NewsPartner.objects.filter(
        ~Exists(earlier),
        page__translation_key=OuterRef("key"),
        organisation__translation_key=OuterRef(OuterRef("key")),
    )
    stories = Listing.objects.filter(Exists(ties), kind=STORIES, scope__in=scopes)
    stories = stories.filter(locale__in=LocaleCodes.ids().values())
    stories = stories if private is None else stories.exclude(key__in=private)
    stories = stories.filter(_in_period(**_days(STORIES, period))) if period else stories
    return rows.filter(Exists(stories))


Statement = tuple[str, tuple[Any, ...]]
"""SQL with its parameters."""


_READ = ("kind", "key", "row", "newest", "original")


@dataclass(frozen=True, slots=True)
class Listed:
    """What is read of a row of a list."""

    kind: str
    key: UUID
    row: int
    newest: int
    original: int


def first_listed(
    count: int, kind: str, scope: UUID, code: str, private: QuerySet[Any] | None, period: Period | None = None
) -> Statement | None:
    """Return the statement for the first rows of a list, with the arguments of `listed`; None if it has none."""
    if private is not None or (kind == PARTNERS and period):
        return statement_of(listed(kind, [scope], code, private, period)[:count])
    note(*(tags.listed(scope, language_id(code), year) for year in (period.years() if period else [None])))
    asked: dict[str, Any] = {"scope": scope, "locale": language_id(code), "today": timezone.localdate()}
    asked |= _days(kind, period) if period else {}
    prepared = [_prepared_list(kind, count, part) for part in _parts(kind, period)]
    statements = [each.statement(**{name: asked[name] for name in each.samples}) for each in prepared]
    return statements[0] if len(statements) == 1 else _newest_of(statements, count)


def _parts(kind: str, period: Period | None) -> tuple[str, ...]:
    """Return the names in PARTS of what a list is read in. Asked for together, all material of a period would be
    read and sorted; of each part the first rows are enough."""
    if not period:
        return ("all",)
    return ("as new", "by story") if kind in BY_NAME else ("in period",)


PARTS: dict[str, tuple[Callable[..., Q], tuple[str, ...]]] = {
    "all": (Q, ()),
    "in period": (_in_period, ("start", "end")),
    "as new": (_as_new, ("start", "end", "first", "after")),
    "by story": (_by_story, ("start", "end")),
}
"""Conditions of rows of a list, with the names of the days in them."""


def _newest_of(statements: Sequence[Statement], count: int) -> Statement:
    """Return the statement for the first rows of several, each of which has its own first ones, each row once."""
    sql, params = _together(statements, "UNION")
    return f"{sql} ORDER BY newest DESC, original DESC LIMIT {count:d}", params


def _together(statements: Sequence[Statement], word: str) -> Statement:
    # SQLite takes no LIMIT in a part of a union, but in a part of a part.
    parts = [f"SELECT * FROM ({sql}) AS part{number}" for number, (sql, _own) in enumerate(statements)]
    return f" {word} ".join(parts), tuple(value for _sql, own in statements for value in own)


def statement_of(rows: QuerySet[Listing]) -> Statement | None:
    """Return the statement for rows of `listed`; None if there can be none."""
    try:
        return compiled(rows.values_list(*_READ))
    except EmptyResultSet:
        return None


@cache
def _prepared_list(kind: str, count: int, part: str) -> Prepared:
    condition, days = PARTS[part]

    def build(scope: UUID, locale: int, today: datetime.date | None = None, **days: int) -> QuerySet[Any]:
        rows = Listing.objects.filter(condition(**days), kind=kind, scope=scope, locale=locale)
        rows = rows.filter(_consent_on(today)) if today else rows
        return rows.order_by("-newest", "-original").values_list(*_READ)[:count]

    samples = {"scope": UUID(int=1), "locale": -1, **{name: -2 - place for place, name in enumerate(days)}}
    return Prepared(build, **samples, **({"today": SOME_DAY} if kind in BY_NAME else {}))


def read(lists: Iterable[Statement | None]) -> dict[str, list[Listed]]:
    """Return the rows of several lists, given by their statements, by their kind, in their order (one query)."""
    asked = [statement for statement in lists if statement]
    found: dict[str, list[Listed]] = {}
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(*_together(asked, "UNION ALL"))
            for kind, key, *numbers in cursor.fetchall():
                row = Listed(kind, key if isinstance(key, UUID) else UUID(key), *numbers)
                note(tags.key(row.key))
                found.setdefault(kind, []).append(row)
    for of_kind in found.values():
        of_kind.sort(key=lambda row: (row.newest, row.original), reverse=True)
    return found


def stories(
    rows: Found, code: str, private: QuerySet[Any] | None, others: Collection[UUID] = ()
) -> dict[UUID, NewsPage]:
    """Return by translation key the public stories of these rows and, in the best language for readers of `code`,
    those with the translation keys `others`; with the fields that cards show. Those that were unpublished in the
    language `code`, for which readers see no fallback either, have a true `is_hidden`."""
    if not rows and not others:
        return {}
    return best_rows(
        _stories, code, private, **_wanted(rows, others), locale=language_id(code), now=timezone.now()
    )


def last_published(scope: UUID, code: str, private: QuerySet[Any] | None, count: int) -> list[NewsPage]:
    """Return the public stories of a list in the language `code` itself that were first published last, newest
    first, with their bodies (two queries)."""
    note(tags.listed(scope, language_id(code)))
    rows = Listing.objects.filter(scope=scope, locale=language_id(code), published__isnull=False)
    rows = rows if private is None else rows.exclude(key__in=private)
    newest = list(rows.order_by("-published", "-row").only("row")[:count])
    found = seen(NewsPage.objects.order_by().filter(pk__in=[row.row for row in newest]))
    found = found.select_related("lead_image", "locale")
    by_pk = {story.pk: story for story in found}
    note(*(tags.body(story) for story in found))
    return [by_pk[row.row] for row in newest if row.row in by_pk]


def pieces(kind: Kind, rows: Found, code: str, others: Collection[UUID] = ()) -> dict[UUID, Any]:
    """Return by translation key the material of these rows, and that with the translation keys `others` in the
    best language for readers of `code`, as far as they see it. Its source story may be hidden."""
    if not rows and not others:
        return {}
    wanted = _wanted(rows, others)
    if issubclass(kind.model, ConsentMixin):
        wanted["today"] = timezone.localdate()
    return best_rows(_prepared_pieces(kind.name), code, **wanted, locale=language_id(code), now=timezone.now())


@cache
def _prepared_pieces(kind: str) -> Prepared:
    """Return the material of a kind with the fields that cards show."""
    model = BY_NAME[kind].model
    ends = ["expire_at", "consent_until"] if issubclass(model, ConsentMixin) else ["expire_at"]

    def build(
        pks: list[int], keys: list[UUID], locale: int, now: datetime.datetime, today: datetime.date | None = None
    ) -> QuerySet[Any]:
        found = seen_in(_with_keys(model.objects.order_by(), pks, keys), locale, now)
        if today:
            lacking = model._base_manager.filter(model.consent_missing_q(today))
            found = found.filter(~Exists(lacking.filter(translation_key=OuterRef("translation_key"))))
        return found.with_keys(now).only("translation_key", "locale", *ends, *BY_NAME[kind].card_fields)

    samples = {**_SAMPLES, "today": SOME_DAY} if issubclass(model, ConsentMixin) else _SAMPLES
    return Prepared(build, **samples)


def organisations(rows: Found, code: str, others: Collection[UUID] = ()) -> dict[UUID, Organisation]:
    """Return by translation key the organisations of these rows, and those with the translation keys `others` in
    the best language for readers of `code`, as far as they see them."""
    if not rows and not others:
        return {}
    wanted = _wanted(rows, others)
    return best_rows(_organisations, code, **wanted, locale=language_id(code), now=timezone.now())


def _wanted(rows: Found, others: Collection[UUID]) -> dict[str, Any]:
    """Return the arguments for these rows, and those with the translation keys `others`."""
    # Also of what is not shown now.
    note(*(tags.key(key) for key in others))
    return {"pks": [row.row for row in rows], "keys": others}


def _with_keys(queryset: Rows, pks: list[int], keys: list[UUID]) -> Rows:
    """Return the rows with these primary keys and those with these translation keys."""
    if not keys:
        return queryset.filter(pk__in=pks)
    # Asked of one table: of conditions on several tables, SQLite uses no index.
    found = (Page if issubclass(queryset.model, Page) else queryset.model)._base_manager.order_by()
    return queryset.filter(pk__in=found.filter(Q(pk__in=pks) | Q(translation_key__in=keys)).values("pk"))


def months_of(scope: UUID, code: str, private: QuerySet[Any] | None) -> dict[int, int]:
    """Return the number of stories that a list shows to readers of the language `code` by month (202607; 0 for
    stories without a date), newest first (one query; two if pages are private)."""
    note(tags.listed(scope, language_id(code)))
    of_list = {"scope": scope, "locale": language_id(code)}
    counted = ListedMonth.objects.filter(**of_list).order_by("-month")
    found = dict(counted.values_list("month", "stories"))
    if private is not None:
        hidden = Listing.objects.filter(kind=STORIES, key__in=private, **of_list).order_by()
        by_month = hidden.annotate(month=F("newest") / 100).values("month").annotate(stories=Count("pk"))
        for month, number in by_month.values_list("month", "stories"):
            found[month] -= number
    return {month: number for month, number in found.items() if number > 0}


def _build_stories(pks: list[int], keys: list[UUID], locale: int, now: datetime.datetime) -> QuerySet[Any]:
    found = seen(_with_keys(NewsPage.objects.order_by(), pks, keys), now=now)
    found = found.annotate(is_hidden=hidden_in(NewsPage, locale, now)).with_original_date()
    return found.select_related("lead_image").only(*LINKED, "slug", "summary", "lead_image")


_SAMPLES = {"pks": Several(int), "keys": Several(UUID), "locale": -1, "now": SOME_TIME}
_stories = Prepared(_build_stories, **_SAMPLES)
_organisations = Prepared(
    lambda pks, keys, locale, now: seen_in(_with_keys(Organisation.objects.order_by(), pks, keys), locale, now),
    **_SAMPLES,
)
