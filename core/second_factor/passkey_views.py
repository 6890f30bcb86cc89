"""JSON views for the passkey script, which posts an empty body to get options, and then the browser's answer."""

from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.second_factor import passkeys
from core.second_factor.views import ChangingView, PersonView, added, verified


class UsePasskeyView(PersonView):
    """The view that verifies a session with a passkey."""

    def refuse(self) -> HttpResponse | None:
        return None if passkeys.has_passkey(self.person) else refused(HTTPStatus.FORBIDDEN)

    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.body:
            return JsonResponse(passkeys.begin_using(request, self.person))
        try:
            device = passkeys.use(request, self.person)
        except passkeys.PasskeyRefusedError:
            return refused()
        verified(request, self.person, device)
        return JsonResponse({"next": self.next_path(reverse("wagtailadmin_home"))})


class AddPasskeyView(ChangingView):
    """The view that adds a passkey."""

    def refuse(self) -> HttpResponse | None:
        return None if self.may_change() else refused(HTTPStatus.FORBIDDEN)

    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.body:
            return JsonResponse(passkeys.begin_adding(request, self.person))
        try:
            with transaction.atomic():
                return JsonResponse({"next": added(request, self.person, passkeys.add(request, self.person))})
        except passkeys.PasskeyRefusedError:
            return refused()


def refused(status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> JsonResponse:
    """Return the JSON answer, by default 422, for a passkey that was not accepted."""
    return JsonResponse({"error": _("The passkey was not accepted.")}, status=status)
