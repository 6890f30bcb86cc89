"""Wagtail hooks that link the admin to the screens of the second factor."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.admin.widgets import Button

from core.internals.django import URLPattern
from core.second_factor import devices, notices
from core.second_factor.reset import ResetView, may_reset

KIND_OF = {model: kind for kind, model in devices.KINDS.items()}


@hooks.register("register_account_settings_panel")
class SecondFactorPanel(BaseSettingsPanel):
    """A panel of the account settings that lists the user's devices. The linked views ask for the second factor
    again."""

    name = "second_factor"
    title = gettext_lazy("Second factor")
    order = 600
    template_name = "admin/second_factor/panel.html"

    def get_form(self) -> forms.Form:
        # Nothing is saved with the account.
        return forms.Form(prefix=self.name)

    def get_context_data(self) -> dict[str, Any]:
        rows = [
            {
                "label": devices.label(device),
                "device": device,
                "remove_url": reverse("second_factor:remove", args=[KIND_OF[type(device)], device.pk]),
            }
            for device in devices.devices_of(self.user)
        ]
        return {"rows": rows, "codes_left": devices.codes_left(self.user)}


@hooks.register("register_user_listing_buttons")
def reset_button(user: User, request_user: User) -> list[Button]:
    """Return the button to reset the second factor of `user`, in a list; empty if `request_user` may not do so."""
    if not may_reset(request_user, user):
        return []
    url = reverse("reset_second_factor", args=[user.pk])
    return [Button(gettext_lazy("Second factor"), url=url, icon_name="lock", priority=40)]


@hooks.register("register_admin_urls")
def reset_url() -> list[URLPattern]:
    return [path("users/<int:pk>/second-factor/", ResetView.as_view(), name="reset_second_factor")]


hooks.register("register_log_actions", notices.register_actions)
