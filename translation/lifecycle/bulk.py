"""Bulk actions that also ask about the other languages. Must be registered after Wagtail's actions of the same
names to replace them."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from core.addresses.redirects import Change, changes_of_move
from core.internals.wagtail_admin import (
    DeletePagesBulkAction,
    DeleteSnippetsBulkAction,
    MoveBulkAction,
    MoveForm,
    UnpublishBulkAction,
)
from core.publishing import closing
from core.publishing.actions import GatedDeleteAction
from core.rights import may_publish
from core.typed import BulkActionMixin, Translatable
from translation.lifecycle.actions import delete, move, require, take_down, take_offline
from translation.lifecycle.questions import (
    ALL,
    NOT_ANSWERED,
    ONLY_THIS,
    TAKE_DOWN,
    answer,
    is_asked,
    question,
)
from translation.lifecycle.siblings import Deed, rows_of, specific


class AskingBulkAction(BulkActionMixin):
    """Mixin for Wagtail's bulk actions, named before Wagtail's class: the action is taken on the whole selection
    or on nothing."""

    deed: Deed

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        items = [specific(item["item"]) for item in context["items"]]
        return {**context, "question": question(items, self.deed, self.request.user), "chosen": items}

    def prepare_action(
        self, objects: list[Translatable], objects_without_access: dict[str, Any]
    ) -> HttpResponse | None:
        """Read the choice for the other languages and check all rights. Return None to go on, Wagtail's own
        response if it gave one, or the form with error messages if the choice is missing or the user may not take
        the action."""
        stopped = super().prepare_action(objects, objects_without_access)
        if stopped is not None:
            return stopped
        asked = [instance for instance in map(specific, objects) if is_asked(instance, self.deed)]
        self.answer = answer(self.request, self.deed) if asked else ONLY_THIS
        self.others = [] if self.answer == ONLY_THIS else _others(asked, objects)
        try:
            if self.answer is None:
                raise ValidationError(NOT_ANSWERED)
            self.require(objects)
        except ValidationError as error:
            for message in error.messages:
                messages.error(self.request, message)
            return self.render_to_response(self.get_context_data(form=self.cleaned_form))
        return None

    def require(self, objects: list[Translatable]) -> None:
        """Raise ValidationError if the user may not take the action on one of the objects, or on one of their
        versions in other languages, which may be unpublished instead of deleted."""
        require(map(specific, objects), self.deed, self.request.user)
        require(self.others, Deed.TAKE_DOWN if self.answer == TAKE_DOWN else self.deed, self.request.user)

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "answer": self.answer, "others": self.others}


class UnpublishPages(AskingBulkAction, UnpublishBulkAction):
    """Bulk action that unpublishes pages, on request in all languages."""

    deed = Deed.TAKE_DOWN
    template_name = "admin/translation/bulk_unpublish.html"

    @classmethod
    def execute_action(
        cls, objects: Iterable[Page], others: Iterable[Page] = (), **kwargs: Any
    ) -> tuple[int, int]:
        """Unpublish the pages and `others`, with those beneath if chosen, where these are many by recorded work.
        Return how many pages were selected, and how many are beneath them; `others` are not counted."""
        below, user = kwargs.get("include_descendants", False), kwargs["user"]
        take_down(list(others), user, below=below)
        large = [page for page in objects if below and closing.has_many_below(page)]
        for page in large:
            take_offline(specific(page), user, below=True)
        small = [page for page in objects if page not in large]
        parents, children = super().execute_action(small, **kwargs)
        return parents + len(large), children + sum(page.get_descendant_count() for page in large)


class DeletePages(AskingBulkAction, DeletePagesBulkAction):
    """Bulk action that deletes pages, and deletes, unpublishes or leaves their translations."""

    deed = Deed.DELETE
    template_name = "admin/translation/bulk_delete.html"

    @classmethod
    def execute_action(
        cls, objects: Collection[Page], others: Iterable[Page] = (), answer: str = "", **kwargs: Any
    ) -> tuple[int, int]:
        """Delete the pages, which are copied to the trash, and do what `answer` says with `others`. Return how
        many were selected, and how many were beneath them."""
        user, below = kwargs["user"], 0
        for page in objects:
            below += page.get_descendant_count()
            GatedDeleteAction(page, user=user).execute()
        _finish(answer, others, user)
        return len(objects), below


class SeenForm(MoveForm):
    """Form of Wagtail's bulk move with a hidden field: the destination and choice whose redirects were shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class MovePages(AskingBulkAction, MoveBulkAction):
    """Bulk move that first shows the redirects which it would create, if any, and moves the pages once the form is
    sent again with the same destination and choice."""

    deed = Deed.MOVE
    template_name = "admin/translation/bulk_move.html"
    form_class = SeenForm
    changes: list[Change] = []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked = context["question"]
        if asked and self.changes:
            context["question"] = replace(asked, chosen=self.answer)
        return {**context, "changes": self.changes}

    def prepare_action(self, objects: list[Page], objects_without_access: dict[str, Any]) -> HttpResponse | None:
        stopped = super().prepare_action(objects, objects_without_access)
        if stopped is not None:
            return stopped
        destination = self.cleaned_form.cleaned_data["chooser"]
        seen = f"{destination.pk} {self.answer}"
        self.changes = changes_of_move([*objects, *self.others], destination)
        if not self.changes or self.cleaned_form.cleaned_data["seen"] == seen:
            return None
        form = self.cleaned_form
        form.data = {**form.data.dict(), form.add_prefix("seen"): seen}
        return self.render_to_response(self.get_context_data(form=form))

    def require(self, objects: list[Page]) -> None:
        destination = self.cleaned_form.cleaned_data["chooser"]
        if destination.depth > 1 and any(page.locale_id != destination.locale_id for page in objects):
            raise ValidationError(_("Pages cannot be moved to another language."))
        require([*map(specific, objects), *self.others], self.deed, self.request.user, destination)

    @classmethod
    def execute_action(
        cls, objects: Iterable[Page], others: Iterable[Page] = (), **kwargs: Any
    ) -> tuple[int, int]:
        moved = super().execute_action(objects, **kwargs)
        move(list(others), kwargs["user"], kwargs["destination"])
        return moved


