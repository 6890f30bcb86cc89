"""The objects that an object refers to, read from the object itself instead of the reference index, so that
unsaved forms and revisions can be checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.fields import StreamField

from core.internals.wagtail_models import extracted_references


@dataclass(frozen=True)
class Reference:
    """A reference to the object of `model` with the primary key `pk`, with its place in the object that refers to
    it: `field` and `block_path` as in `Finding`, `where` in words."""

    model: type[Any]
    pk: str
    where: str
    field: str
    block_path: tuple[str, ...] = ()


def references(subject: models.Model) -> Iterator[Reference]:
    """Yield the references of an object, saved or not, to others, as Wagtail's reference index finds them. Give
    ids to blocks that have none yet."""
    _give_ids_to_blocks(subject)
    found = extracted_references(subject)
    for content_type_id, pk, model_path, content_path in found:
        name, *path = content_path.split(".")
        field = _field(subject, name)
        in_stream = isinstance(field, StreamField)
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        # The content type is that of a field's related model, which is installed.
        assert model is not None
        yield Reference(
            model=model,
            pk=pk,
            where=_where(field, model_path) if field else "",
            field=name,
            block_path=tuple(path) if in_stream else (),
        )


def _give_ids_to_blocks(subject: models.Model) -> None:
    """Give ids to the blocks that a form has just created, which get one only when stored; paths consist of
    ids."""
    for field in subject._meta.get_fields():
        if isinstance(field, StreamField):
            field.get_prep_value(getattr(subject, field.name))


def _field(subject: models.Model, name: str) -> "models.Field[Any, Any] | None":
    """Return the field with that name; None for a reverse relation."""
    try:
        field = subject._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _where(field: "models.Field[Any, Any]", model_path: str) -> str:
    """Return the label of a field and, for a stream, of the top-level block that `model_path` names: “Body ›
    Image”."""
    if not isinstance(field, StreamField):
        return str(field.verbose_name)
    block = field.stream_block.child_blocks[model_path.split(".")[1]]
    return f"{field.verbose_name} › {block.label}"
