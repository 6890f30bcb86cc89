"""The rules that say which users need a second factor."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission, User
from django.db.models import Exists, OuterRef, Q
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential
from wagtail.models import GroupApprovalTask, GroupPagePermission

CHANGES = ("add_", "change_", "delete_")
# Users who may change these apps and models control permissions, or what readers see at once.
ADMINISTERED_APPS = ("auth", "wagtailcore", "wagtailusers")
ADMINISTERED_MODELS = ("helpline",)

Condition = Callable[[], Exists]
_conditions: list[Condition] = []


def register(condition: Condition) -> None:
    """Register a function with which a higher app says who else needs a second factor. It returns `Exists` of a
    queryset filtered by `OuterRef("pk")`, the user's primary key."""
    if condition not in _conditions:
        _conditions.append(condition)


def condition() -> Q:
    """Return the condition for users who need a second factor to sign in: those who have a device and, if
    SECOND_FACTOR_REQUIRED is set, those whose permissions demand one."""
    return _has_device() | _has_rights() if settings.SECOND_FACTOR_REQUIRED else _has_device()


def must_have_factor(user: User) -> bool:
    """Return whether SECOND_FACTOR_REQUIRED is set and the user's permissions demand a second factor, so that the
    last device cannot be removed."""
    return settings.SECOND_FACTOR_REQUIRED and (
        get_user_model()._base_manager.filter(_has_rights(), pk=user.pk).exists()
    )


def _has_device() -> Q:
    models = (TOTPDevice, WebAuthnCredential)
    return _any_of(Exists(model.objects.filter(user=OuterRef("pk"), confirmed=True)) for model in models)


def _has_rights() -> Q:
    """Return the condition for users who are superusers, who may publish, approve in a workflow, or change users,
    permissions, Wagtail's own models or helplines (by a group or directly), or who meet a registered condition."""
    pages = GroupPagePermission.objects.filter(group__user=OuterRef("pk"), permission__codename="publish_page")
    tasks = GroupApprovalTask.objects.filter(groups__user=OuterRef("pk"), active=True)
    publishing_or_administering = Permission.objects.filter(
        Q(codename__startswith="publish_")
        | (
            _any_of(Q(codename__startswith=change) for change in CHANGES)
            & (Q(content_type__app_label__in=ADMINISTERED_APPS) | Q(content_type__model__in=ADMINISTERED_MODELS))
        )
    )
    rights = (
        pages,
        tasks,
        publishing_or_administering.filter(group__user=OuterRef("pk")),
        publishing_or_administering.filter(user=OuterRef("pk")),
    )
    return Q(is_superuser=True) | _any_of([*map(Exists, rights), *(condition() for condition in _conditions)])


def _any_of(conditions: Iterable[Exists | Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= Q(condition)
    return found
