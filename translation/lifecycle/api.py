"""Wagtail's admin API takes, moves and deletes as well. Whoever calls it for something that has other languages
says what shall happen there; a call that does not is refused with what could be said."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import fields, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from wagtail.admin.api.actions.move import MovePageAPIAction, MovePageAPIActionSerializer
from wagtail.admin.api.actions.unpublish import UnpublishPageAPIAction, UnpublishPageAPIActionSerializer
from wagtail.models import Page

from core.publishing import closing
from core.publishing.actions import GatedDeleteAPIAction, GatedPagesViewSet
from core.typed import ViewMixin
from translation.access.choosers import VisiblePageSerializer
from translation.lifecycle.actions import delete, move, require, take_down
from translation.lifecycle.questions import ALL, FIELD, NOT_ANSWERED, ONLY_THIS, OPTIONS, TAKE_DOWN, is_asked
from translation.lifecycle.siblings import Deed, rows_of, specific


class AskingAPIAction(ViewMixin):
    """Before Wagtail's class."""

    deed: str

    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
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
        require(rows, self.deed, self.request.user)

    def carry_out(self, chosen: str, rows: list[Page], data: dict[str, Any]) -> None:
        """Raises Django's ValidationError, and then nothing is done at all."""
        raise NotImplementedError


def asking(base: type[serializers.Serializer], deed: str) -> type[serializers.Serializer]:
    field = fields.ChoiceField(choices=[value for value, _label in OPTIONS[deed]], required=False)
    return type(f"{deed.title()}Serializer", (base,), {FIELD: field})


class UnpublishEverywhere(AskingAPIAction, UnpublishPageAPIAction):
    deed = Deed.TAKE_DOWN
    serializer = asking(UnpublishPageAPIActionSerializer, deed)

    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
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
    deed = Deed.DELETE
    serializer = asking(serializers.Serializer, deed)

    def carry_out(self, chosen: str, rows: list[Page], data: dict[str, Any]) -> None:
        if chosen == ALL:
            delete(rows, self.request.user)
        elif chosen == TAKE_DOWN:
            take_down(rows, self.request.user, below=True)


class MoveEverywhere(AskingAPIAction, MovePageAPIAction):
    deed = Deed.MOVE
    serializer = asking(MovePageAPIActionSerializer, deed)

    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        destination = self.destination(data)
        if destination.depth > 1 and destination.locale_id != instance.locale_id:
            raise ValidationError({"destination_page_id": _("It cannot move to a page in another language.")})
        return super().execute(instance, data)

    def destination(self, data: dict[str, Any]) -> Page:
        target = get_object_or_404(Page, pk=data["destination_page_id"])
        return target if data.get("position") in ("first-child", "last-child") else target.get_parent()

    def require(self, rows: list[Page], data: dict[str, Any]) -> None:
        require(rows, self.deed, self.request.user, self.destination(data))

    def carry_out(self, chosen: str, rows: list[Page], data: dict[str, Any]) -> None:
        move(rows, self.request.user, self.destination(data))


class LifePagesViewSet(GatedPagesViewSet):
    base_serializer_class = VisiblePageSerializer
    actions = {
        **GatedPagesViewSet.actions,
        "unpublish": UnpublishEverywhere,
        "delete": DeleteEverywhere,
        "move": MoveEverywhere,
    }
