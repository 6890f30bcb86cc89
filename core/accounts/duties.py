"""What anybody who works here may have in hand: pages that are theirs, locks, and what they have submitted."""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from wagtail.models import LockableMixin, Page, WorkflowState

from core.accounts.leaving import Duty, register
from core.typed import Translatable


def connect() -> None:
    register(Duty(_("Pages they own"), owned, hand_over_owned))
    register(Duty(_("Locks"), locked, unlock))
    register(Duty(_("Submitted for review"), submitted, hand_over_submitted))


def owned(user: User) -> Iterable[str]:
    return Page.objects.filter(owner=user).values_list("draft_title", flat=True)


def hand_over_owned(user: User, successor: User | None) -> int:
    count = Page.objects.filter(owner=user).update(owner=successor)
    return count if successor else 0


def locked(user: User) -> Iterable[str]:
    return [str(row) for model in _lockable() for row in model._base_manager.filter(locked_by=user)]


def unlock(user: User, successor: User | None) -> int:
    for model in _lockable():
        model._base_manager.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)
    return 0


def submitted(user: User) -> Iterable[str]:
    return [str(state.content_object) for state in _open_states(user)]


def hand_over_submitted(user: User, successor: User | None) -> int:
    """Who has submitted it hears what is decided."""
    count = _open_states(user).update(requested_by=successor)
    return count if successor else 0


def _open_states(user: User) -> Iterable[WorkflowState]:
    return WorkflowState.objects.active().filter(requested_by=user)


def _lockable() -> list[type[Translatable]]:
    """Pages once, whatever their type."""
    models = [model for model in apps.get_models() if issubclass(model, LockableMixin)]
    return [model for model in models if model is Page or not issubclass(model, Page)]