class DeleteSnippets(AskingBulkAction, DeleteSnippetsBulkAction):
    """Bulk action that deletes snippets, and deletes, unpublishes or leaves their translations."""

    deed = Deed.DELETE
    template_name = "admin/translation/bulk_delete_snippets.html"

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "user": self.request.user}

    @classmethod
    def execute_action(
        cls, objects: Iterable[Translatable], others: Iterable[Translatable] = (), answer: str = "", **kwargs: Any
    ) -> tuple[int, int]:
        counts = super().execute_action(objects, **kwargs)
        _finish(answer, others, kwargs["user"])
        return counts


class UnpublishSnippets(AskingBulkAction, SnippetBulkAction):
    """Bulk action that unpublishes snippets, on request in all languages. Wagtail has none."""

    display_name = _("Unpublish")
    action_type = "unpublish"
    aria_label = _("Unpublish selected snippets")
    template_name = "admin/translation/bulk_unpublish_snippets.html"
    action_priority = 20
    deed = Deed.TAKE_DOWN

    def __init__(self, request: HttpRequest, model: type[Translatable]):
        super().__init__(request, model)
        self.form_class = forms.Form

    def check_perm(self, snippet: Translatable) -> bool:
        return may_publish(self.request.user, snippet)

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "user": self.request.user}

    @classmethod
    def execute_action(
        cls, objects: Iterable[Translatable], others: Iterable[Translatable] = (), *, user: User, **kwargs: Any
    ) -> tuple[int, int]:
        return len(take_down([*objects, *others], user)), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return _("Unpublished in all languages: %(count)d") % {"count": num_parent_objects}


def _others(asked: list[Translatable], objects: list[Translatable]) -> list[Translatable]:
    """Return the versions of the `asked` objects in other languages, each once, without those that are selected
    (`objects`) themselves."""
    selected = {row.pk for row in objects}
    return [
        row for row in {row.pk: row for each in asked for row in rows_of(each)}.values() if row.pk not in selected
    ]


def _finish(answer: str, others: Iterable[Translatable], user: User) -> None:
    """Delete or unpublish the other languages of deleted objects as `answer` says, or leave them. Rows that no
    longer exist, because they were beneath another deleted page, are left out."""
    rows = [row for row in others if type(row)._base_manager.filter(pk=row.pk).exists()]
    if answer == ALL:
        delete(rows, user)
    elif answer == TAKE_DOWN:
        take_down(rows, user, below=True)
