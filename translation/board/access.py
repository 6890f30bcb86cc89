"""Who sees the board."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from translation.models import LanguageRight

SUBMIT = "wagtail_localize.submit_translation"


@dataclass(frozen=True)
class Access:
    """`locales` are those in which the user translates or reviews; `coordinates` says who sends what for
    translation."""

    locales: frozenset[int]
    coordinates: bool
    is_superuser: bool = False

    def works_in(self, locale_id: int) -> bool:
        return self.is_superuser or locale_id in self.locales

    @property
    def is_open(self) -> bool:
        return self.coordinates or bool(self.locales)


def access_of(request: HttpRequest) -> Access:
    """Asked once a request (one query besides Django's own)."""
    known = getattr(request, "_board_access", None)
    if known is None:
        known = request._board_access = _access(request.user)
    return known


def require(request: HttpRequest) -> Access:
    """Raises PermissionDenied."""
    access = access_of(request)
    if not access.is_open:
        raise PermissionDenied
    return access


def _access(user: AbstractBaseUser) -> Access:
    if not user.is_active:
        return Access(frozenset(), False)
    rights = LanguageRight.objects.filter(group__user=user).values_list("locale_id", flat=True)
    return Access(frozenset(rights), user.has_perm(SUBMIT), user.is_superuser)
