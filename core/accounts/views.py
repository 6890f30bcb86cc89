"""View that closes the account of somebody who leaves and hands over their work."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.accounts.leaving import close_account, in_hand
from core.accounts.sessions import sessions_of
from core.internals.wagtail_admin import WagtailAdminTemplateMixin, get_user_display_name, user_can_delete_user
from core.typed import AnyFormView, UserChoiceField


class Person(UserChoiceField):
    """Field to choose a user by full name."""

    def label_from_instance(self, user: User) -> str:
        return get_user_display_name(user)


class LeavingForm(forms.Form):
    """Form that asks who receives the work of `leaver`: another active user, or nobody."""

    successor = Person(
        label=gettext_lazy("Successor"),
        queryset=get_user_model()._default_manager.none(),
        required=False,
        empty_label=gettext_lazy("Nobody"),
    )
    same_groups = forms.BooleanField(label=gettext_lazy("Add the successor to the same groups"), required=False)

    def __init__(self, *args: Any, leaver: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = get_user_model()._default_manager.filter(is_active=True).exclude(pk=leaver.pk)
        successor = self.fields["successor"]
        assert isinstance(successor, Person)
        successor.queryset = others.select_related("wagtail_userprofile")


class LeavingView(WagtailAdminTemplateMixin, AnyFormView):
    """View that shows a user's work and sessions (GET), hands the work over and closes the account (POST)."""

    form_class = LeavingForm
    template_name = "admin/accounts/leaving.html"
    header_icon = "user"

    @cached_property
    def leaver(self) -> User:
        """Return the user who leaves. Raise Http404 if there is none with this key."""
        return get_object_or_404(get_user_model(), pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raise PermissionDenied unless the request's user may delete the user who leaves."""
        if not user_can_delete_user(request.user, self.leaver):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Close account")

    def get_page_subtitle(self) -> str:
        return get_user_display_name(self.leaver)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return []

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "leaver": self.leaver}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "leaver": self.leaver,
            "groups": self.leaver.groups.order_by("name"),
            "sessions": len(sessions_of(self.leaver)),
            "duties": in_hand(self.leaver),
        }

    def form_valid(self, form: LeavingForm) -> HttpResponse:
        """Hand over the work and close the account, or show the form again if something cannot be handed over."""
        try:
            close_account(self.leaver, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("successor", error)
            return self.form_invalid(form)
        messages.success(self.request, _("The work is handed over and the account is closed."))
        return redirect("wagtailusers_users:index")
