"""Wagtail hooks for the view that closes the account of somebody who leaves."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from core.accounts.views import LeavingView
from core.internals.django import URLPattern


@hooks.register("register_admin_urls")
def leaving_url() -> list[URLPattern]:
    """Return the URL pattern of the view that closes the account of somebody who leaves."""
    return [path("users/<int:pk>/leaving/", LeavingView.as_view(), name="wagtailusers_leaving")]


@hooks.register("register_user_listing_buttons")
def leaving_button(user: User, request_user: User) -> Iterator[Button]:
    """Yield the button "Close account" in the user list, for active users other than the one who looks at it."""
    if user.is_active and user != request_user:
        yield Button(
            _("Close account"), reverse("wagtailusers_leaving", args=[user.pk]), icon_name="user", priority=90
        )
