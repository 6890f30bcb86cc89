"""What is taken from readers where the name of somebody who withdrew stands in titles, addresses and credits."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from wagtail.documents import get_document_model
from wagtail.models import Page

from core.consent.names import Named
from core.consent.withdrawable import Withdrawable
from core.models.shown import ShownFile
from core.typed import Translatable


def images_named(found: Iterable[Named]) -> list[Withdrawable]:
    """Return the images whose consent is withdrawn too: they are called by the name. From the credit of others the
    name is taken out, and the image stays."""
    images = []
    for each in found:
        if each.in_credit:
            type(each.row)._base_manager.filter(pk=each.row.pk).update(credit="")
        elif each.in_title and _is_image(each.row):
            images.append(each.row)
    return images


def rows_named(found: Iterable[Named]) -> list[Translatable]:
    """Return the pages and snippets to unpublish: those that have the name, and those that show a document which
    has it, for readers find a document only where something shows it."""
    rows = []
    for each in found:
        if each.in_title and isinstance(each.row, get_document_model()):
            rows += _showing(each.row)
        elif each.in_title and not _is_image(each.row):
            rows.append(each.row)
    return list(dict.fromkeys(rows))


def _is_image(row: Translatable) -> bool:
    return isinstance(row, Withdrawable) and not hasattr(row, "live")


def _showing(document: Translatable) -> Iterator[Translatable]:
    shown = ShownFile.objects.filter(file_model=document._meta.label_lower, file_id=document.pk)
    for source_model, source_id in shown.values_list("source_model", "source_id"):
        model = apps.get_model(source_model)
        row = model._base_manager.filter(pk=source_id).first()
        if row and getattr(row, "live", False):
            yield row.specific if isinstance(row, Page) else row
