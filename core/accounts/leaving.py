"""Closing the account of somebody who leaves, and handing over their work.

Apps register each kind of work as a `Duty`, in `ready()`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction

from core.accounts.sessions import end_sessions
from core.audit.actions import ACCOUNT_LEFT
from core.audit.record import record
from core.internals.wagtail_models import APIToken

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Duty:
    """One kind of work that a user can be responsible for."""

    label: "StrOrPromise"
    named: Callable[[User], Iterable[str]]
    """Returns the names of the user's items of this kind."""
    hand_over: Callable[[User, User | None], int]
    """Gives the user's items to the successor, or only takes them from the user if there is no successor or the
    successor may not have them. Returns how many the successor received. Raises ValidationError if nobody would be
    left to do the work."""


_duties: list[Duty] = []


def register(duty: Duty) -> None:
    """Add a duty, unless it is registered already, to those that are shown and handed over when somebody
    leaves."""
    if duty not in _duties:
        _duties.append(duty)


def in_hand(user: User) -> list[tuple[str, list[str]]]:
    """Return the label of each duty with the names of the user's items, which may be none."""
    return [(str(duty.label), list(duty.named(user))) for duty in _duties]


@transaction.atomic
def close_account(user: User, successor: User | None, same_groups: bool = False) -> None:
    """Hand over the user's work, remove all rights, tokens and sessions, close the account and record it, in one
    transaction. Without `successor` the work is only taken from the user; with `same_groups` the successor joins
    the user's groups. Raise ValidationError if something cannot be handed over."""
    if successor and same_groups:
        successor.groups.add(*user.groups.all())
    details: dict[str, object] = {str(duty.label): duty.hand_over(user, successor) for duty in _duties}
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
