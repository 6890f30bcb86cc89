"""Receivers that stamp the tags of changed rows.

Which tags a change stamps depends on the fields that it changes. Texts stamp the row: what shows it has loaded it.
A field by which rows are chosen or sorted (a foreign key, a date, whether it is live) stamps the table as well,
for what has not loaded the row but would show it now. What is a draft and stays one stamps nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.db.models import Model
from django.db.models.signals import post_init, post_save, pre_delete, pre_save
from modelcluster.fields import ParentalKey
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from core.child_rows import children_read, names_in_memory
from core.stamps import tags
from core.stamps.collecting import LISTED, row_loaded
from core.stamps.stamping import stamp

DRAFTS = {
    "draft_title", "go_live_at", "has_unpublished_changes", "latest_revision", "latest_revision_created_at",
    "live_revision", "locked", "locked_at", "locked_by", "numchild", "owner", "wagtail_admin_comments",
}  # fmt: skip
"""Fields that readers see nothing of."""
DATED = {"first_published_at", "last_published_at", "content_key", "address_typed", "url_path", "path", "depth"}
"""Fields that change with others; moves and new slugs are noticed by the others."""
SHOWN = {"live", "expire_at"}
"""Fields that decide whether readers see a row."""
_BEFORE, _CHILDREN = "_before_save", "_children_before_save"

Before = dict[str, Any]
Also = Callable[[Any], Iterable[str]]
Placed = Callable[[Any], object]

_also: dict[type[Model], Also] = {}
_placed: dict[type[Model], Placed] = {}
_watched: set[type[Model]] = set()


def watch(
    *watched: type[Model],
    everything: bool = False,
    listed: bool = False,
    also: Also | None = None,
    placed: Placed | None = None,
) -> None:
    """Stamp the tags of the rows of these models when they change, and note the rows where they are loaded.

    `everything`: each change stamps everything, for what stands on all pages or decides who may see them.
    `listed`: rows are found by other tags than that of the table. `also` returns further tags of a row to
    stamp. `placed` is called with a row that was made, or of which a field has changed by which rows are chosen or
    sorted, also if readers do not see it."""
    for model in watched:
        if listed or everything:
            LISTED.add(model._meta.db_table)
        if also:
            _also[model] = also
        if placed:
            _placed[model] = placed
        name = f"stamps_{model._meta.label}"
        _watched.add(model)
        post_init.connect(row_loaded, sender=model, dispatch_uid=name)
        pre_save.connect(remember, sender=model, dispatch_uid=name)
        post_save.connect(changed_everything if everything else row_saved, sender=model, dispatch_uid=name)
        pre_delete.connect(changed_everything if everything else row_going, sender=model, dispatch_uid=name)


def watched_tables() -> set[str]:
    """Return the tables of the models whose changes are noticed."""
    return {model._meta.db_table for model in _watched}


def changed_everything(instance: Model, **kwargs: Any) -> None:
    """Receiver: stamp everything, as a removal."""
    stamp([tags.EVERYTHING], removal=True)


def remember(
    instance: Model, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Receiver of `pre_save`: keep the stored values of the row, to compare them (one query)."""
    if raw or instance._state.adding or saves_draft(update_fields):
        return
    stored = _child_before(instance) or type(instance)._base_manager.filter(pk=instance.pk).values().first()
    instance.__dict__[_BEFORE] = stored or {}


def saves_draft(update_fields: Iterable[str] | None) -> bool:
    """Return whether a save with these `update_fields` writes nothing that readers see."""
    return update_fields is not None and not set(update_fields) - DRAFTS


def is_draft(instance: Model) -> bool:
    """Return whether readers have never seen the object."""
    return not (getattr(instance, "live", True) or getattr(instance, "first_published_at", None))


@contextmanager
def children_together(owner: Any, update_fields: Iterable[str] | None) -> Iterator[None]:
    """While an object is saved with its child rows, read the stored rows together."""
    children = owner.__dict__[_CHILDREN] = {}
    names = [] if owner._state.adding else names_in_memory(owner)
    names = [name for name in names if update_fields is None or name in update_fields]
    try:
        with children_read(owner, names):
            for name in names if len(names) > 1 else []:
                stored = getattr(owner, name).get_live_queryset()
                children[stored.model] = {row.pk: _values(row) for row in stored}
            yield
    finally:
        owner.__dict__.pop(_CHILDREN, None)


def _values(row: Model) -> Before:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def is_unchanged_child(instance: Model) -> bool:
    """Return whether a child row is saved with its owner and is stored as it is."""
    stored = _siblings(instance).get(instance.pk)
    fields = instance._meta.concrete_fields
    return stored is not None and not any(_differs(field, instance, stored) for field in fields)


def _child_before(instance: Model) -> Before | None:
    """Return the stored values of a child row, once, if it is saved with its owner."""
    return _siblings(instance).pop(instance.pk, None)


def _siblings(instance: Model) -> dict[Any, Before]:
    """Return the stored values of a child row and its siblings by primary key, if it is saved with its owner."""
    model = type(instance)
    for field in instance._meta.concrete_fields:
        if not isinstance(field, ParentalKey) or not field.is_cached(instance):
            continue
        children = getattr(instance, field.name).__dict__.get(_CHILDREN)
        if children is None:
            continue
        if model not in children:
            rows = model._base_manager.filter(**{field.attname: getattr(instance, field.attname)})
            children[model] = {row[model._meta.pk.attname]: row for row in rows.order_by().values()}
        found: dict[Any, Before] = children[model]
        return found
    return {}


