"""Publishing of several objects in one transaction. Wagtail sends its signals while it publishes, so that
receivers such as caches would hear of publications that are rolled back; here the signals are sent after the
commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.dispatch import Signal
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import COMMENTS_RELATION_NAME, Page, ReferenceIndex, Revision, WorkflowMixin
from wagtail.signals import page_published, published

from core.typed import Translatable

_together: ContextVar[bool] = ContextVar("together", default=False)


@contextmanager
def together() -> Iterator[None]:
    """Publish everything inside the context in one transaction: either all of it goes live or nothing. Wagtail's
    signals are sent after the commit."""
    token = _together.set(True)
    try:
        with transaction.atomic():
            yield
    finally:
        _together.reset(token)


def is_under_way() -> bool:
    """Return whether the code runs inside `together()`."""
    return _together.get()


def publish(
    subject: Translatable,
    revision: Revision,
    user: User | None,
    skip_permission_checks: bool = False,
    **kwargs: Any,
) -> None:
    """Publish a revision with Wagtail's action, but send its signals after the commit."""
    action = TellPageLater if isinstance(subject, Page) else TellLater
    action(revision, user=user, **kwargs).execute(skip_permission_checks=skip_permission_checks)


class TellLater(PublishRevisionAction):
    """Wagtail's action for snippets, whose signal is sent after the commit."""

    def _after_publish(self) -> None:
        self._tell(published, type(self.object), self.object)
        cancels = getattr(settings, "WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH", True)
        state = self.object.current_workflow_state if isinstance(self.object, WorkflowMixin) and cancels else None
        if state:
            state.cancel(user=self.user)

    def _tell(self, signal: Signal, sender: type[Translatable], instance: Translatable) -> None:
        transaction.on_commit(partial(signal.send, sender=sender, instance=instance, revision=self.revision))


class TellPageLater(TellLater, PublishPageRevisionAction):
    """Wagtail's action for pages, whose signals are sent after the commit."""

    def _after_publish(self) -> None:
        for comment in getattr(self.object, COMMENTS_RELATION_NAME).all().only("position"):
            comment.save(update_fields=["position"])
        # Wagtail's receiver that updates the index runs after the commit. A process that is killed in between must
        # not leave the index without the images, files and snippets of a live page.
        ReferenceIndex.create_or_update_for_object(self.object.specific)
        self._tell(page_published, self.object.specific_class, self.object.specific)
        super()._after_publish()
        self.object.update_aliases(revision=self.revision, _content=self.revision.content)
