"""Bulk actions on users."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from core.internals.wagtail_admin import SetActiveStateBulkAction


class RecordedActiveStateBulkAction(SetActiveStateBulkAction):
    """Bulk action that opens or closes accounts, except the user's own, by saving each user. Wagtail's own action
    updates all rows by one query, which sends no signals: the audit log would miss it."""

    @classmethod
    @transaction.atomic
    def execute_action(
        cls, objects: Iterable[User], mark_as_active: bool = False, **kwargs: Any
    ) -> tuple[int, int]:
        users = [user for user in objects if user != kwargs.get("user")]
        for user in users:
            user.is_active = mark_as_active
            user.save(update_fields=["is_active"])
        return len(users), 0
