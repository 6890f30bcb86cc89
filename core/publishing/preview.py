"""A preview shows what readers will see: it is drawn from the database as publishing would leave it.

The object and the drafts that go live with it are written as live, the page is drawn, and the transaction is
rolled back. So no query and no block has to know about previews, and nobody else ever sees these rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, transaction
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME

from core.consent.kept import KeptConsentMixin
from core.publishing.publication import Publication
from core.typed import Translatable

# Where a page stands and what a revision is called stays as it is.
_KEPT = {"depth", "draft_title", "latest_revision", "live_revision", "numchild", "path", "slug", "url_path"}


@contextmanager
def as_published(subject: Translatable) -> Iterator[None]:
    """All that is read inside is as if `subject` had just been published, whatever its publishing checks say.
    Nothing that is written inside is kept."""
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
            yield
        finally:
            transaction.set_rollback(True)


def _write_valid(instance: Translatable) -> None:
    """The form of a preview may lack what the database requires: then the row stays as it is."""
    try:
        with transaction.atomic():
            _write(instance)
    except Error:
        return


def _write(instance: Translatable) -> None:
    """By queries, so that no receiver of `post_save` takes it for a publication."""
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
    """What a form has set is the row as it was before."""
    for field in instance._meta.concrete_fields:
        if field.is_relation and field.is_cached(instance) and getattr(instance, field.attname):
            field.delete_cached_value(instance)
