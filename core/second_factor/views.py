"""Views to use the second factor at log-in, and to add and remove devices.

They are not wrapped in Wagtail's access check, as their users may have given only a password.
"""

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from django_otp.models import Device
from django_otp.util import random_hex
from wagtail.admin import messages

from core.internals.django import url_has_allowed_host_and_scheme
from core.languages.site_languages import admin_language
from core.second_factor import devices, links, notices, passkeys, session
from core.second_factor.forms import CodeForm
from core.second_factor.people import must_have_factor
from core.second_factor.qr import qr_code

KEY = "second_factor_app_key"


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class PersonView(View):
    """The base of views for users who have given at least their password (`person`), in their language."""

    template_name = ""
    person: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = session.person_of(request)
        if person is None:
            return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
        self.person = person
        with override(admin_language(person)):
            response = self.refuse() or super().dispatch(request, *args, **kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response

    def refuse(self) -> HttpResponse | None:
        """Return a response to send instead of the view's own, or None to go on."""

    def show(self, **context: Any) -> TemplateResponse:
        """Return the view's template with the given context, and `person` and `next`."""
        context = {"person": self.person, "next": self.next_path(""), **context}
        return TemplateResponse(self.request, self.template_name, context)

    def next_path(self, default: str) -> str:
        """Return the URL to go on to: the parameter `next` if it is on this site, otherwise `default`."""
        asked = self.request.POST.get("next") or self.request.GET.get("next", "")
        allowed = {self.request.get_host()}
        return asked if url_has_allowed_host_and_scheme(asked, allowed, self.request.is_secure()) else default


class VerifyView(PersonView):
    """The form for the second factor. A user without a device is redirected to `RequestLinkView`."""

    template_name = "admin/second_factor/verify.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self.ask(form)
        try:
            checked = devices.check_code(self.person, form.cleaned_data["code"])
        except devices.TooManyCodesError as error:
            wait = _("Too many wrong codes. Wait %(seconds)s seconds.") % {"seconds": error.seconds}
            form.add_error("code", wait)
            return self.ask(form)
        if checked.device is None:
            if checked.failures:
                notices.note_failure(self.person, checked.failures)
            form.add_error("code", _("This code is wrong, or was used before."))
            return self.ask(form)
        verified(request, self.person, checked.device)
        return redirect(self.next_path(reverse("wagtailadmin_home")))

    def ask(self, form: CodeForm) -> HttpResponse:
        """Show the form, or redirect a user who has no device to the page that mails a link to add one."""
        if not devices.devices_of(self.person):
            return redirect(session.with_next("second_factor:request_link", self.next_path("")))
        has_passkey = passkeys.are_possible(self.request) and passkeys.has_passkey(self.person)
        return self.show(form=form, has_passkey=has_passkey)


class RequestLinkView(PersonView):
    """The page on which a user without a device requests a link by mail to add the first one."""

    template_name = "admin/second_factor/request_link.html"

    def refuse(self) -> HttpResponse | None:
        return redirect("second_factor:verify") if devices.devices_of(self.person) else None

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        notices.request_link(self.person)
        return self.show(sent=True)


class LinkView(PersonView):
    """The target of a mailed link. It works only in a session in which the user has given their password, and only
    for a user without a device."""

    template_name = "admin/second_factor/request_link.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if devices.devices_of(self.person) or not links.is_link_of(self.person, token):
            return self.show(is_invalid=True)
        request.session[links.SESSION_KEY] = token
        return redirect("second_factor:add")


class LeaveView(PersonView):
    """The view that ends the session, whether the second factor was used or not."""

    def post(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        return redirect("wagtailadmin_login")


class ChangingView(PersonView):
    """The base of views that change devices: allowed for 15 minutes after the second factor was used or, for the
    first device, after a mailed link was opened."""

    def refuse(self) -> HttpResponse | None:
        if self.may_change():
            return None
        # A POST is not repeated after the second factor, so go back to the account instead.
        back = self.request.get_full_path() if self.request.method == "GET" else reverse("wagtailadmin_account")
        return redirect(session.with_next("second_factor:verify", back))

    def may_change(self) -> bool:
        if devices.devices_of(self.person):
            return session.is_recently_verified(self.request)
        return links.may_add_first(self.request, self.person)


class AddView(ChangingView):
    """The form to add an authenticator app, with a button to add a passkey."""

    template_name = "admin/second_factor/add.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if form.is_valid():
            with transaction.atomic():
                device = devices.add_app(self.person, request.session.get(KEY, ""), form.cleaned_data["code"])
                if device:
                    request.session.pop(KEY, None)
                    return redirect(added(request, self.person, device))
            form.add_error("code", _("This code is wrong. Check the clock of the phone."))
        return self.ask(form)

    def ask(self, form: CodeForm) -> HttpResponse:
        """Show the form, with a secret key, which the session keeps until it is used; without one if the user has
        an app already."""
        context: dict[str, Any] = {"form": form, "can_add_passkey": passkeys.are_possible(self.request)}
        if not devices.has_app(self.person):
            key = self.request.session.setdefault(KEY, random_hex(20))
            context.update(qr_code(self.person, key))
        return self.show(**context)


class CodesView(ChangingView):
    """View that says how many recovery codes are left, and on POST replaces them and shows the new ones, once."""

    template_name = "admin/second_factor/codes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return (
            self.show(left=devices.codes_left(self.person))
            if self.has_devices()
            else redirect("second_factor:add")
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.has_devices():
            return redirect("second_factor:add")
        with transaction.atomic():
            codes = devices.make_codes(self.person)
            notices.note_change(self.person, notices.CODES, self.person)
        return self.show(codes=codes)

    def has_devices(self) -> bool:
        return bool(devices.devices_of(self.person))


class RemoveView(ChangingView):
    """The page that removes a device, except the last one of a user who must have one."""

    template_name = "admin/second_factor/remove.html"

    def get(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        return self.show(label=devices.label(self.device()))

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        device = self.device()
        with transaction.atomic():
            if len(devices.devices_of(self.person)) == 1 and must_have_factor(self.person):
                messages.error(request, _("Your account needs a second factor: add another one first."))
            else:
                notices.note_change(self.person, notices.REMOVED, self.person, devices.label(device))
                devices.remove(device)
        return redirect("wagtailadmin_account")

    def device(self) -> Device:
        """Return the user's device that the address names. Raise Http404 if there is none."""
        model = devices.KINDS.get(self.kwargs["kind"])
        if model is None:
            raise Http404
        return get_object_or_404(model, pk=self.kwargs["pk"], user=self.person)


def verified(request: HttpRequest, person: User, device: Device) -> None:
    """Sign the user in after they used a device, and log the use."""
    session.mark_verified(request, person, device)
    notices.note_use(person, devices.label(device))


def added(request: HttpRequest, person: User, device: Device) -> str:
    """Log and mail a new device, sign the user in if they are not yet, and return the URL to go on to: the
    recovery codes if there are none, otherwise the account."""
    notices.note_change(person, notices.ADDED, person, devices.label(device))
    if not session.is_verified(request.user):
        session.mark_verified(request, person, device)
    return reverse("wagtailadmin_account" if devices.codes_left(person) else "second_factor:codes")
