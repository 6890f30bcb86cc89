"""What refers to an image or a document, drafts included: shown before it is deleted."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, Revision

from core.publishing.live_files import users_of
from core.publishing.references import references
from core.typed import Translatable


@dataclass(frozen=True)
class Use:
    source: Translatable
    is_draft: bool
    """Whether readers do not see it there."""

    @property
    def kind(self) -> str:
        return capfirst(self.source._meta.verbose_name)

    @property
    def language(self) -> str:
        return self.source.locale.get_display_name() if getattr(self.source, "locale_id", None) else ""

    @property
    def state(self) -> str:
        return _("draft") if self.is_draft else _("live")


def uses_of(file: Translatable) -> list[Use]:
    """Return what refers to the file, live first: pages and snippets of all languages as they are stored, and
    those whose unpublished change refers to it."""
    stored = [Use(source, not getattr(source, "live", True)) for source in users_of(file)]
    known = {(type(use.source), use.source.pk) for use in stored}
    drafts = [Use(draft, True) for draft in _drafts(file) if (type(draft), draft.pk) not in known]
    return sorted([*stored, *drafts], key=lambda use: (use.is_draft, use.kind, str(use.source)))


def _drafts(file: Translatable) -> Iterator[Translatable]:
    key = str(file.pk)
    for model in apps.get_models():
        if not issubclass(model, DraftStateMixin) or (issubclass(model, Page) and model is not Page):
            continue
        latest = model._base_manager.filter(has_unpublished_changes=True).values("latest_revision")
        revisions = Revision.objects.filter(pk__in=latest).annotate(text=Cast("content", models.TextField()))
        for revision in revisions.filter(text__contains=key).select_related("content_type").iterator():
            draft = revision.as_object()
            if any(each.model is type(file) and each.pk == key for each in references(draft)):
                yield draft
