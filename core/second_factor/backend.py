"""The authentication backend."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db.models import BooleanField, ExpressionWrapper

from core.second_factor.people import condition


class FactorBackend(ModelBackend):
    """Django's authentication backend, which sets `user.needs_factor` in the same query that reads the user of a
    session."""

    def get_user(self, user_id: int) -> User | None:
        users = get_user_model()._default_manager.annotate(
            needs_factor=ExpressionWrapper(condition(), output_field=BooleanField())
        )
        user = users.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
