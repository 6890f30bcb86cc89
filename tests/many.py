"""Many pages and pieces at once. The tree's own way takes a tenth of a second for each page; what
listens to things being saved hears nothing of these."""

import datetime
from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page

from campaigns.models import NewsCampaign, NewsPage, NewsPartner, NewsPlace, NewsTopic
from tests.factories import SnippetFactory

AT_ONCE = 500
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
    return rows


def insert_pages(parent: Page, pages: Sequence[AnyPage]) -> Sequence[AnyPage]:
    """Live pages of one model, with what is theirs alone: title, fields, and a slug where it matters. No child of
    the parent may have been moved away from it."""
    kind = ContentType.objects.get_for_model(type(pages[0]))
    for number, page in enumerate(pages, parent.numchild + 1):
        page.path = Page._get_path(parent.path, parent.depth + 1, number)
        page.depth = parent.depth + 1
        page.locale = parent.locale
        page.slug = page.slug or f"{kind.model}-{number}"
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.content_type, page.draft_title, page.first_published_at = kind, page.title, timezone.now()
    # Django makes no rows of two tables at once: those of the page first.
    Page.objects.bulk_create([_as_page(page) for page in pages])
    ids = dict(Page.objects.filter(path__in=[page.path for page in pages]).values_list("path", "pk"))
    for page in pages:
        page.page_ptr_id = page.pk = ids[page.path]
    for start in range(0, len(pages), AT_ONCE):
        _insert(pages[start : start + AT_ONCE])
    parent.numchild += len(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild)
    return pages


def _as_page(page: Page) -> Page:
    return Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields})


def _insert(pages: Sequence[Page]) -> None:
    meta = pages[0]._meta
    columns = ", ".join(connection.ops.quote_name(field.column) for field in meta.local_concrete_fields)
    row = f"({', '.join(['%s'] * len(meta.local_concrete_fields))})"
    values = [
        field.get_db_prep_save(getattr(page, field.attname), connection)
        for page in pages
        for field in meta.local_concrete_fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {meta.db_table} ({columns}) VALUES {', '.join([row] * len(pages))}", values)
