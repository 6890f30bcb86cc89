"""The years of a campaign: which is the current one, and from when to when each lasts."""

import datetime
from collections.abc import Collection
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left, Length
from django.http import HttpRequest
from django.utils import timezone
from treebeard.mp_tree import MP_Node

from campaigns.cards import EditionCard
from campaigns.models import CampaignPage, EditionPage
from campaigns.querysets import Period
from core.languages.cldr import comma
from core.languages.site_languages import LocaleCodes
from core.typed import Translatable
from core.visibility import best_by_key, for_reader, private_keys, public_pages


def editions_of(
    campaigns: Collection[UUID], code: str, request: HttpRequest | None = None
) -> dict[UUID, list[Translatable]]:
    """Per campaign its editions in the best language of each, the newest first (one query)."""
    editions = EditionPage.objects.annotate(parent_path=Left("path", Length("path") - MP_Node.steplen))
    parent = CampaignPage.objects.filter(path=OuterRef("parent_path")).order_by()
    rows = editions.annotate(campaign_key=Subquery(parent.values("translation_key")[:1]))
    rows = public_pages(rows.filter(campaign_key__in=campaigns).order_by("path"), private_keys(request))
    rows = for_reader(rows, code)
    found = {key: [] for key in campaigns}
    rows = list(rows)
    # As with stories the original's date decides, or an edition would begin twice.
    starts = {row.translation_key: row.starts_on for row in sorted(rows, key=lambda row: -row.pk)}
    for edition in best_by_key(rows, code).values():
        edition.starts_on = starts[edition.translation_key]
        found[edition.campaign_key].append(edition)
    return {key: sorted(of_key, key=started, reverse=True) for key, of_key in found.items()}


def full_name(campaign: str, edition: str, code: str) -> str:
    """Of two titles: the edition's as it stands over its page, which mostly names the campaign as well."""
    return edition if campaign in edition else f"{campaign}{comma(code)} {edition}"


def started(edition: Translatable) -> tuple[datetime.date, int]:
    return (edition.starts_on, edition.year)


def current_edition(editions: list[Translatable], today: datetime.date | None = None) -> Translatable | None:
    """Of editions sorted newest first: the latest that has started, else the newest there is."""
    day = today or timezone.localdate()
    return next((edition for edition in editions if edition.starts_on <= day), editions[0] if editions else None)


def period_of(edition: Translatable, editions: list[Translatable]) -> Period:
    """Of two that start on one day the later year has the stories."""
    later = [other.starts_on for other in editions if started(other) > started(edition)]
    return Period(edition.starts_on, min(later, default=None))


def edition_cards(editions: list[Translatable], request: HttpRequest | None) -> tuple[EditionCard, ...]:
    current = current_edition(editions)
    return tuple(
        EditionCard(
            code=LocaleCodes.code(edition.locale_id),
            title=edition.title,
            year=edition.year,
            global_theme=edition.global_theme,
            local_theme=edition.local_theme,
            url=edition.get_url(request),
            is_current=edition == current,
        )
        for edition in editions
    )
