"""The editor panel that shows whether consent was withdrawn."""

from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.permissions import policy_registry

from core.consent.models import Withdrawal
from core.consent.withdrawable import Withdrawable


def withdrawal_context(instance: Withdrawable, user: User) -> dict[str, Any]:
    """Return the context of `admin/consent/state.html`: the object, its withdrawal in force or None, and the URL
    to withdraw consent. Withdrawal and URL are empty for users who may not change the object, the whole context
    for an unsaved object."""
    if not instance.pk:
        return {}
    may_change = policy_registry.get(instance).user_has_permission_for_instance(user, "change", instance)
    return {
        "consent_of": instance,
        "withdrawal": Withdrawal.objects.in_force().of(instance).first() if may_change else None,
        "withdraw_url": withdraw_url(instance) if may_change else "",
    }


def withdraw_url(instance: Withdrawable) -> str:
    meta = instance._meta
    return reverse("consent:withdraw", args=[meta.app_label, meta.model_name, instance.withdrawal_key])


class WithdrawalPanel(Panel):
    """A panel that shows whether consent was withdrawn and links to the screen that withdraws it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin/consent/state.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | withdrawal_context(self.instance, self.request.user)

        def is_shown(self) -> bool:
            return bool(self.instance.pk)
