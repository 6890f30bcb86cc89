"""The actions of Wagtail's APIs, each in one transaction and with the publishing checks. Wagtail's own actions
bypass `Page.publish()` and `Page.copy()`."""

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
    """The action that publishes a revision through `PublishGate.publish`, which runs the publishing checks."""

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
    """The action that deletes a page, in one transaction, so that a receiver that refuses the deletion rolls back
    what treebeard has written. A page with more than `closing.MANY` descendants is hidden from readers at once and
    deleted by recorded work."""

    @transaction.atomic
    def execute(self, *args: Any, skip_permission_checks: bool = False, **kwargs: Any) -> None:
        if closing.is_large(self.page):
            self.check(skip_permission_checks=skip_permission_checks)
            closing.delete_branch(self.page, self.user)
        else:
            super().execute(*args, skip_permission_checks=skip_permission_checks, **kwargs)


class GatedCopyAction(CopyPageAction):
    """The action that copies a page, and its descendants if requested, in one transaction."""

    @transaction.atomic
    def execute(self, skip_permission_checks: bool = False) -> Page:
        return super().execute(skip_permission_checks)


class GatedPublishAPIAction(PublishPageAPIAction):
    """The API action that publishes with `GatedPublishAction`."""

    def _action_from_data(self, instance: Page, data: dict[str, Any]) -> GatedPublishAction:
        action = super()._action_from_data(instance, data)
        return GatedPublishAction(action.revision, user=action.user)


class GatedCopyAPIAction(CopyPageAPIAction):
    """The API action that copies a page."""

    @transaction.atomic
    def execute(self, instance: Page, data: dict[str, Any]) -> Translatable:
        """Run the checks of the admin's copy form, then copy. Raise ValidationError if one of them fails."""
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
