"""Campaigns with their editions, with the titles and dates of the source languages."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from wagtail.models import Page

from campaigns.editions import period_of
from campaigns.models import CampaignPage, EditionPage
from campaigns.querysets import Period
from campaigns.years import next_observance


@dataclass(frozen=True)
class Edition:
    """An edition of a campaign; `starts_on` and `year` are named as on its page, `live` as in `Family`."""

    pk: int
    translation_key: UUID
    title: str
    year: int
    starts_on: datetime.date
    live: bool


@dataclass(frozen=True)
class Family:
    """A campaign with its editions; `observance_day` and `observance_month` are named as on its page. `live` says
    whether it is live in some language and its source was not unpublished."""

    pk: int
    translation_key: UUID
    title: str
    live: bool
    observance_day: int | None
    observance_month: int | None
    editions: list[Edition] = field(default_factory=list)
    """The newest first."""

    def period(self, edition: UUID | None) -> Period | None:
        """Return the period of the edition with this translation key, up to the next edition that is live; None if
        the campaign has no such edition."""
        known = next((each for each in self.editions if each.translation_key == edition), None)
        others = [each for each in self.editions if each.live or each == known]
        if known is None:
            return None
        return period_of(known, others)  # type: ignore[arg-type]  # It reads only fields that Edition has.

    def edition(self, key: UUID | None) -> Edition | None:
        """Return the edition with this translation key, or None."""
        return next((each for each in self.editions if each.translation_key == key), None)


def families() -> list[Family]:
    """Return all campaigns with all their editions, live or not, the one with the next observance first, those
    without one last (one query)."""
    rows = (
        Page.objects.type(CampaignPage, EditionPage)
        .order_by("pk")
        .values(
            "pk",
            "path",
            "translation_key",
            "title",
            "live",
            "first_published_at",
            "campaignpage__observance_day",
            "campaignpage__observance_month",
            "editionpage__year",
            "editionpage__starts_on",
        )
    )
    return assemble(rows)


def assemble(rows: Iterable[dict[str, Any]]) -> list[Family]:
    """Return the campaigns out of the rows that `families` queries, in its order. `rows` must be ordered by
    creation, so that the first row of a translation key is the source. Editions that are not below a campaign are
    left out."""
    rows = list(rows)
    live = {row["translation_key"] for row in rows if row["live"]} - taken_offline(rows)
    found: dict[UUID, Family] = {}
    at: dict[str, UUID] = {}
    for row in rows:
        if row["editionpage__year"] is None:
            key = row["translation_key"]
            at[row["path"]] = key
            if key not in found:
                day, month = row["campaignpage__observance_day"], row["campaignpage__observance_month"]
                found[key] = Family(row["pk"], key, row["title"], key in live, day, month)
    seen = set()
    for row in rows:
        key, year = row["translation_key"], row["editionpage__year"]
        if year is None or key in seen:
            continue
        seen.add(key)
        campaign = at.get(row["path"][: -Page.steplen])
        if campaign:
            edition = Edition(row["pk"], key, row["title"], year, row["editionpage__starts_on"], key in live)
            found[campaign].editions.append(edition)
    for family in found.values():
        family.editions.sort(key=lambda edition: (edition.starts_on, edition.year), reverse=True)
    return sorted(found.values(), key=_day)


def taken_offline(rows: Sequence[dict[str, Any]]) -> set[UUID]:
    """Return the translation keys whose source was published once and is not live now. `rows` as for
    `assemble`."""
    originals = {row["translation_key"]: row for row in reversed(rows)}
    return {key for key, row in originals.items() if not row["live"] and row["first_published_at"]}


def _day(family: Family) -> tuple[Any, ...]:
    day = next_observance(family)  # type: ignore[arg-type]  # It reads only fields that Family has.
    return (day or datetime.date.max, family.pk)


def family_of(page: Page, known: list[Family]) -> tuple[Family, Edition | None]:
    """Return the campaign, out of `known`, of a page in any language, and the edition if the page is one, else
    None. Raise LookupError if the page is neither a campaign nor an edition."""
    key = page.translation_key
    for family in known:
        if family.translation_key == key:
            return family, None
        if edition := family.edition(key):
            return family, edition
    raise LookupError(f"{page} is no campaign and no edition")
