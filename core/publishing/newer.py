"""Find what a newer draft takes back of the version that is about to go live: a scheduled one, or one that was
approved before the draft was saved."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.utils.translation import gettext as _
from wagtail.models import Revision

from core.publishing.confirmation import named
from core.publishing.findings import Finding
from core.publishing.people import PublicItem
from core.typed import Translatable

CODE = "taken_back"

_was_live: ContextVar[bool] = ContextVar("was_live", default=False)


@contextmanager
def as_it_was_live() -> Iterator[None]:
    """Publish inside what readers saw beside the same newer draft before it was deleted."""
    token = _was_live.set(True)
    try:
        yield
    finally:
        _was_live.reset(token)


def newest_after(revision: Revision) -> Revision | None:
    """Return the newest version of the same object, where that is another one; None inside `as_it_was_live`."""
    if _was_live.get():
        return None
    same = Revision.objects.filter(base_content_type=revision.base_content_type_id, object_id=revision.object_id)
    newest = same.order_by("-created_at", "-pk").first()
    return newest if newest and newest.pk != revision.pk else None


def taken_back(
    older: Translatable,
    people: Iterable[PublicItem],
    newer: Translatable,
    kept: Iterable[PublicItem],
    on: date,
) -> list[Finding]:
    """Return a finding where the newer version no longer shows some of the people, or where the consent that it
    notes does not cover its publication as that of the older version does."""
    remaining = set(kept)
    gone = [item for item in people if item not in remaining]
    if not gone and _lacking(newer, on) <= _lacking(older, on):
        return []
    message = _("A newer draft changes who is named, shown or quoted, or the consent for it.")
    mend = _("Publish or schedule the newest draft, or restore this version in its history.")
    return [Finding(CODE, message, mend, names=named(gone))]


def _lacking(subject: Translatable, on: date) -> set[str]:
    """Return the codes of what its consent lacks on that day."""
    find = getattr(subject, "consent_findings", None)
    return {finding.code for finding in find(on)} if find else set()
