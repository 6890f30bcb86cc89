"""Which forms ask for a secret, and how often each may be tried."""

import unicodedata
from dataclasses import dataclass

from django.http import HttpRequest

from core.http.client import client_network
from core.throttling.attempts import Limit
from core.throttling.devices import known_device

FROM_KNOWN_DEVICE = 10


@dataclass(frozen=True)
class SecretForm:
    """How often a form may be tried in 15 minutes.

    `pair`: about one subject from one address. `address`: about whomever from one address. `subject`: about one
    subject from wherever, browsers that the subject is known to use left out; 0: as often as one likes.
    """

    kind: str
    field: str
    """The field that names the subject, or the argument of the address."""
    pair: int
    address: int
    subject: int
    success_counts: bool = False
    """Whether a try that succeeded, which is answered with a redirect, counts as well."""

    def limits(self, request: HttpRequest) -> list[Limit]:
        """Return what a try counts under, that of subject and address first."""
        subject = self.subject_of(request)
        if device := known_device(request, subject):
            return [Limit(f"{self.kind} device {device}", FROM_KNOWN_DEVICE)]
        network = client_network(request)
        limits = [
            Limit(f"{self.kind} pair {network} {subject}", self.pair),
            Limit(f"{self.kind} address {network}", self.address),
        ]
        if self.subject:
            limits.append(Limit(f"{self.kind} subject {subject}", self.subject))
        return limits

    def subject_of(self, request: HttpRequest) -> str:
        """As the form itself will read it, and in one case, so that another spelling gets no further tries."""
        given = request.resolver_match.kwargs.get(self.field, request.POST.get(self.field, ""))
        return unicodedata.normalize("NFKC", str(given)).strip().casefold()


LOGIN = SecretForm("log-in", "username", pair=5, address=50, subject=50)
RESET = SecretForm("reset", "email", pair=3, address=30, subject=10, success_counts=True)
PAGE = SecretForm("page password", "page_view_restriction_id", pair=20, address=60, subject=0)
COLLECTION = SecretForm("file password", "restriction_id", pair=20, address=60, subject=0)

SECRET_FORMS = {
    "wagtailadmin_login": LOGIN,
    "wagtailcore_login": LOGIN,
    "wagtailadmin_password_reset": RESET,
    "wagtailcore_authenticate_with_password": PAGE,
    "wagtaildocs_authenticate_with_password": COLLECTION,
}
"""By the name of the address. A new form that takes a secret needs a line here."""
