from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth.models import User
from wagtail.models import GroupPagePermission, Page, PagePermissionTester


def languages_of_pages(user: User) -> set[int] | None:
    """The languages that somebody is held to whose page rights are all on pages of these. None where a user is
    held to none: a superuser, somebody with rights on the root, somebody without any on pages."""
    if user.is_superuser:
        return None
    pages = GroupPagePermission.objects.filter(group__user=user).values_list("page__depth", "page__locale_id")
    if not pages or any(depth == 1 for depth, _locale in pages):
        return None
    return {locale for _depth, locale in pages}


_written_by: list[Callable[[User], set[str]]] = []


def register_languages(written_by: Callable[[User], set[str]]) -> None:
    """Apps above this one say which languages somebody has a right to write in."""
    if written_by not in _written_by:
        _written_by.append(written_by)


def languages_written_by(user: User | None) -> set[str]:
    """Their codes. In the site's own language writes whoever may change the thing at all."""
    found = {settings.LANGUAGE_CODE}
    return found.union(*(ask(user) for ask in _written_by)) if user else found


_draft_titles_seen: list[Callable[[User, Page], bool]] = []


def register_draft_titles(seen_by: Callable[[User, Page], bool]) -> None:
    """Apps above this one say who sees the title of a page's draft while readers see another."""
    if seen_by not in _draft_titles_seen:
        _draft_titles_seen.append(seen_by)


# Wagtail asks a page for its title in tables and API answers without saying for whom, and draws these after
# its own log context has ended.
_shown_to: ContextVar[User | None] = ContextVar("shown_to", default=None)


@contextmanager
def shown_to(user: User) -> Iterator[None]:
    """Within it, `sees_draft_title()` answers for this user."""
    token = _shown_to.set(user)
    try:
        yield
    finally:
        _shown_to.reset(token)


def sees_draft_title(page: Page) -> bool:
    """Return whether the request in hand may show the title of the page's draft; outside of the admin it may."""
    user = _shown_to.get()
    return user is None or all(seen_by(user, page) for seen_by in _draft_titles_seen)


class PagePermissions(PagePermissionTester):
    """Wagtail lets whoever may change a draft delete, move and copy it; a translator may only change."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._may_make() and super().can_delete(ignore_bulk)

    def can_copy(self) -> bool:
        return self._may_make() and super().can_copy()

    def can_lock(self) -> bool:
        """Reviewers have the right only to find their way about. What is submitted to them, its task opens."""
        return bool(self._may_change() or self.page.current_workflow_task) and super().can_lock()

    def can_unlock(self) -> bool:
        return (
            bool(self._may_change() or self.user_has_lock() or self.page.current_workflow_task)
            and super().can_unlock()
        )

    def _may_change(self) -> bool:
        return self.user.is_superuser or "change" in getattr(self, "permissions", ())

    def _may_make(self) -> bool:
        return self.user.is_superuser or "add" in getattr(self, "permissions", ())
