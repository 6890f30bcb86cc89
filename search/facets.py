"""Facets of entries, by which readers filter: kind, year, campaigns and topics. Campaigns and topics are stored by
translation key, which does not change with their address. All languages of a page have the facets of its
source."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from wagtail.models import Page

from campaigns.models import EditionPage
from search.models import FacetSet

# Kind by model name. Every other page class has the kind "page".
KINDS = {
    "newspage": "story",
    "campaignpage": "campaign",
    "editionpage": "edition",
    "projectpage": "project",
    "resourcepage": "resource",
}


@dataclass(frozen=True)
class Facets:
    """The facets of a page. `campaigns` and `topics` are translation keys in hexadecimal, sorted."""

    kind: str
    year: str = ""
    campaigns: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The facets as one string, under which `FacetSet` stores them."""
        return "|".join([self.kind, self.year, ",".join(self.campaigns), ",".join(self.topics)])

    @classmethod
    def of_key(cls, key: str) -> "Facets":
        """Return the facets that a key stands for."""
        kind, year, campaigns, topics = key.split("|")
        return cls(kind, year, *(tuple(each.split(",")) if each else () for each in (campaigns, topics)))


@lru_cache(maxsize=20_000)
def values(key: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of the name of a filter and a value, for the key of a `Facets`. Cached, since a word that is on
    most pages asks for all of them."""
    facets = Facets.of_key(key)
    return (
        ("kind", facets.kind),
        *(("year", year) for year in [facets.year] if year),
        *(("campaign", campaign) for campaign in facets.campaigns),
        *(("topic", topic) for topic in facets.topics),
    )


@dataclass(frozen=True)
class About:
    """Facets of a page, and the date by which hits are ordered."""

    facets: Facets
    date: datetime.date


def about(originals: Sequence[Page]) -> dict[UUID, About]:
    """Return the facets and the date by translation key. `originals` are the source pages, as specific instances.
    A page without a date of its own has that of its first publication, or of its last revision."""
    campaigns = _tied(originals, "campaign_ties", "campaign")
    topics = _tied(originals, "topic_ties", "topic")
    parents = _parents(page for page in originals if isinstance(page, EditionPage))
    found = {}
    for page in originals:
        kind = KINDS.get(page._meta.model_name, "page")
        own = {"campaign": [page.translation_key.hex], "edition": [parents.get(page.pk, "")]}.get(
            kind, campaigns[page.pk]
        )
        day = _date(page)
        year = str(day.year) if day and kind not in ("page", "campaign") else ""
        facets = Facets(kind, year, tuple(sorted(filter(None, own))), tuple(sorted(topics[page.pk])))
        made = page.first_published_at or page.latest_revision_created_at or timezone.now()
        found[page.translation_key] = About(facets, day or timezone.localdate(made))
    return found


def _date(page: Page) -> datetime.date | None:
    """Return the date of a page (`date`, else `starts_on`), or the last day of its year, or None if it has none of
    them."""
    day = getattr(page, "date", None) or getattr(page, "starts_on", None)
    year = getattr(page, "year", None)
    return day or (datetime.date(year, 12, 31) if year else None)


def _tied(pages: Sequence[Page], relation: str, name: str) -> dict[int, set[str]]:
    """Return by primary key of a page the translation keys, in hexadecimal, of the objects in the field `name` of
    its ties, which are in `relation`. Models of pages without this relation are skipped."""
    by_model = defaultdict(list)
    for page in pages:
        by_model[type(page)].append(page.pk)
    found: dict[int, set[str]] = defaultdict(set)
    for page_model, ids in by_model.items():
        try:
            ties = page_model._meta.get_field(relation).related_model
        except FieldDoesNotExist:
            continue
        pairs = ties.objects.filter(page__in=ids).values_list("page_id", f"{name}__translation_key")
        for page, key in pairs:
            found[page].add(key.hex)
    return found


def _parents(pages: Iterable[Page]) -> dict[int, str]:
    """Return the translation key of the parent, in hexadecimal, by the primary key of a page."""
    parents = {page.pk: page.path[: -Page.steplen] for page in pages}
    keys = dict(Page.objects.filter(path__in=set(parents.values())).values_list("path", "translation_key"))
    return {pk: keys[path].hex for pk, path in parents.items() if path in keys}


def facet_ids(wanted: Iterable[Facets]) -> dict[Facets, int]:
    """Return the primary keys of the rows of `FacetSet` by facets, creating those that are missing."""
    keys = {facets.key for facets in wanted}
    known = dict(FacetSet.objects.filter(key__in=keys).values_list("key", "pk"))
    if missing := sorted(keys - set(known)):
        FacetSet.objects.bulk_create([FacetSet(key=key) for key in missing], ignore_conflicts=True)
        known |= dict(FacetSet.objects.filter(key__in=missing).values_list("key", "pk"))
    return {Facets.of_key(key): pk for key, pk in known.items()}
