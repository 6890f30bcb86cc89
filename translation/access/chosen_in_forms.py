"""Rule of the publishing gate on objects that a form refers to although its choosers do not offer them. Forms
accept any id, and a preview would show the object."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from core import rules
from core.findings import Finding
from core.models import TranslatableSnippet
from core.references.objects import Reference, references
from core.typed import Translatable
from translation.access.visible import held_languages, may_see


class ChosenAmongVisible(rules.Rule):
    """Publishing check on references to pages, images, documents and snippets that the user may not see.
    References that the stored object or its latest revision already has are allowed."""

    def chosen_findings(self, subject: Translatable, user: User) -> list[Finding]:
        if held_languages(user) is None:
            return []
        stored = {(each.model, each.pk) for row in _stored(subject) for each in references(row)}
        message, mend = _("You do not have permission to use this item."), _("Choose another one.")
        return [
            Finding("not_offered", message, mend, each.where, field=each.field, block_path=each.block_path)
            for each in references(subject)
            if _is_chosen(each) and (each.model, each.pk) not in stored and not _may_use(user, each)
        ]


def _stored(subject: Translatable) -> Iterator[Translatable]:
    row = type(subject)._base_manager.filter(pk=subject.pk).first()
    if row:
        yield row
        yield row.get_latest_revision_as_object()


def _is_chosen(reference: Reference) -> bool:
    kinds = (Page, get_image_model(), get_document_model(), TranslatableSnippet)
    return issubclass(reference.model, kinds)


def _may_use(user: User, reference: Reference) -> bool:
    chosen = reference.model._base_manager.filter(pk=reference.pk).first()
    return chosen is None or may_see(user, chosen)
