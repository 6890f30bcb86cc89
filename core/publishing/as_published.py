"""Previews that show what readers will see, drawn from the database as it would be after publishing.

The object and the drafts that go live with it are written as live, the page is rendered, and the transaction is
rolled back. So queries and blocks need no special code for previews, and nobody else sees these rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import Error, models, transaction
from django.dispatch import Signal
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_all_child_relations

from core.consent.kept import KeptConsentMixin
from core.internals.wagtail_models import COMMENTS_RELATION_NAME
from core.publishing.publication import Publication
from core.typed import Translatable

if TYPE_CHECKING:
    from core.publishing.gate import PublishGate

# Fields that keep their stored values: place in the tree, address and revisions.
_KEPT = {"depth", "draft_title", "latest_revision", "live_revision", "numchild", "path", "slug", "url_path"}


written_as_live = Signal()
"""Sent when the rows of a preview are written, with the translation `keys` of the object and of the drafts that go
live with it. What other tables hold of them is to be written, too; it is rolled back with them."""


@contextmanager
def as_published(subject: PublishGate) -> Iterator[None]:
    """Write `subject` and the drafts that go live with it as if they had just been published, whatever the
    publishing checks find, and roll everything back at the end of the context. An unsaved `subject` is not
    written."""
    companions = Publication(subject).companions
    _forget_related(subject)
    with transaction.atomic():
        try:
            if subject.pk:
                _write_valid(subject)
            for companion in companions:
                draft = companion.get_latest_revision_as_object()
                subject.take_along(draft)
                _write_valid(draft)
            keys = {each.translation_key for each in (subject, *companions) if each.pk}
            written_as_live.send(sender=type(subject), keys=keys)
            yield
        finally:
            transaction.set_rollback(True)


def _write_valid(instance: Translatable) -> None:
    """Write the row as live. Leave it unchanged if the database refuses it, because the form of a preview may lack
    required values."""
    try:
        with transaction.atomic():
            _write(instance)
    except Error:
        return


def _write(instance: Translatable) -> None:
    """Write the row and its child rows, without comments, as live, but leave the fields in `_KEPT` as stored. This
    takes queries instead of `save()`, so that no receiver of `post_save` treats it as a publication."""
    if isinstance(instance, KeptConsentMixin):
        instance.take_kept_consent()
    now = timezone.now()
    fields = [each for each in instance._meta.concrete_fields if not each.primary_key and each.name not in _KEPT]
    values = {each.name: getattr(instance, each.attname) for each in fields}
    published = {
        "live": True,
        "expired": False,
        "has_unpublished_changes": False,
        "first_published_at": instance.first_published_at or now,
        "last_published_at": now,
    }
    type(instance)._base_manager.filter(pk=instance.pk).update(**{**values, **published})
    if isinstance(instance, ClusterableModel):
        for relation in get_all_child_relations(instance):
            if relation.get_accessor_name() != COMMENTS_RELATION_NAME:
                getattr(instance, relation.get_accessor_name()).commit()


def _forget_related(instance: Translatable) -> None:
    """Drop the cached related objects that a form has set, so that they are read again in this transaction."""
    for field in instance._meta.concrete_fields:
        if (
            isinstance(field, models.ForeignObject)
            and field.is_cached(instance)
            and getattr(instance, field.attname)
        ):
            field.delete_cached_value(instance)
