"""Bulk actions that send the objects selected in a listing for translation."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page, TranslatableMixin
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from core.internals.django import Truncator
from core.typed import BulkActionMixin, Translatable
from translation.sending.forms import SendForm, SendPagesForm
from translation.sending.jobs import request_send
from translation.sending.rules import may_send, refusals


class SendBulkAction(BulkActionMixin):
    """Mixin for Wagtail's bulk actions that sends the selected objects for translation. Objects that the user may
    not send, or that cannot be sent, are listed and left out."""

    display_name = gettext_lazy("Send for translation")
    action_type = "send_for_translation"
    template_name = "admin/sending/bulk.html"
    action_priority = 50

    def check_perm(self, obj: Translatable) -> bool:
        return may_send(self.request.user, obj)

    def get_actionable_objects(self) -> tuple[list[Translatable], dict[str, Any]]:
        """Return the objects that can be sent, and the others by reason: those that Wagtail has left out, and
        under `refused` the sentences of `refusals`."""
        objects, others = super().get_actionable_objects()
        against = refusals(objects)
        others["refused"] = [against[each] for each in objects if each in against]
        return [each for each in objects if each not in against], others

    def get_form_kwargs(self) -> dict[str, Any]:
        objects, _others = self.get_actionable_objects()
        return {**super().get_form_kwargs(), "source_locale_ids": {each.locale_id for each in objects}}

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "view": self}

    @classmethod
    def execute_action(
        cls, objects: Sequence[Translatable], view: "SendBulkAction | None" = None, **kwargs: Any
    ) -> tuple[int, int]:
        if not objects or view is None:
            return 0, 0
        cleaned = view.cleaned_form.cleaned_data
        chosen = view.with_descendants(objects) if cleaned.get("include_descendants") else objects
        job = request_send(
            chosen,
            cleaned["locales"],
            view.request.user,
            title_of_selection(objects),
            view.cleaned_form.people,
            cleaned["due"],
        )
        view.next_url = reverse("translation_sending:job", args=[job.pk])
        return len(objects), 0

    def with_descendants(self, objects: Sequence[Translatable]) -> Sequence[Translatable]:
        """Return the objects; `SendPages` adds the pages below them."""
        return objects


class SendPages(SendBulkAction, PageBulkAction):
    """The bulk action for pages, optionally with the pages below them."""

    aria_label = gettext_lazy("Send selected pages for translation")
    form_class = SendPagesForm

    def with_descendants(self, objects: Sequence[Page]) -> Sequence[Page]:
        """Return the pages and all pages below them, each once. The job reports which of them may not be sent."""
        found = {page.pk: page for page in objects}
        for page in objects:
            found.update((below.pk, below) for below in page.get_descendants().specific(defer=True))
        return list(found.values())


class SendSnippets(SendBulkAction, SnippetBulkAction):
    """The bulk action for translatable snippets."""

    aria_label = gettext_lazy("Send selected snippets for translation")
    form_class = SendForm

    @classproperty
    def models(cls) -> list[type[Translatable]]:
        return [model for model in super().models if issubclass(model, TranslatableMixin)]


def title_of_selection(objects: Sequence[Translatable]) -> str:
    """Return a title for the job: that of the first object, cut to 80 characters, and the number of the others, if
    any."""
    first = Truncator(str(objects[0])).chars(80)
    if len(objects) == 1:
        return first
    others = len(objects) - 1
    text = ngettext("%(first)s and %(others)d other", "%(first)s and %(others)d others", others)
    return text % {"first": first, "others": others}
