"""Wagtail's API for the pages of the admin, with the publishing checks. Wagtail 8.1 does not have it any more."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from core.addresses.siblings import other_language
from core.internals.wagtail_admin_api import (
    CopyForTranslationAPIAction,
    CopyPageAPIAction,
    DeletePageAPIAction,
    PagesAdminAPIViewSet,
    PublishPageAPIAction,
)
from core.publishing.actions import GatedDeleteAction, GatedPublishAction
from core.publishing.forms import against_live_copies
from core.typed import Translatable


class GatedPublishAPIAction(PublishPageAPIAction):
    """The API action that publishes with `GatedPublishAction`."""

    def _action_from_data(self, instance: Page, data: dict[str, Any]) -> GatedPublishAction:
        action = super()._action_from_data(instance, data)
        return GatedPublishAction(action.revision, user=action.user)


class GatedCopyAPIAction(CopyPageAPIAction):
    """The API action that copies a page."""

    @transaction.atomic
    def execute(self, instance: Page, data: dict[str, Any]) -> Translatable:
        """Copy the page. Raise ValidationError if the destination is in another language, or if `keep_live` is set
        and any page to be copied is live, with `recursive` also a descendant: live copies are never made."""
        action = self._action_from_data(instance, data)
        action.check()
        if against := other_language(instance, action.to):
            raise ValidationError({"destination_page_id": [against]})
        lines = against_live_copies(instance, self.request.user, data["recursive"]) if data["keep_live"] else ()
        if lines:
            raise ValidationError({"keep_live": lines})
        return super().execute(instance, data)


class GatedTranslationAPIAction(CopyForTranslationAPIAction):
    """The API action that copies a page for translation."""

    @transaction.atomic
    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        """Copy the page for translation. Raise ValidationError if aliases are requested; with `copy_parents`
        Wagtail would create the missing parents as aliases too."""
        if data["alias"] or data["copy_parents"]:
            raise ValidationError({"alias": _("This site has no aliases. Submit the page for translation.")})
        return super().execute(instance, data)


class GatedDeleteAPIAction(DeletePageAPIAction):
    """The API action that deletes with `GatedDeleteAction`."""

    def _action_from_data(self, instance: Page, data: dict[str, Any]) -> GatedDeleteAction:
        return GatedDeleteAction(instance, user=self.request.user)


class GatedPagesViewSet(PagesAdminAPIViewSet):
    """Wagtail's API for pages with the actions above, and without the action that creates aliases, which this site
    does not use."""

    actions = {
        **{name: action for name, action in PagesAdminAPIViewSet.actions.items() if name != "create_alias"},
        "publish": GatedPublishAPIAction,
        "copy": GatedCopyAPIAction,
        "delete": GatedDeleteAPIAction,
        "copy_for_translation": GatedTranslationAPIAction,
    }


@hooks.register("construct_admin_api")
def gate_admin_api(router: WagtailAPIRouter) -> None:
    """Replace the endpoint "pages" of Wagtail's admin API by `GatedPagesViewSet`."""
    router.register_endpoint("pages", GatedPagesViewSet)
