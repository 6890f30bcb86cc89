"""Which rows the table of lists must have, by the rules of `core.visibility`, for given translation keys.

All languages of an object are read with simple queries by key, and the rules are applied in Python: an object is
shown to nobody if its source was unpublished, and to the readers of a language if it was not unpublished there.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from wagtail.models import Page

from campaigns.kinds import KINDS, Kind
from campaigns.models import Listing, NewsCampaign, NewsPage, NewsPartner, NewsProject, NewsTopic, Organisation
from campaigns.models.listing import PARTNERS, STORIES
from core.closed import ClosedPage
from core.consent.rules import ConsentMixin
from core.languages.site_languages import LocaleCodes, best
from core.visibility import gone_languages, live_now, originals

SITE = UUID(int=0)
"""The scope of what the whole site shows."""
LONG_AGO = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)
A_DAY = datetime.timedelta(days=1)
SEEN = ("pk", "translation_key", "locale_id", "live", "first_published_at", "expire_at", "closed")
TIES = {NewsCampaign: "campaign", NewsTopic: "topic", NewsProject: "project"}

Languages = list[Any]
"""The rows of one object in all languages, the source first, with the values of SEEN as attributes."""


@dataclass
class Story:
    """What lists need to know of a story: its languages, and the ties of its source language by their field."""

    languages: Languages
    ties: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))

    @property
    def day(self) -> int:
        return as_number(self.languages[0].date)

    @property
    def is_live(self) -> bool:
        return bool(live_rows(self.languages))


def as_number(newness: datetime.date | int | None) -> int:
    """Return a day as 20260730, a year as 20260000, nothing as 0."""
    if isinstance(newness, datetime.date):
        return newness.year * 10_000 + newness.month * 100 + newness.day
    return (newness or 0) * 10_000


def rows_of(keys: Collection[UUID]) -> Iterator[Listing]:
    """Return the rows that the table must have for the stories, material and organisations with these translation
    keys, unsaved."""
    stories = stories_of(keys)
    return chain(story_rows(stories), *(piece_rows(kind, keys, stories) for kind in KINDS), partner_rows(keys))


def story_rows(stories: Mapping[UUID, Story]) -> Iterator[Listing]:
    for key, story in stories.items():
        day, original = story.day, story.languages[0].pk
        scopes = dict.fromkeys([SITE, *chain.from_iterable(story.ties.values())])
        for locale, row in shown(story.languages).items():
            own = row.locale_id == locale
            for scope in scopes:
                yield Listing(
                    kind=STORIES,
                    scope=scope,
                    locale_id=locale,
                    key=key,
                    newest=day,
                    original=original,
                    row=row.pk,
                    own=own,
                    published=(row.first_published_at or LONG_AGO) if own else None,
                )


def stories_of(keys: Collection[UUID]) -> dict[UUID, Story]:
    """Return the stories with these translation keys (two queries)."""
    stories = {
        key: Story(of_key) for key, of_key in languages(NewsPage, Q(translation_key__in=keys), "date").items()
    }
    by_pk = {story.languages[0].pk: story for story in stories.values()}
    if by_pk:
        first, *others = (
            ties.objects.filter(page__in=list(by_pk))
            .order_by()
            .values_list("page_id", f"{target}__translation_key", Value(target))
            for ties, target in TIES.items()
        )
        for page, key, target in first.union(*others, all=True):
            by_pk[page].ties[target].append(key)
    return stories


def piece_rows(kind: Kind, keys: Collection[UUID], known: dict[UUID, Story]) -> Iterator[Listing]:
    """Return the rows of material of one kind. It belongs to its source story, and to campaigns by its own ties
    and by those of that story while this is live. Stories that are read are added to `known`."""
    pieces = languages(
        kind.model,
        Q(translation_key__in=keys),
        newness=kind.model.objects.all().newness_of_row(),
        source_key=F(f"{kind.story_field}__translation_key"),
        **consent_values(kind),
    )
    if not pieces:
        return
    ties = kind.ties.objects.filter(**{f"{kind.tie_field}__in": [of_key[0].pk for of_key in pieces.values()]})
    campaigns = defaultdict(list)
    for piece, campaign in ties.order_by().values_list(kind.tie_field, "campaign__translation_key"):
        campaigns[piece].append(campaign)
    sources = {row.source_key for of_key in pieces.values() for row in of_key if row.source_key}
    if sources - known.keys():
        known |= stories_of(sources - known.keys())
    live = {None, *(key for key in sources if known[key].is_live)}
    for key, of_key in pieces.items():
        if any(row.lacks_consent for row in of_key):
            continue
        original = of_key[0]
        story = known[original.source_key] if original.source_key else None
        scopes = piece_scopes(original.source_key, story, campaigns[original.pk])
        until = min((day for row in of_key if (day := last_day(row))), default=None)
        for locale, row in shown(of_key, live).items():
            for scope, (tied, story_day) in scopes.items():
                yield Listing(
                    kind=kind.name,
                    scope=scope,
                    locale_id=locale,
                    key=key,
                    newest=as_number(original.newness),
                    original=original.pk,
                    row=row.pk,
                    own=row.locale_id == locale,
                    story=row.source_key,
                    tied=tied,
                    story_day=story_day,
                    until=until,
                )


def consent_values(kind: Kind) -> dict[str, Any]:
    """Return what a query must annotate for `last_day`, and whether consent is missing today."""
    if not issubclass(kind.model, ConsentMixin):
        never = Value(None, DateField())
        return {"lacks_consent": Value(False), "needs": Value(False), "ends": never, "withdrawn": never}
    return {
        "lacks_consent": _is(kind.model.consent_missing_q()),
        "needs": _is(kind.model.needs_consent_q()),
        "ends": F("consent_until"),
        "withdrawn": F("consent_withdrawn"),
    }


def _is(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def last_day(row: Any) -> datetime.date | None:
    """Return the last day on which the consent for a row holds, or None if it does not end."""
    ends = row.ends if row.needs else None
    withdrawn = row.withdrawn - A_DAY if row.withdrawn else None
    return min((day for day in (ends, withdrawn) if day), default=None)


def piece_scopes(
    source: UUID | None, story: Story | None, campaigns: Iterable[UUID]
) -> dict[UUID, tuple[bool, int]]:
    """Return where material belongs: for each scope, whether by itself, and the day of its source story if that
    belongs there."""
    scopes = {SITE: (True, 0), **dict.fromkeys(campaigns, (True, 0))}
    if source and story:
        scopes[source] = (True, 0)
        for campaign in story.ties["campaign"] if story.is_live else []:
            scopes[campaign] = (campaign in scopes and scopes[campaign][0], story.day)
    return scopes


def partner_rows(keys: Collection[UUID]) -> Iterator[Listing]:
    """Return the rows of organisations. They belong to the campaigns of the live stories whose source language
    names them as partners, and to the site if there is one."""
    organisations = languages(Organisation, Q(translation_key__in=keys))
    if not organisations:
        return
    live = live_now(Page.objects.filter(translation_key=OuterRef("page__translation_key")))
    gone = gone_languages(NewsPage, "page__translation_key")
    earlier = Page.objects.filter(translation_key=OuterRef("page__translation_key"), pk__lt=OuterRef("page"))
    ties = NewsPartner.objects.filter(organisation__translation_key__in=list(organisations)).order_by()
    ties = ties.filter(~Exists(earlier), Exists(live), ~Exists(originals(gone)))
    scopes: dict[UUID, set[UUID]] = defaultdict(set)
    found = ties.values_list("organisation__translation_key", "page__campaign_ties__campaign__translation_key")
    for key, campaign in found.distinct():
        scopes[key] |= {SITE, campaign} - {None}
    for key, of_key in organisations.items():
        for locale, row in shown(of_key).items():
            for scope in scopes[key]:
                yield Listing(
                    kind=PARTNERS,
                    scope=scope,
                    locale_id=locale,
                    key=key,
                    original=of_key[0].pk,
                    row=row.pk,
                    own=row.locale_id == locale,
                )


def languages(model: type[Any], condition: Q, *fields: str, **values: Any) -> dict[UUID, Languages]:
    """Return the languages of the objects that meet the condition, with further values, by translation key."""
    closed = Exists(ClosedPage.objects.filter(page=OuterRef("pk"))) if issubclass(model, Page) else Value(False)
    rows: QuerySet[Any] = model._base_manager.filter(condition).order_by("pk").annotate(closed=closed, **values)
    found: dict[UUID, Languages] = defaultdict(list)
    for row in rows.values_list(*SEEN, *fields, *values, named=True):
        found[row.translation_key].append(row)
    return dict(found)


def is_live(row: Any) -> bool:
    return row.live and not row.closed and (row.expire_at is None or row.expire_at > timezone.now())


def is_gone(row: Any) -> bool:
    """Return whether a row was live and is no longer."""
    return not is_live(row) and (row.live or row.first_published_at is not None)


def live_rows(of_key: Languages) -> Languages:
    """Return the live rows of an object; none if its source was unpublished."""
    return [] if is_gone(of_key[0]) else [row for row in of_key if is_live(row)]


def shown(of_key: Languages, sources: Collection[UUID | None] | None = None) -> Mapping[int, Any]:
    """Return by language the row that its readers see, without the languages whose readers see none. With
    `sources`, only rows whose `source_key` is among these are shown."""
    rows = [row for row in live_rows(of_key) if sources is None or row.source_key in sources]
    gone = {row.locale_id for row in of_key if is_gone(row)}
    ids = LocaleCodes.ids()
    found = {ids[code]: best(rows, code) for code in ids if ids[code] not in gone}
    return {locale: row for locale, row in found.items() if row is not None}
