"""What an object points at, read from the object itself: a form or a revision is judged before it is saved."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import ReferenceIndex

from core.typed import Translatable


@dataclass(frozen=True)
class Reference:
    model: type[Translatable]
    pk: str
    where: str
    field: str
    block_path: tuple[str, ...] = ()


def references(subject: Translatable) -> Iterator[Reference]:
    _give_ids_to_blocks(subject)
    found = ReferenceIndex._extract_references_from_object(subject)
    for content_type_id, pk, model_path, content_path in found:
        name, *path = content_path.split(".")
        field = _field(subject, name)
        in_stream = isinstance(field, StreamField)
        yield Reference(
            model=ContentType.objects.get_for_id(content_type_id).model_class(),
            pk=pk,
            where=_where(field, model_path) if field else "",
            field=name,
            block_path=tuple(path) if in_stream else (),
        )


def _give_ids_to_blocks(subject: Translatable) -> None:
    """A block that a form has just made gets its id when it is stored, and nothing could name it before."""
    for field in subject._meta.get_fields():
        if isinstance(field, StreamField):
            field.get_prep_value(getattr(subject, field.name))


def _field(subject: Translatable, name: str) -> models.Field | None:
    """None for a relation that ends at the subject: its rows name themselves."""
    try:
        field = subject._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _where(field: models.Field, model_path: str) -> str:
    if not isinstance(field, StreamField):
        return str(field.verbose_name)
    block = field.stream_block.child_blocks[model_path.split(".")[1]]
    return f"{field.verbose_name} › {block.label}"
