from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from core.gate.forms import SnippetForm
from core.publishing import PublishGate


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

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def get_preview_template(self, request, mode_name) -> str:
        return f"previews/{self._meta.model_name}.html"
