"""Permissions that depend on the language of pages, and on which higher apps decide too; who may publish."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth.models import User
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry, register_permission_policy

from core.context import held
from core.internals.wagtail_models import PagePermissionPolicy, PagePermissionTester
from core.typed import Translatable


def languages_of_pages(user: User) -> set[int] | None:
    """Return the ids of the Locales to which a user is limited: those of all pages that their groups have
    permissions on. Return None for users without such a limit: superusers, and users with permissions on the root
    page or on no page."""
    if user.is_superuser:
        return None
    pages = GroupPagePermission.objects.filter(group__user=user).values_list("page__depth", "page__locale_id")
    if not pages or any(depth == 1 for depth, _locale in pages):
        return None
    return {locale for _depth, locale in pages}


_written_by: list[Callable[[User], set[str]]] = []


def register_languages(written_by: Callable[[User], set[str]]) -> None:
    """Register a function with which a higher app returns the codes of the languages that a user may write in."""
    if written_by not in _written_by:
        _written_by.append(written_by)


def languages_written_by(user: User | None) -> set[str]:
    """Return the codes of the languages that a user may write in, as the registered functions say. The site's
    default language is always included, and alone for None, as it needs only the permission to change the
    object."""
    found = {settings.LANGUAGE_CODE}
    return found.union(*(ask(user) for ask in _written_by)) if user else found


_draft_titles_seen: list[Callable[[User, Page], bool]] = []


def register_draft_titles(seen_by: Callable[[User, Page], bool]) -> None:
    """Register a function with which a higher app says whether a user may see the title of a page's draft. All
    such functions must agree."""
    if seen_by not in _draft_titles_seen:
        _draft_titles_seen.append(seen_by)


# Wagtail gets the titles of pages for tables and API responses without passing the user, and renders these after
# its own log context has ended.
_shown_to: ContextVar[User | None] = ContextVar("shown_to", default=None)


def shown_to(user: User) -> AbstractContextManager[None]:
    """Make `sees_draft_title` answer for this user within the context."""
    return held(_shown_to, user)


def sees_draft_title(page: Page) -> bool:
    """Return whether the user of `shown_to` may see the title of the page's draft; True outside of `shown_to`."""
    user = _shown_to.get()
    return user is None or all(seen_by(user, page) for seen_by in _draft_titles_seen)


class PagePermissions(PagePermissionTester):
    """Wagtail's page permissions, restricted for translators and reviewers. Users may delete or copy a page only
    if they may also add pages. They may lock it only if they may change it or it is in review, and unlock it also
    if they have locked it."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if not self._may_make():
            return False
        if not self.user.is_superuser and "publish" not in self.permissions:
            # Where the page itself decides, lists need no query for each row as Wagtail's would.
            if self.page.live:
                return False
            if self._may_change() and self.page.is_leaf():
                return True
        return super().can_delete(ignore_bulk)

    def can_copy(self) -> bool:
        return self._may_make() and super().can_copy()

    def can_lock(self) -> bool:
        """Return whether the user may lock the page: they may change it or it is in review, and Wagtail allows it.
        Reviewers have permissions on pages only to find them; a workflow task gives them the right for the
        submitted page."""
        return bool(self._may_change() or self.page.current_workflow_task) and super().can_lock()

    def can_unlock(self) -> bool:
        return (
            bool(self._may_change() or self.user_has_lock() or self.page.current_workflow_task)
            and super().can_unlock()
        )

    def _may_change(self) -> bool:
        return self.user.is_superuser or "change" in getattr(self, "permissions", ())

    def _may_make(self) -> bool:
        """Return whether the user may add pages here."""
        return self.user.is_superuser or "add" in getattr(self, "permissions", ())


_EXPLORED = "_explored_from"


class PagePolicy(PagePermissionPolicy):
    """Wagtail's permission policy of pages. It finds the page from which a user may explore, which every screen
    of the admin asks for, without walking through all pages, and without a query where the user has permissions
    on one page alone."""

    def instances_with_direct_explore_permission(self, user: User) -> list[Page]:
        if user.is_superuser:
            root = Page.get_first_root_node()
            return [root] if root else []
        pages: list[Page] = super().instances_with_direct_explore_permission(user)
        return pages

    def explorable_root_instance(self, user: User) -> Page | None:
        if not hasattr(user, _EXPLORED):
            by_path = {page.path: page for page in self.instances_with_direct_explore_permission(user)}
            [root] = by_path.values() if len(by_path) == 1 else [super().explorable_root_instance(user)]
            setattr(user, _EXPLORED, root)
        found: Page | None = getattr(user, _EXPLORED)
        return found


def register_page_policy() -> None:
    """Register the permission policy of pages in place of Wagtail's."""
    register_permission_policy(Page, PagePolicy())


def may_publish(user: User, subject: Translatable, parent: Page | None = None) -> bool:
    """Return whether the user may publish this object. A page that is not saved yet needs its `parent`. Wagtail
    saves a draft if somebody without the permission submits the publish button."""
    if not isinstance(subject, Page):
        return policy_registry.get(subject).user_has_permission(user, "publish")
    if subject.pk:
        return subject.permissions_for_user(user).can_publish()
    return parent is not None and parent.permissions_for_user(user).can_publish_subpage()
