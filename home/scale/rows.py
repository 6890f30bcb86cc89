"""Inserting pages and snippets in bulk, with the references to other objects that saving each of them would
write."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, ReferenceIndex

from core.internals.django import insert_own_columns
from core.internals.wagtail_models import next_child_paths, unsaved_references
from core.models import ShownFile
from core.references.files import file_models, label, source_label
from core.typed import Translatable

AnyPage = TypeVar("AnyPage", bound=Page)
AT_ONCE = 500


def insert_pages(parent: Page, pages: Sequence[AnyPage]) -> Sequence[AnyPage]:
    """Insert pages of one model below `parent`, after its other children, and return them with their primary
    keys. They need a title and their own fields; without a slug they get one of kind and number."""
    kind = ContentType.objects.get_for_model(type(pages[0]))
    for number, (page, path) in enumerate(zip(pages, next_child_paths(parent, len(pages)), strict=True)):
        page.path, page.depth = path, parent.depth + 1
        page.locale_id, page.content_type = parent.locale_id, kind
        page.slug = page.slug or f"{kind.model}-{parent.numchild + 1 + number}"
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title = page.title
    # Django makes no rows of two tables at once: those of the page first.
    made = Page.objects.bulk_create([_as_page(page) for page in pages], batch_size=AT_ONCE)
    for page, row in zip(pages, made, strict=True):
        page.page_ptr_id = page.pk = row.pk
    insert_own_columns(pages)
    parent.numchild += len(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild)
    return pages


def _as_page(page: Page) -> Page:
    return Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields})


def without_children(model: type[Translatable]) -> dict[str, list[Any]]:
    """Return the child relations of a model, all empty: given to its constructor, they are in memory, and nothing
    asks the database for them."""
    return {relation.get_accessor_name(): [] for relation in get_all_child_relations(model)}


def insert_children(owners: Sequence[Translatable]) -> None:
    """Insert the child rows of these objects of one model, all of which are in memory, in their order."""
    for relation in get_all_child_relations(type(owners[0])):
        rows = []
        for owner in owners:
            for place, row in enumerate(getattr(owner, relation.get_accessor_name()).all()):
                row.sort_order = place
                rows.append(row)
        relation.related_model._base_manager.bulk_create(rows, batch_size=AT_ONCE)


def index_references(sources: Iterable[Translatable]) -> None:
    """Insert the rows of Wagtail's reference index and of `ShownFile` for saved objects that have none, by their
    state in memory, child rows included."""
    files = {ContentType.objects.get_for_model(model).pk: label(model) for model in file_models()}
    found: list[ReferenceIndex] = []
    shown: dict[tuple[str, str, str, int], ShownFile] = {}
    for source in sources:
        rows = unsaved_references(source)
        found += rows
        for row in rows:
            if file := files.get(row.to_content_type_id):
                place = (file, row.to_object_id, source_label(source), source.pk)
                shown[place] = ShownFile(
                    file_model=file, file_id=int(row.to_object_id), source_model=place[2], source_id=source.pk
                )
    ReferenceIndex.objects.bulk_create(found, batch_size=AT_ONCE)
    ShownFile.objects.bulk_create(shown.values(), batch_size=AT_ONCE)
