"""The publishing check that compares a version that goes live with a newer draft: the draft must not take back
people, or the consent for them. The version may be scheduled, or approved before the draft was saved."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from datetime import date

from django.utils.translation import gettext as _
from wagtail.models import Revision

from core.context import held
from core.findings import Finding
from core.publishing.confirmation import named
from core.publishing.people import PublicItem
from core.typed import Translatable

CODE = "taken_back"

_was_live: ContextVar[bool] = ContextVar("was_live", default=False)


def as_it_was_live() -> AbstractContextManager[None]:
    """Skip this check inside the context, for a version that was live beside the same newer draft before the
    object was deleted."""
    return held(_was_live, True)


def newest_after(revision: Revision) -> Revision | None:
    """Return the newest revision of the same object. Return None if it is `revision` itself, or if the code runs
    inside `as_it_was_live()`."""
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
    """Return a finding, in a list, if the version `newer` no longer shows some of `people`, or if its consent has
    gaps on the day `on` that the consent of `older` does not have; otherwise an empty list. `people` are the
    public items of `older`, `kept` those of `newer`."""
    remaining = set(kept)
    gone = [item for item in people if item not in remaining]
    if not gone and _lacking(newer, on) <= _lacking(older, on):
        return []
    message = _("A newer draft changes who is named, shown or quoted, or the consent for it.")
    mend = _("Publish or schedule the newest draft, or restore this version in its history.")
    return [Finding(CODE, message, mend, names=named(gone))]


def _lacking(subject: Translatable, on: date) -> set[str]:
    """Return the codes of the findings on the object's consent for that day."""
    find = getattr(subject, "consent_findings", None)
    return {finding.code for finding in find(on)} if find else set()
