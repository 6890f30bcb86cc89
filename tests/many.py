"""Many pages and pieces at once. The tree's own way takes a tenth of a second for each page; what
listens to things being saved hears nothing of these, but for the table of lists."""

import datetime
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page

from campaigns.listings.writing import refresh
from campaigns.models import NewsCampaign, NewsPage, NewsPartner, NewsPlace, NewsTopic
from home.scale import rows
from tests.factories import SnippetFactory

TIES: dict[str, Any] = {
    "campaign": NewsCampaign,
    "topic": NewsTopic,
    "place": NewsPlace,
    "organisation": NewsPartner,
}
AnyPage = TypeVar("AnyPage", bound=Page)


def insert_stories(parent: Page, count: int, ties: dict[str, Model], **values) -> Sequence[NewsPage]:
    """`ties`: what each of them is tied to, by the name of the tie's field."""
    given = {"date": datetime.date(2024, 8, 16), "summary": "What happened, in a sentence.", **values}
    pages = insert_pages(parent, [NewsPage(title=f"Story {n}", **given) for n in range(count)])
    for name, target in ties.items():
        TIES[name].objects.bulk_create([TIES[name](page=page, **{name: target}) for page in pages])
    refresh({page.translation_key for page in pages})
    return pages


def insert_pieces(
    factory: type[SnippetFactory[Any]], count: int, campaign: Page | None = None, **values
) -> Sequence[Model]:
    model = factory._meta.model
    rows = model.objects.bulk_create([factory.build(**values) for _n in range(count)])
    if campaign:
        relation = model.campaign_ties.rel
        ties = [relation.related_model(**{relation.field.name: row}, campaign=campaign) for row in rows]
        relation.related_model.objects.bulk_create(ties)
    refresh({row.translation_key for row in rows})
    return rows


def insert_pages(parent: Page, pages: Sequence[AnyPage]) -> Sequence[AnyPage]:
    """Live pages of one model, with what is theirs alone: title, fields, and a slug where it matters."""
    for page in pages:
        page.first_published_at = timezone.now()
    return rows.insert_pages(parent, pages)
