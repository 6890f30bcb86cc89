"""The authentication backend."""

from functools import cache

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from core.prepared import Prepared
from core.second_factor.people import condition


class FactorBackend(ModelBackend):
    """Django's authentication backend, which sets `user.needs_factor` in the same query that reads the user of a
    session."""

    def get_user(self, user_id: int) -> User | None:
        user = next(iter(_users(settings.SECOND_FACTOR_REQUIRED).rows(pk=user_id)), None)
        return user if user and self.user_can_authenticate(user) else None


@cache
def _users(required: bool) -> Prepared:
    """Return the query for a user, which `condition` makes of the setting."""
    return Prepared(_build_users, pk=-1)


def _build_users(pk: int) -> QuerySet[User]:
    needs_factor = ExpressionWrapper(condition(), output_field=BooleanField())
    return get_user_model()._default_manager.filter(pk=pk).annotate(needs_factor=needs_factor)
