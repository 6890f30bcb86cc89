"""What is to be done when somebody leaves: their work is handed over, and they come in no more.

Apps add what people can have in hand as a `Duty`, in `ready()`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import APIToken

from core.accounts.sessions import end_sessions
from core.audit.actions import ACCOUNT_LEFT
from core.audit.record import record


@dataclass(frozen=True)
class Duty:
    """`named` returns what a user has in hand, in words; `hand_over` gives it to a successor, or takes it from the
    user where there is none or the successor may not do it, and returns how many went to the successor. It raises
    ValidationError where nobody would be left to do it."""

    label: str
    named: Callable[[User], Iterable[str]]
    hand_over: Callable[[User, User | None], int]


_duties: list[Duty] = []


def register(duty: Duty) -> None:
    if duty not in _duties:
        _duties.append(duty)


def in_hand(user: User) -> list[tuple[str, list[str]]]:
    """Return what the user has to hand over: labels with names, also where there is nothing."""
    return [(str(duty.label), list(duty.named(user))) for duty in _duties]


@transaction.atomic
def leave(user: User, successor: User | None, same_groups: bool = False) -> None:
    """Hand over what the user has in hand, take all rights away and close the account, all or nothing. Raise
    ValidationError where something cannot be handed over."""
    if successor and same_groups:
        successor.groups.add(*user.groups.all())
    details = {str(duty.label): duty.hand_over(user, successor) for duty in _duties}
    user.groups.clear()
    user.user_permissions.clear()
    APIToken.objects.filter(user=user).delete()
    user.is_superuser = user.is_staff = user.is_active = False
    user.set_unusable_password()
    user.save()
    end_sessions(user)
    if successor:
        details["successor"] = successor.get_username()
    record(ACCOUNT_LEFT, user, details=details)
