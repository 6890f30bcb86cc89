"""The uses of an image or a document, drafts included, which are shown before the file is deleted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, Revision

from core.internals.django import capfirst
from core.media.live_files import users_of
from core.references.objects import references
from core.typed import Translatable

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument
    from wagtail.images.models import AbstractImage


@dataclass(frozen=True)
class Use:
    """A page or snippet that refers to a file."""

    source: Translatable
    is_draft: bool
    """Whether readers do not see the file there."""

    @property
    def kind(self) -> str:
        """Return the verbose name of the source's model, capitalised."""
        return str(capfirst(self.source._meta.verbose_name))

    @property
    def language(self) -> str:
        """Return the name of the source's language, or "" if it has none."""
        return self.source.locale.get_display_name() if getattr(self.source, "locale_id", None) else ""

    @property
    def state(self) -> str:
        """Return "draft" or "live", translated."""
        return _("draft") if self.is_draft else _("live")


def uses_of(file: "AbstractImage | AbstractDocument") -> list[Use]:
    """Return the pages and snippets of all languages that refer to the file, live ones first, then by kind and
    name.

    These are the stored objects that refer to the file, and the drafts of other objects whose latest change does.
    """
    stored = [Use(source, not getattr(source, "live", True)) for source in users_of(file)]
    known = {(type(use.source), use.source.pk) for use in stored}
    drafts = [Use(draft, True) for draft in _drafts(file) if (type(draft), draft.pk) not in known]
    return sorted([*stored, *drafts], key=lambda use: (use.is_draft, use.kind, str(use.source)))


def _drafts(file: "AbstractImage | AbstractDocument") -> Iterator[Translatable]:
    """Yield the unpublished changes that refer to the file.

    The database first selects the revisions that contain the primary key anywhere, which are then checked.
    """
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
