"""System checks on StreamField blocks and on snippets with files. Each block must have an icon, a label, a
description, a preview and a template, each of its fields a label, and each StreamField must use
`core.blocks.StreamBlock`."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import Error
from django.db.models import Model
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

from core.blocks import StreamBlock
from core.internals.wagtail_models import default_icon
from core.publishing.gate import PublishGate
from core.references.files import file_models, registered_snippets

OURS = {"core", "campaigns", "home", "search", "translation"}


def check_blocks(app_configs: Iterable[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    """Return the errors in the StreamFields of this project's apps (core.E001 to core.E007), by default of all of
    them. An error in a block of several streams is returned once."""
    found: dict[str, Error] = {}
    for config in app_configs or apps.get_app_configs():
        if config.label not in OURS:
            continue
        for model in config.get_models():
            for field in model._meta.get_fields():
                if isinstance(field, StreamField):
                    for error in field_of_stream_errors(field, f"{model._meta.label}.{field.name}"):
                        # Streams share blocks, so report each error only once.
                        found.setdefault(error.msg, error)
    return list(found.values())


def field_of_stream_errors(field: StreamField, where: str) -> Iterator[Error]:
    """Yield the errors of a StreamField and its blocks; `where` is its path for the messages."""
    if not isinstance(field.stream_block, StreamBlock):
        yield Error(f"{where} does not begin with core.blocks.StreamBlock.", obj=where, id="core.E007")
    yield from stream_errors(field.stream_block, where)


def stream_errors(stream: blocks.BaseStreamBlock, where: str) -> Iterator[Error]:
    """Yield the errors of the blocks of a stream and of their fields; `where` is the stream's path for the
    messages."""
    for name, block in stream.child_blocks.items():
        path = f"{where}.{name}"
        for number, lack in enumerate(lacks(block), start=1):
            if lack:
                yield Error(f"{block_name(block)} {lack}.", obj=path, id=f"core.E00{number}")
        yield from field_errors(block, path)


def lacks(block: blocks.Block) -> list[str]:
    """Return a message for each requirement on a block, in the order of the error numbers (icon, label,
    description, preview, template); "" for each that it meets."""
    meta = block.meta
    return [
        "" if meta.icon and meta.icon != default_icon() else "has no icon of its own",
        "" if meta.label else "has no label",
        "" if getattr(meta, "description", None) else "has no description",
        "" if hasattr(meta, "preview_value") else "has no preview_value",
        template_lack(getattr(meta, "template", None)),
    ]


def template_lack(name: str | None) -> str:
    """Return what is wrong with the template of this name: none, missing or with a syntax error; "" if nothing
    is."""
    if not name:
        return "has no template"
    try:
        get_template(name)
    except TemplateDoesNotExist as error:
        return f"has a template that does not exist: {error}"
    except TemplateSyntaxError as error:
        return f"has a template that cannot be read: {error}"
    return ""


def field_errors(block: blocks.Block, where: str) -> Iterator[Error]:
    """Yield the errors of the fields of a block at any depth: those without a label, and those of streams in
    it."""
    if isinstance(block, blocks.BaseStreamBlock):
        yield from stream_errors(block, where)
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            if not child.meta.label:
                yield Error(f"{name} in {block_name(block)} has no label.", obj=f"{where}.{name}", id="core.E006")
            yield from field_errors(child, f"{where}.{name}")
    elif isinstance(block, blocks.ListBlock):
        yield from field_errors(block.child_block, where)


def block_name(block: blocks.Block) -> str:
    return type(block).__name__


def check_sources(app_configs: Iterable[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    """Return an error (core.E008) for each snippet model with an image or document that is not registered with
    `core.references.files.register_snippet`: readers would never see its files."""
    return [error for model in apps.get_models() for error in source_errors(model)]


def source_errors(model: type[Model]) -> list[Error]:
    """Return the errors of one model: one if it is a translatable snippet with an image or document and not
    registered, else none."""
    has_file = any(field.related_model in file_models() for field in model._meta.concrete_fields)
    if issubclass(model, Page) or not issubclass(model, PublishGate) or not has_file:
        return []
    if model in registered_snippets():
        return []
    hint = "Register it in the app's ready(): core.references.files.register_snippet."
    return [Error("has files but does not say when readers see them.", hint=hint, obj=model, id="core.E008")]
