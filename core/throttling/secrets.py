"""The forms that ask for a secret, and their limits."""

import unicodedata
from dataclasses import dataclass

from django.http import HttpRequest

from core.http.client import client_network
from core.throttling.attempts import Limit
from core.throttling.devices import known_device

FROM_KNOWN_DEVICE = 10


@dataclass(frozen=True)
class SecretForm:
    """The limits of a form in 15 minutes.

    `pair`: attempts on one subject (a user or a page) from one address. `address`: attempts on any subject from
    one address. `subject`: attempts on one subject from all addresses, except from browsers that the user has
    logged in with before; 0 for no limit.
    """

    kind: str
    field: str
    """The form field, or the URL argument, that names the subject."""
    pair: int
    address: int
    subject: int
    success_counts: bool = False
    """Whether successful attempts, which are answered with a redirect, count too."""

    def limits(self, request: HttpRequest) -> list[Limit]:
        """Return the limits under which an attempt counts, that of subject and address first. From a browser that
        the user has logged in with before, only the limit of that browser counts."""
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
        """Return the subject that a request names in its URL or form, normalized, so that other spellings count as
        the same subject; empty if there is none."""
        match = request.resolver_match
        given = (match.kwargs if match else {}).get(self.field, request.POST.get(self.field, ""))
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
"""The forms by the names of their URL patterns. Every new form that takes a secret needs an entry."""
