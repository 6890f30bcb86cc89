"""The authentication backend."""

from functools import cache

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db.models import BooleanField, ExpressionWrapper, Model, QuerySet

from core.prepared import Prepared
from core.second_factor.people import condition

_PERMISSIONS = "_permissions_of_all_kinds"


class FactorBackend(ModelBackend):
    """Django's authentication backend, which reads what every screen of the admin asks for in fewer queries."""

    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session with `user.needs_factor` and the profile (one query)."""
        user = next(_users(settings.SECOND_FACTOR_REQUIRED).rows(pk=user_id), None)
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: User | AnonymousUser, obj: Model | None = None) -> set[str]:
        """Return what Django's method does: the permissions of the user and of their groups (one query). Cached on
        the user, which each request reads anew."""
        if obj is not None or user_obj.is_superuser or not user_obj.is_active or user_obj.is_anonymous:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, _PERMISSIONS):
            names = ("content_type__app_label", "codename")
            own, of_groups = (
                Permission.objects.filter(**{by: user_obj}).order_by().values_list(*names)
                for by in ("user", "group__user")
            )
            setattr(user_obj, _PERMISSIONS, {f"{app}.{codename}" for app, codename in own.union(of_groups)})
        found: set[str] = getattr(user_obj, _PERMISSIONS)
        return found


@cache
def _users(required: bool) -> Prepared:
    """Return the query for a user, which `condition` makes of the setting."""
    return Prepared(_build_users, pk=-1)


def _build_users(pk: int) -> QuerySet[User]:
    needs_factor = ExpressionWrapper(condition(), output_field=BooleanField())
    users = get_user_model()._default_manager.select_related("wagtail_userprofile")
    return users.filter(pk=pk).annotate(needs_factor=needs_factor)
