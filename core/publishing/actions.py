"""The actions with which Wagtail's APIs publish, copy and delete pages, each in one transaction and with the
publishing checks. Wagtail's own actions bypass `Page.publish()` and `Page.copy()`."""

from typing import Any

from django.db import transaction
from wagtail.models import Page

from core.internals.wagtail_models import CopyPageAction, DeletePageAction, PublishPageRevisionAction
from core.publishing import closing


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
    what treebeard has written. A page with more than `closing.MANY` descendants is only hidden from readers in
    this transaction; recorded work deletes it afterwards."""

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
