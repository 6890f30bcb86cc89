"""Actions of Wagtail's admin API that unpublish, move and delete pages. A request for a page that exists in other
languages must say what happens there; otherwise the answer is a validation error that lists the choices."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import fields, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from core.internals.wagtail_admin_api import (
    MovePageAPIAction,
    MovePageAPIActionSerializer,
    UnpublishPageAPIAction,
    UnpublishPageAPIActionSerializer,
)
from core.publishing import closing
from core.publishing.admin_api import GatedDeleteAPIAction, GatedPagesViewSet
from translation.access.admin_api import VisiblePageSerializer
from translation.lifecycle.actions import delete, move, require, take_down
from translation.lifecycle.questions import ALL, FIELD, NOT_ANSWERED, ONLY_THIS, OPTIONS, TAKE_DOWN, is_asked
from translation.lifecycle.siblings import Deed, rows_of, specific

if TYPE_CHECKING:
    from core.internals.wagtail_admin_api import APIAction
else:
    APIAction = object


class AskingAPIAction(APIAction):
    """Mixin for Wagtail's API actions, named before Wagtail's class."""

    deed: Deed

    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        """Run Wagtail's action and `carry_out` in one transaction. Raise DRF's ValidationError if the choice for
        the other languages is missing although the page has some, or if the user may not take the action in one
        language."""
        chosen = data.get(FIELD) or (None if is_asked(instance, self.deed) else ONLY_THIS)
        if chosen is None:
            raise ValidationError({FIELD: [NOT_ANSWERED, *(value for value, _label in OPTIONS[self.deed])]})
        rows = [] if chosen == ONLY_THIS else rows_of(instance)
        try:
            with transaction.atomic():
                if rows:
                    self.require([specific(instance)], data)
                response = super().execute(instance, data)
                self.carry_out(chosen, rows, data)
        except DjangoValidationError as error:
            raise ValidationError({FIELD: error.messages}) from error
        return response

    def require(self, rows: list[Page], data: dict[str, Any]) -> None:
        """Raise Django's ValidationError if the user may not take the action on one of the rows. It is called with
        the page itself, only if other languages were chosen."""
        require(rows, self.deed, self.request.user)

    def carry_out(self, chosen: str, rows: list[Page], data: dict[str, Any]) -> None:
        """Do what was chosen to `rows`, the page in the other languages (none if only this one was chosen). Raise
        Django's ValidationError to undo the whole action."""
        raise NotImplementedError


def asking(base: type[serializers.Serializer], deed: Deed) -> type[serializers.Serializer]:
    """Return a subclass of the serializer with an optional field, `FIELD`, for the choice for the other
    languages."""
    field = fields.ChoiceField(choices=[value for value, _label in OPTIONS[deed]], required=False)
    return type(f"{deed.title()}Serializer", (base,), {FIELD: field})


class UnpublishEverywhere(AskingAPIAction, UnpublishPageAPIAction):
    """API action that unpublishes a page, on request in all languages."""

    deed = Deed.TAKE_DOWN
    serializer = asking(UnpublishPageAPIActionSerializer, deed)

    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        """Unpublish the page as `AskingAPIAction` does. If `recursive` is set and many pages are beneath it,
        unpublish these by recorded work, in the chosen languages."""
        if not data["recursive"] or not closing.has_many_below(instance):
            return super().execute(instance, data)
        with transaction.atomic():
            response = super().execute(instance, {**data, "recursive": False})
            for row in [instance] if data.get(FIELD) in (None, ONLY_THIS) else [instance, *rows_of(instance)]:
                closing.unpublish_below(row, self.request.user)
        return response

    def carry_out(self, chosen: str, rows: list[Page], data: dict[str, Any]) -> None:
        take_down(rows, self.request.user, below=data["recursive"])


class DeleteEverywhere(AskingAPIAction, GatedDeleteAPIAction):
    """API action that deletes a page, and deletes, unpublishes or leaves its translations."""

    deed = Deed.DELETE
    serializer = asking(serializers.Serializer, deed)

    def carry_out(self, chosen: str, rows: list[Page], data: dict[str, Any]) -> None:
        if chosen == ALL:
            delete(rows, self.request.user)
        elif chosen == TAKE_DOWN:
            take_down(rows, self.request.user, below=True)


class MoveEverywhere(AskingAPIAction, MovePageAPIAction):
    """API action that moves a page within its language, on request in all languages."""

    deed = Deed.MOVE
    serializer = asking(MovePageAPIActionSerializer, deed)

    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        destination = self.destination(data)
        if destination.depth > 1 and destination.locale_id != instance.locale_id:
            raise ValidationError({"destination_page_id": _("Pages cannot be moved to another language.")})
        return super().execute(instance, data)

    def destination(self, data: dict[str, Any]) -> Page:
        """Return the page that will be the parent: the named page, or its parent if the position is beside it."""
        target = get_object_or_404(Page, pk=data["destination_page_id"])
        return target if data.get("position") in ("first-child", "last-child") else target.get_parent()

    def require(self, rows: list[Page], data: dict[str, Any]) -> None:
        require(rows, self.deed, self.request.user, self.destination(data))

    def carry_out(self, chosen: str, rows: list[Page], data: dict[str, Any]) -> None:
        move(rows, self.request.user, self.destination(data))


class LifePagesViewSet(GatedPagesViewSet):
    """Admin API endpoint of pages whose actions ask about the other languages."""

    base_serializer_class = VisiblePageSerializer
    actions = {
        **GatedPagesViewSet.actions,
        "unpublish": UnpublishEverywhere,
        "delete": DeleteEverywhere,
        "move": MoveEverywhere,
    }


@hooks.register("construct_admin_api", order=10)
def ask_in_admin_api(router: WagtailAPIRouter) -> None:
    """Hook: replace the admin API's endpoint for pages by the one that asks about the other languages."""
    router.register_endpoint("pages", LifePagesViewSet)
