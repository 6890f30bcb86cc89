"""The bulk action that publishes pages, with the publishing checks."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.admin import messages
from wagtail.models import Page

from core.findings import PublishBlocked
from core.internals.wagtail_admin import PublishBulkAction


class GatedPublishBulkAction(PublishBulkAction):
    """The bulk action that publishes each page in a transaction of its own. A page that is blocked does not stop
    the others; an error message names it with its findings."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.blocked: list[PublishBlocked] = []

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "blocked": self.blocked}

    @classmethod
    def execute_action(
        cls,
        objects: Iterable[Page],
        include_descendants: bool = False,
        user: User | None = None,
        blocked: list[PublishBlocked] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Publish the pages and, if requested, the drafts below them that `user` may publish. Return how many of
        each were published. Append refusals to `blocked`; raise the first one if that is None."""
        counts = [0, 0]
        for page in objects:
            counts[0] += cls._publish(page, user, blocked)
            for draft in cls._drafts_below(page, user) if include_descendants else ():
                counts[1] += cls._publish(draft, user, blocked)
        return counts[0], counts[1]

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Return Wagtail's message, or None if nothing was published. Add an error message for each blocked
        page."""
        for blocked in self.blocked:
            messages.error(self.request, blocked.summary)
        if not num_parent_objects and not num_child_objects:
            return None
        return super().get_success_message(num_parent_objects, num_child_objects)

    @classmethod
    def _publish(cls, page: Page, user: User | None, blocked: list[PublishBlocked] | None) -> int:
        try:
            with transaction.atomic():
                super().execute_action([page], user=user)
        except PublishBlocked as reason:
            if blocked is None:
                raise
            blocked.append(reason)
            return 0
        return 1

    @staticmethod
    def _drafts_below(page: Page, user: User | None) -> Iterator[Page]:
        for draft in page.get_descendants().filter(live=False).specific():
            if user is None or draft.permissions_for_user(user).can_publish():
                yield draft