def row_saved(
    instance: Model,
    created: bool = False,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Receiver: stamp what has changed of a row."""
    if raw:
        return
    before: Before | None = instance.__dict__.pop(_BEFORE, None)
    if before is None and not created:
        return
    changed = changed_fields(instance, before or {}, update_fields)
    if type(instance) in _placed and (created or is_placed_anew(instance, before or {}, changed)):
        _placed[type(instance)](instance)
    unseen = is_unseen(instance, before)
    if isinstance(instance, Page) and before and before["url_path"] != instance.url_path:
        # The addresses of all pages below have changed with it.
        if instance.numchild or not unseen:
            stamp([tags.EVERYTHING], removal=True)
        return
    if unseen or not changed:
        return
    found = tags_of_change(instance, changed)
    stamp(found, removal=any(is_placing(field) for field in changed) and not created)


def row_going(instance: Model, **kwargs: Any) -> None:
    """Receiver of `pre_delete`: stamp a row and the choice of its table."""
    if not is_draft(_owner(instance) or instance):
        stamp(tags_of_change(instance, instance._meta.concrete_fields), removal=True)


def is_unseen(instance: Model, before: Before | None) -> bool:
    """Return whether the row was not shown before and is not shown now."""
    owner = _owner(instance)
    if owner is not None:
        return is_draft(owner)
    return not getattr(instance, "live", True) and not (before or {}).get("live")


def changed_fields(
    instance: Model, before: Before, update_fields: Iterable[str] | None = None
) -> list[models.Field[Any, Any]]:
    """Return the fields whose value differs from the stored one, without those of drafts; all fields of a new row.
    `update_fields` are the only ones that were saved, if given."""
    saved = None if update_fields is None else set(update_fields)
    fields = [
        field
        for field in instance._meta.concrete_fields
        if field.name not in DRAFTS | DATED
        and field.attname in instance.__dict__
        and (saved is None or saved & {field.name, field.attname})
    ]
    return [field for field in fields if not before or _differs(field, instance, before)]


def _differs(field: models.Field[Any, Any], instance: Model, before: Before) -> bool:
    """Return whether a field has another value than before. A stream counts as changed: comparing would take
    longer than rendering."""
    if isinstance(field, StreamField):
        return True
    return field.get_prep_value(getattr(instance, field.attname)) != field.get_prep_value(before[field.attname])


def is_placing(field: models.Field[Any, Any]) -> bool:
    """Return whether rows are chosen or sorted by a field: not by texts and files."""
    if isinstance(field, models.SlugField) or field.choices:
        return True
    if field.related_model and issubclass(field.related_model, (AbstractImage, AbstractDocument)):
        return False
    return not isinstance(
        field, (models.CharField, models.TextField, models.FileField, models.JSONField, StreamField)
    )


def is_placed_anew(instance: Model, before: Before, changed: Iterable[models.Field[Any, Any]]) -> bool:
    """Return whether a field has changed by which rows are chosen or sorted."""
    first = "first_published_at"
    return any(is_placing(field) for field in changed) or getattr(instance, first, None) != before.get(first)


def tags_of_change(instance: Model, changed: Iterable[models.Field[Any, Any]]) -> set[str]:
    """Return the tags to stamp if these fields of a row have changed."""
    changed = list(changed)
    placing = any(is_placing(field) for field in changed)
    # Scheduled publishing and moves save instances of the base class.
    model = (instance.specific_class or type(instance)) if isinstance(instance, Page) else type(instance)
    found = set(_also[model](instance)) if model in _also else set()
    if placing and model._meta.db_table not in LISTED:
        found.add(tags.table(model._meta.db_table))
    if (owner := _owner(instance)) is not None:
        found |= {tags.row(instance), tags.row(owner)}
        # A part of the source may be shown in all languages of a snippet: the state of a commitment is.
        return found | {tags.body(owner) if isinstance(owner, Page) else tags.key(owner.translation_key)}
    if isinstance(instance, Page):
        return found | _tags_of_page(instance, {field.name for field in changed}, changed)
    found.add(tags.row(instance))
    if key := getattr(instance, "translation_key", None):
        found |= {tags.key(key)} if placing else set()
    return found


def _tags_of_page(page: Page, names: set[str], changed: list[models.Field[Any, Any]]) -> set[str]:
    found = {tags.body(page)}
    if any(not isinstance(field, StreamField) for field in changed):
        found.add(tags.row(page))
    if names & SHOWN:
        found |= {tags.key(page.translation_key), tags.below(page.path[: -page.steplen])}
    is_new = "translation_key" in names
    if "sensitive" in names and (vars(page)["sensitive"] or not is_new):
        # It counts in all languages, for all pages below, and for stories of a campaign.
        kind = page.specific_class or type(page)
        found.add(tags.EVERYTHING if kind.allowed_subpage_models() else tags.key(page.translation_key))
    if (page.show_in_menus and names & SHOWN) or ("show_in_menus" in names and not is_new):
        found.add(tags.menu(page.locale_id))
    return found


def _owner(instance: Model) -> Any:
    """Return the object that a row is a part of, such as the page of a tie, or None."""
    for field in instance._meta.concrete_fields:
        if isinstance(field, ParentalKey) and getattr(instance, field.attname) is not None:
            return getattr(instance, field.name)
    return None
