"""Wagtail's two APIs make these actions themselves, past `Page.publish()` and `Page.copy()`. Ours go through the
gate, and each is one transaction."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.api.actions.copy import CopyPageAPIAction
from wagtail.admin.api.actions.copy_for_translation import CopyForTranslationAPIAction
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page

from core.addresses.siblings import other_language
from core.publishing import closing
from core.publishing.forms import against_live_copies
from core.typed import Translatable


class GatedPublishAction(PublishPageRevisionAction):
    def execute(self, skip_permission_checks: bool = False) -> None:
        self.check(skip_permission_checks)
        self.object.publish(
            self.revision,
            user=self.user,
            changed=self.changed,
            log_action=self.log_action,
            previous_revision=self.previous_revision,
            skip_permission_checks=True,
        )


class GatedDeleteAction(DeletePageAction):
    """Delete a page in one transaction: what treebeard writes before a receiver refuses is rolled back. A page
    with many beneath it is taken from readers, and deleted with them by recorded work."""

    @transaction.atomic
    def execute(self, *args: Any, skip_permission_checks: bool = False, **kwargs: Any) -> None:
        if closing.is_large(self.page):
            self.check(skip_permission_checks=skip_permission_checks)
            closing.delete_branch(self.page, self.user)
        else:
            super().execute(*args, skip_permission_checks=skip_permission_checks, **kwargs)


class GatedCopyAction(CopyPageAction):
    @transaction.atomic
    def execute(self, skip_permission_checks: bool = False) -> Page:
        return super().execute(skip_permission_checks)


class GatedPublishAPIAction(PublishPageAPIAction):
    def _action_from_data(self, instance: Page, data: dict[str, Any]) -> GatedPublishAction:
        action = super()._action_from_data(instance, data)
        return GatedPublishAction(action.revision, user=action.user)


class GatedCopyAPIAction(CopyPageAPIAction):
    @transaction.atomic
    def execute(self, instance: Page, data: dict[str, Any]) -> Translatable:
        """Asks what the form asks."""
        action = self._action_from_data(instance, data)
        action.check()
        if against := other_language(instance, action.to):
            raise ValidationError({"destination_page_id": [against]})
        lines = against_live_copies(instance, self.request.user, data["recursive"]) if data["keep_live"] else ()
        if lines:
            raise ValidationError({"keep_live": lines})
        return super().execute(instance, data)


class GatedTranslationAPIAction(CopyForTranslationAPIAction):
    @transaction.atomic
    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        """The parents that Wagtail would copy are aliases as well."""
        if data["alias"] or data["copy_parents"]:
            raise ValidationError({"alias": _("This site has no aliases. Submit the page for translation.")})
        return super().execute(instance, data)


class GatedDeleteAPIAction(DeletePageAPIAction):
    def _action_from_data(self, instance: Page, data: dict[str, Any]) -> GatedDeleteAction:
        return GatedDeleteAction(instance, user=self.request.user)


class GatedPagesViewSet(PagesAdminAPIViewSet):
    """Without aliases: there are none."""

    actions = {
        **{name: action for name, action in PagesAdminAPIViewSet.actions.items() if name != "create_alias"},
        "publish": GatedPublishAPIAction,
        "copy": GatedCopyAPIAction,
        "delete": GatedDeleteAPIAction,
        "copy_for_translation": GatedTranslationAPIAction,
    }
