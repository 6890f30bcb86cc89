"""The view with which administrators who have a second factor reset that of another user."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from core.internals.wagtail_admin import WagtailAdminTemplateMixin
from core.second_factor import devices, notices, session
from core.typed import AdminRequest


def may_reset(administrator: User, user: User) -> bool:
    """Return whether `administrator`, who must be allowed to change users, may reset the second factor of `user`:
    never their own, and that of a superuser only as a superuser."""
    return (
        administrator.pk != user.pk
        and administrator.has_perm("auth.change_user")
        and (administrator.is_superuser or not user.is_superuser)
    )


def reset(user: User, by: User | None) -> list[str]:
    """Remove all devices and recovery codes of a user, log the reset and mail it to them. Return the labels of
    what was removed. `by` is None for a command."""
    with transaction.atomic():
        removed = devices.remove_all(user)
        notices.note_change(user, notices.RESET, by)
    return removed


class ResetView(WagtailAdminTemplateMixin, TemplateView):
    """The screen to reset a second factor: GET shows the user's devices, POST removes them, if the administrator
    has used their own second factor in the last 15 minutes. Others are sent to do so."""

    request: AdminRequest
    template_name = "admin/second_factor/reset.html"
    header_icon = "lock"

    @cached_property
    def person(self) -> User:
        return get_object_or_404(get_user_model(), pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_reset(self.request.user, self.person):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Second factor")

    def get_page_subtitle(self) -> str:
        return self.person.get_username()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "person": self.person,
            "rows": [{"label": devices.label(each), "device": each} for each in devices.devices_of(self.person)],
            "codes_left": devices.codes_left(self.person),
            "is_verified": session.is_verified(self.request.user),
        }

    def post(self, request: AdminRequest, pk: int) -> HttpResponse:
        if not session.is_verified(request.user):
            messages.error(request, _("Set up your own second factor first."))
            return redirect("wagtailadmin_account")
        if not session.is_recently_verified(request):
            return redirect(session.with_next("second_factor:verify", request.path))
        reset(self.person, request.user)
        messages.success(request, _("The second factor of %(user)s was reset.") % {"user": self.person})
        return redirect("wagtailusers_users:index")
