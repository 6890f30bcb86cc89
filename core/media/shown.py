"""Which stored images and documents a page or a snippet refers to: the rows of `core.models.ShownFile`.

They are written by receivers, in the transaction that writes what shows the file. Apps above this one register the
snippets that show files of their own (a person's photo), each with the rule for which of them readers see.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Field, QuerySet
from django.db.models.signals import post_delete, post_save
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from core.models.shown import ShownFile
from core.publishing.references import references
from core.typed import Translatable
from core.visibility import Viewpoint

SeenByReaders = Callable[[Viewpoint], QuerySet[Any]]
"""Returns the rows of the snippet that are seen from there, decided for each row by itself
(`core.visibility.visible_rows`)."""

AT_ONCE = 500

_snippets: dict[type[Translatable], SeenByReaders] = {}


def register_snippet(model: type[Translatable], seen_by_readers: SeenByReaders) -> None:
    """Have the files that rows of `model` refer to shown to readers where `seen_by_readers` finds the row."""
    _snippets[model] = seen_by_readers


def registered_snippets() -> dict[type[Translatable], SeenByReaders]:
    return dict(_snippets)


def file_models() -> tuple[type[Translatable], type[Translatable]]:
    return get_image_model(), get_document_model()


def label(model: type[Translatable]) -> str:
    return model._meta.label_lower


def source_label(source: Translatable) -> str:
    """Pages of every type stand in one table and under one label."""
    return label(Page) if isinstance(source, Page) else label(type(source))


def files_of(source: Translatable) -> set[tuple[str, int]]:
    """Return label and key of each image and document that `source` refers to, as it is in memory."""
    known = file_models()
    return {
        (label(reference.model), int(reference.pk)) for reference in references(source) if reference.model in known
    }


def rows_of(source: Translatable) -> QuerySet[Any]:
    return ShownFile.objects.filter(source_model=source_label(source), source_id=source.pk)


def differences(source: Translatable) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """Return the files for which `source` has no row yet, and those for which it has one too many."""
    wanted, stored = files_of(source), set(rows_of(source).values_list("file_model", "file_id"))
    return wanted - stored, stored - wanted


@transaction.atomic
def write_rows(source: Translatable) -> None:
    """Make the rows of `source` what it refers to."""
    missing, superfluous = differences(source)
    for file_model, pk in superfluous:
        rows_of(source).filter(file_model=file_model, file_id=pk).delete()
    ShownFile.objects.bulk_create(
        [
            ShownFile(file_model=file_model, file_id=pk, source_model=source_label(source), source_id=source.pk)
            for file_model, pk in sorted(missing)
        ],
        ignore_conflicts=True,
    )


def sources() -> Iterator[Translatable]:
    """Everything stored that may show a file, each page as its own type."""
    for model in apps.get_models():
        if model in _snippets or (issubclass(model, Page) and refers_to_files(model)):
            yield from model._base_manager.order_by("pk").iterator(chunk_size=AT_ONCE)


@cache
def refers_to_files(model: type[Translatable]) -> bool:
    """Return whether rows of `model` or of its child models can refer to an image or a document."""
    children = (relation.related_model for relation in getattr(model._meta, "child_relations", ()))
    return bool(file_fields(model)) or any(refers_to_files(child) for child in children)


@cache
def file_fields(model: type[Translatable]) -> frozenset[str]:
    """Return the names of the fields that can refer to an image or a document, streams and rich text included."""
    return frozenset(field.name for field in model._meta.concrete_fields if _may_refer(field))


def _may_refer(field: Field) -> bool:
    return field.related_model in file_models() or hasattr(field, "extract_references")


@cache
def parent_fields(model: type[Translatable]) -> tuple[ParentalKey, ...]:
    return tuple(field for field in model._meta.concrete_fields if isinstance(field, ParentalKey))


def _shows_files(model: type[Translatable]) -> bool:
    return model in _snippets or (issubclass(model, Page) and model is not Page and refers_to_files(model))


def source_saved(
    instance: Translatable, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Receiver: write the rows of a page or snippet, or of the one that a child row belongs to."""
    model = type(instance)
    if raw or (update_fields is not None and not file_fields(model) & set(update_fields)):
        return
    if _shows_files(model):
        write_rows(instance)
    elif file_fields(model):
        parent_changed(instance)


def parent_changed(child: Translatable) -> None:
    """The stored parent is read: the one in memory may hold changes that are not saved."""
    for field in parent_fields(type(child)):
        if _shows_files(field.related_model):
            parent = field.related_model._base_manager.filter(pk=getattr(child, field.attname)).first()
            if parent is not None:
                write_rows(parent)


def row_deleted(instance: Translatable, **kwargs: Any) -> None:
    """Receiver: remove the rows of a file, page or snippet that is gone."""
    model = type(instance)
    if model is Page or model in _snippets:
        rows_of(instance).delete()
    elif model in file_models():
        ShownFile.objects.filter(file_model=label(model), file_id=instance.pk).delete()
    elif file_fields(model) and not issubclass(model, Page):
        parent_changed(instance)


def connect() -> None:
    post_save.connect(source_saved, dispatch_uid="shown_files_source_saved")
    post_delete.connect(row_deleted, dispatch_uid="shown_files_row_deleted")
