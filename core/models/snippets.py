from collections.abc import Sequence

from django.db import models
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from core.publishing.forms import SnippetForm
from core.publishing.gate import PublishGate
from core.typed import Translatable


class TranslatableSnippet(
    PublishGate,
    TranslatableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """Drafts, revisions, locking, preview and workflow for each: without drafts a translation of a
    snippet could not be anything but live."""

    base_form_class = SnippetForm

    # As a page's: else it would be copied from the original to each translation with every change, and what nobody
    # has seen yet be taken for what was taken offline.
    first_published_at = models.DateTimeField(
        DraftStateMixin._meta.get_field("first_published_at").verbose_name,
        blank=True,
        null=True,
        db_index=True,
        editable=False,
    )

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @classmethod
    def get_search_fields(cls) -> list[index.BaseField]:
        """Have lists that are narrowed by key searched as well."""
        return [*super().get_search_fields(), index.FilterField("id")]

    def copy_for_translation(self, locale: Locale, exclude_fields: Sequence[str] | None = None) -> Translatable:
        """One that nobody has seen yet in its language, whatever became of the original."""
        copy = super().copy_for_translation(locale, exclude_fields)
        copy.first_published_at = copy.last_published_at = None
        return copy

    def get_preview_template(self, request, mode_name) -> str:
        return f"previews/{self._meta.model_name}.html"
