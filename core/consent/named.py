"""The objects to withdraw or unpublish because the name of a person who withdrew is in their title, URL or
credit."""

from collections.abc import Iterable, Iterator
from typing import TypeGuard

from django.apps import apps
from wagtail.documents import get_document_model
from wagtail.models import Page

from core.consent.names import Named
from core.consent.withdrawable import Withdrawable
from core.references.models import ShownFile
from core.typed import Translatable


def images_named(found: Iterable[Named]) -> list[Withdrawable]:
    """Return the images of `found` to withdraw too, which have the name in their title or alternative text. Where
    only the credit of an image has the name, empty the credit in the database and leave the image out."""
    images: list[Withdrawable] = []
    for each in found:
        if each.in_credit:
            type(each.row)._base_manager.filter(pk=each.row.pk).update(credit="")
        elif each.in_title and _is_image(each.row):
            images.append(each.row)
    return images


def rows_named(found: Iterable[Named]) -> list[Translatable]:
    """Return the pages and snippets to unpublish, each once: those with the name in a live title or slug, and the
    live ones that show a document with the name in its title, because readers reach documents only through
    them."""
    rows: list[Translatable] = []
    for each in found:
        if each.in_title and isinstance(each.row, get_document_model()):
            rows += _showing(each.row)
        elif each.in_title and not _is_image(each.row):
            rows.append(each.row)
    return list(dict.fromkeys(rows))


def _is_image(row: Translatable) -> TypeGuard[Withdrawable]:
    return isinstance(row, Withdrawable) and not hasattr(row, "live")


def _showing(document: Translatable) -> Iterator[Translatable]:
    """Yield the live pages and snippets that show a document."""
    shown = ShownFile.objects.filter(file_model=document._meta.label_lower, file_id=document.pk)
    for source_model, source_id in shown.values_list("source_model", "source_id"):
        model = apps.get_model(source_model)
        row = model._base_manager.filter(pk=source_id).first()
        if row and getattr(row, "live", False):
            yield row.specific if isinstance(row, Page) else row
