"""Access to the board."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from core.typed import AdminRequest
from translation.access.queries import works_in
from translation.localize.names import SUBMIT


@dataclass(frozen=True)
class Access:
    """What a user may do on the board. `every` are all languages of the site, `locales` the ids of those into
    which the user translates or which the user reviews; `coordinates` tells whether the user may send objects for
    translation."""

    every: list[Locale]
    locales: frozenset[int]
    coordinates: bool
    is_superuser: bool = False

    def works_in(self, locale_id: int) -> bool:
        """Return whether the user translates into a language or reviews it; True for superusers."""
        return self.is_superuser or locale_id in self.locales


def may_open(user: User) -> bool:
    """Return whether the user may see the board: who sends, translates or reviews."""
    return user.has_perm(SUBMIT) or bool(works_in(user))


def access_of(request: AdminRequest) -> Access:
    """Return what the user of the request may do on the board, computed once for each request (one query besides
    those of permissions)."""
    known = getattr(request, "_board_access", None)
    if known is None:
        known = request._board_access = _access(request.user)  # type: ignore[attr-defined]  # a cache
    return known


def require(request: AdminRequest) -> Access:
    """Return what the user of the request may do on the board. Raise PermissionDenied if the user may not see
    it."""
    if not may_open(request.user):
        raise PermissionDenied
    return access_of(request)


def _access(user: User) -> Access:
    every, locales = list(Locale.objects.all()), frozenset(works_in(user))
    return Access(every, locales, user.has_perm(SUBMIT), user.is_active and user.is_superuser)


def launchable(user: User, key: UUID, locales: Iterable[Locale]) -> set[int]:
    """Return the ids of the languages, out of `locales`, in which `user` may publish the page with this key.
    Languages in which it does not exist are included if the user may publish it in its source language. There are
    queries only for users who may publish some pages but not all."""
    policy, every = PagePermissionPolicy(), {locale.pk for locale in locales}
    if not policy.user_has_permission(user, "publish"):
        return set()
    rights = policy.get_cached_permissions_for_user(user)
    if user.is_superuser or any(
        right.permission.codename == "publish_page" and right.page.depth == 1 for right in rights
    ):
        return every
    pages = list(Page.objects.filter(translation_key=key).order_by("pk"))
    may = [page.permissions_for_user(user).can_publish() for page in pages]
    allowed = {page.locale_id for page, allows in zip(pages, may, strict=True) if allows}
    return allowed | (every - {page.locale_id for page in pages}) if may and may[0] else allowed
