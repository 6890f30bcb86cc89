"""An image has no drafts: what is changed in its form readers see at once, wherever something live shows it."""

from collections.abc import Iterator
from copy import copy
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from core.gate.forms import may_publish
from core.gate.images import text_findings
from core.languages import LocaleCodes

# From the answer that asks for least care to the one that asks for most; unanswered it needs consent, too.
_CARE = ("nobody", "adults", "minors", "survivors", "")
_CONSENT = ("shows", "consent_reference", "consent_scope", "consent_until")


def live_users(image: models.Model) -> list[models.Model]:
    """What is live and shows the image; what has no drafts, such as settings, counts as live."""
    found = ReferenceIndex.get_references_to(image).group_by_source_object()
    sources = [source.specific if isinstance(source, Page) else source for source, _references in found if source]
    return [source for source in sources if getattr(source, "live", True)]


def text_errors(image: models.Model, shown_by: list[models.Model]) -> Iterator[tuple[str, str]]:
    """Language codes and what is wrong with their alternative texts. A hidden image shows none."""
    if not image.consent_holds():
        return
    codes = {LocaleCodes.code(source.locale_id) for source in shown_by if hasattr(source, "locale_id")}
    for code in sorted(codes | set(image.alt_texts)):
        for finding in text_findings(image, code):
            if code in codes or finding.code == "alt_file_name":
                yield code, f"{finding.text} {_where(shown_by)}"


def right_errors(
    image: models.Model, changed: dict[str, object], shown_by: list[models.Model], user: AbstractBaseUser | None
) -> Iterator[tuple[str, str]]:
    """Fields that only somebody may change so who may publish everything that shows the image."""
    beyond = [source for source in shown_by if not (user and may_publish(user, source))]
    if not beyond:
        return
    mend = f"{_where(beyond)} {_('Ask a publisher to make this change.')}"
    if "file" in changed:
        yield "file", f"{_('You may not replace a picture that readers see.')} {mend}"
    lax = ["consent_until"] if _is_later(image.consent_until, changed) else []
    if "shows" in changed and _CARE.index(changed["shows"]) < _CARE.index(image.shows):
        lax.append("shows")
    if not lax and not image.consent_holds() and _with(image, changed).consent_holds():
        lax = [name for name in _CONSENT if name in changed]
    for name in lax:
        yield name, f"{_('This would show readers a picture that was to be hidden, or show it longer.')} {mend}"


def _is_later(until: date | None, changed: dict[str, object]) -> bool:
    if "consent_until" not in changed or until is None:
        return False
    new = changed["consent_until"]
    return new is None or new > until


def _with(image: models.Model, changed: dict[str, object]) -> models.Model:
    changed_image = copy(image)
    for name in _CONSENT:
        if name in changed:
            setattr(changed_image, name, changed[name])
    return changed_image


def _where(shown_by: list[models.Model]) -> str:
    titles = ", ".join(f"“{source}”" for source in shown_by[:3])
    return _("Readers see the image in %(titles)s.") % {"titles": titles}
