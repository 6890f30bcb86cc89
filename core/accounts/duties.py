"""Duties that any user of the admin may have: owned pages, locks, and submissions for review."""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import LockableMixin, Page, WorkflowState

from core.accounts.leaving import Duty, register


def connect() -> None:
    """Register these duties."""
    register(Duty(_("Pages they own"), owned, hand_over_owned))
    register(Duty(_("Locks"), locked, unlock))
    register(Duty(_("Submitted for review"), submitted, hand_over_submitted))


def owned(user: User) -> Iterable[str]:
    """Return the titles of the pages that the user owns."""
    return Page.objects.filter(owner=user).values_list("draft_title", flat=True)


def hand_over_owned(user: User, successor: User | None) -> int:
    """Make the successor, or nobody, the owner of the user's pages. Return how many the successor received."""
    count = Page.objects.filter(owner=user).update(owner=successor)
    return count if successor else 0


def locked(user: User) -> Iterable[str]:
    """Return the names of the pages and snippets that the user has locked."""
    return [str(row) for model in _lockable() for row in model._base_manager.filter(locked_by=user)]


def unlock(user: User, successor: User | None) -> int:
    """Remove the user's locks. Return 0, as none goes to `successor`."""
    for model in _lockable():
        model._base_manager.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)
    return 0


def submitted(user: User) -> Iterable[str]:
    """Return the names of the objects that the user has submitted and that are still in a workflow."""
    return [str(state.content_object) for state in _open_states(user)]


def hand_over_submitted(user: User, successor: User | None) -> int:
    """Make the successor, or nobody, the submitter of the user's open workflows, and return how many the successor
    received. The submitter is notified of decisions."""
    count = _open_states(user).update(requested_by=successor)
    return count if successor else 0


def _open_states(user: User) -> QuerySet[WorkflowState]:
    return WorkflowState.objects.active().filter(requested_by=user)


def _lockable() -> list[type[Model]]:
    """Return the models with locks, of pages only the base model, whose table holds the locks of all types."""
    models = [model for model in apps.get_models() if issubclass(model, LockableMixin)]
    return [model for model in models if model is Page or not issubclass(model, Page)]
