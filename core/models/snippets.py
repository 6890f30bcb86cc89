from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
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
    """The base class of translatable snippets, with drafts, revisions, locking, preview, workflow and publishing
    checks. Without drafts, a translation of a snippet would be live at once."""

    base_form_class = SnippetForm

    # Not editable, as in `Page`: otherwise each change of the source would copy the date to the translations, and
    # drafts that were never live would look unpublished.
    first_published_at = models.DateTimeField(
        DraftStateMixin._meta.get_field("first_published_at").verbose_name,
        blank=True,
        null=True,
        db_index=True,
        editable=False,
    )

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the object, in one transaction with what receivers write."""
        super().save(*args, **kwargs)

    @classmethod
    def get_search_fields(cls) -> list[index.BaseField]:
        """Return the search fields with the id, so that querysets filtered by id can be searched."""
        return [*super().get_search_fields(), index.FilterField("id")]

    @property
    def approved_schedule(self) -> bool:
        """Return whether a version is scheduled for publication. A list has asked for all of its rows at once."""
        known: bool | None = getattr(self, "is_scheduled", None)
        return super().approved_schedule if known is None else known

    def copy_for_translation(self, locale: Locale, exclude_fields: Sequence[str] | None = None) -> Translatable:
        """Return a copy of the source for a language, without its publication dates; it is not saved."""
        copy = super().copy_for_translation(locale, exclude_fields)
        copy.first_published_at = copy.last_published_at = None
        return copy

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return f"previews/{self._meta.model_name}.html"
