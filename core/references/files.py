"""The rows of `ShownFile`: which images and documents each page or snippet (the source) refers to.

Receivers write the rows in the transaction that writes the source. Other apps register their snippets that show
files (such as a person's photo), each with a function that returns the rows that readers see.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import Field, Model, QuerySet
from django.db.models.signals import post_delete, post_save
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from core.references.models import ShownFile
from core.references.objects import references
from core.typed import Translatable
from core.visibility import Viewpoint

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument
    from wagtail.images.models import AbstractImage

SeenByReaders = Callable[[Viewpoint], QuerySet[Any]]
"""Returns the rows of a snippet that readers see from a viewpoint. The condition must be decidable for each row
separately, as in `core.visibility.visible_rows`."""

AT_ONCE = 500

_snippets: dict[type[Translatable], SeenByReaders] = {}


def register_snippet(model: type[Translatable], seen_by_readers: SeenByReaders) -> None:
    """Let readers see the files to which a row of `model` refers if `seen_by_readers` returns the row."""
    _snippets[model] = seen_by_readers


def registered_snippets() -> dict[type[Translatable], SeenByReaders]:
    """Return the registered snippets with their functions."""
    return dict(_snippets)


def file_models() -> "tuple[type[AbstractImage], type[AbstractDocument]]":
    """Return the models of images and documents."""
    return get_image_model(), get_document_model()


def label(model: type[Model]) -> str:
    """Return the label of a model as it is stored in `ShownFile`, such as "core.siteimage"."""
    return model._meta.label_lower


def source_label(source: Translatable) -> str:
    """Return the label of a source as it is stored in `ShownFile`.

    Pages of every type have the label of `Page`.
    """
    return label(Page) if isinstance(source, Page) else label(type(source))


def files_of(source: Translatable) -> set[tuple[str, int]]:
    """Return label and primary key of each image and document to which `source` refers in its state in memory."""
    known = file_models()
    return {
        (label(reference.model), int(reference.pk)) for reference in references(source) if reference.model in known
    }


def images_of(source: Translatable) -> set[int]:
    """Return the primary keys of the images to which a stored source refers. Those of pages are in `ShownFile`."""
    files = rows_of(source).values_list("file_model", "file_id") if isinstance(source, Page) else files_of(source)
    return {pk for model, pk in files if model == label(get_image_model())}


def rows_of(source: Translatable) -> QuerySet[Any]:
    """Return the rows of `ShownFile` of a source."""
    return ShownFile.objects.filter(source_model=source_label(source), source_id=source.pk)


def differences(source: Translatable) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """Return the files whose row for this source is missing in `ShownFile`, and those whose row is superfluous,
    each as a set of label and primary key."""
    wanted, stored = files_of(source), set(rows_of(source).values_list("file_model", "file_id"))
    return wanted - stored, stored - wanted


@transaction.atomic
def write_rows(source: Translatable) -> None:
    """Add the missing rows of `source` to `ShownFile` and delete the superfluous ones, by its state in memory."""
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
    """Yield every stored page and registered snippet that may show a file; pages as instances of their specific
    type."""
    for model in apps.get_models():
        if model in _snippets or (issubclass(model, Page) and refers_to_files(model)):
            rows: QuerySet[Any] = model._base_manager.order_by("pk")
            yield from rows.iterator(chunk_size=AT_ONCE)


@cache
def refers_to_files(model: type[Model]) -> bool:
    """Return whether rows of `model` or of its child models can refer to an image or a document."""
    children = (relation.related_model for relation in getattr(model._meta, "child_relations", ()))
    return bool(file_fields(model)) or any(refers_to_files(child) for child in children)


@cache
def file_fields(model: type[Model]) -> frozenset[str]:
    """Return the names of the fields that can refer to an image or a document, streams and rich text included."""
    return frozenset(field.name for field in model._meta.concrete_fields if _may_refer(field))


def _may_refer(field: "Field[Any, Any]") -> bool:
    return field.related_model in file_models() or hasattr(field, "extract_references")


@cache
def parent_fields(model: type[Model]) -> tuple[ParentalKey, ...]:
    """Return the fields by which rows of a child model refer to their parent."""
    return tuple(field for field in model._meta.concrete_fields if isinstance(field, ParentalKey))


def _shows_files(model: type[Model]) -> bool:
    """Return whether rows of `model` are sources with rows in `ShownFile`."""
    return model in _snippets or (issubclass(model, Page) and model is not Page and refers_to_files(model))


def source_saved(
    instance: Translatable, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Receiver: write the rows of the saved page or snippet, or of the parent of a saved child row. Do nothing if
    `update_fields` names no field that can refer to a file."""
    model = type(instance)
    if raw or (update_fields is not None and not file_fields(model) & set(update_fields)):
        return
    if _shows_files(model):
        write_rows(instance)
    elif file_fields(model):
        parent_changed(instance)


def parent_changed(child: Translatable) -> None:
    """Write the rows of the parent of a child row, as stored: the parent in memory may have unsaved changes."""
    for field in parent_fields(type(child)):
        if _shows_files(field.related_model):
            parent = field.related_model._base_manager.filter(pk=getattr(child, field.attname)).first()
            if parent is not None:
                write_rows(parent)


def row_deleted(instance: Translatable, **kwargs: Any) -> None:
    """Receiver: delete the rows of a deleted file, page or snippet, or update those of a child row's parent."""
    model = type(instance)
    if model is Page or model in _snippets:
        rows_of(instance).delete()
    elif model in file_models():
        ShownFile.objects.filter(file_model=label(model), file_id=instance.pk).delete()
    elif file_fields(model) and not issubclass(model, Page):
        parent_changed(instance)


def connect() -> None:
    """Connect the receivers for saved and deleted rows, for all models."""
    post_save.connect(source_saved, dispatch_uid="shown_files_source_saved")
    post_delete.connect(row_deleted, dispatch_uid="shown_files_row_deleted")
