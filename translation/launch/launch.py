"""Publication of a campaign or an edition in one language as a set, in one transaction."""

from collections.abc import Collection
from contextlib import nullcontext
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from core.findings import PublishBlocked
from core.publishing.forms import ASK
from core.publishing.gate import confirmed
from core.publishing.people import people_digest
from translation.launch.plan import Part, Plan
from translation.models import Launch
from translation.review.publish import publish_approved

ACTION = "translation.launch"


def launch(
    page: Page,
    locale: Locale,
    user: User,
    accepted: Collection[str] = (),
    reason: str = "",
    digest: str = "",
    number: int = 1,
) -> Launch | None:
    """Publish what is reviewed of the campaign or edition `page`, or of its portion with this `number`, in a
    language, and return the record of the
    launch, or None if nothing is left to publish. `accepted` are the translation keys, as strings, of what may be
    missing, for a `reason`. `digest` is that of the people whom the user has confirmed. Raise PermissionDenied,
    LookupError for another page, or ValidationError with the obstacles; then nothing is published or logged."""
    with transaction.atomic():
        # The lock makes launches in one language run one after the other.
        Locale.objects.select_for_update(no_key=True).get(pk=locale.pk)
        plan = Plan(page, locale, number)
        if not plan.may_launch(user):
            raise PermissionDenied
        _check(plan, accepted, reason)
        if not plan.going:
            return None
        plan.examine(user)
        people = [item for part in plan.going for item in part.examined.people]
        if plan.asks and digest != people_digest(plan.people):
            raise ValidationError(ASK)
        with confirmed(user, people) if plan.asks else nullcontext():
            for part in plan.going:
                _publish(part, user)
        return _record(plan, user, reason)


def _check(plan: Plan, accepted: Collection[str], reason: str) -> None:
    """Raise ValidationError if there are obstacles, if something is missing that was not accepted, or if the
    reason is empty although something is missing."""
    if obstacles := plan.obstacles():
        raise ValidationError(obstacles)
    refused = [part for part in plan.missing if str(part.member.key) not in accepted]
    if refused:
        message = ngettext(
            "This item is not reviewed and not selected under “Launch without”: %(titles)s.",
            "These items are not reviewed and not selected under “Launch without”: %(titles)s.",
            len(refused),
        )
        raise ValidationError(message % {"titles": ", ".join(f"“{part.member.title}”" for part in refused)})
    if plan.missing and not reason.strip():
        raise ValidationError(_("Give a reason for launching without these items."))


def _publish(part: Part, user: User) -> None:
    """Publish the approved revision of a part. Raise ValidationError if the publishing gate refuses, or if the
    object is not live afterwards, as with a schedule; PermissionDenied if the user may not publish it."""
    target = part.existing
    try:
        publish_approved(target, user)
    except PublishBlocked as error:
        raise ValidationError(error.summary) from error
    target.refresh_from_db()
    if not target.live:
        raise ValidationError(
            _("“%(title)s” is scheduled for later and would not go live now.") % {"title": target}
        )


def _record(plan: Plan, user: User, reason: str) -> Launch:
    """Store what was published and what was accepted as missing, log the launch on the campaign or edition, and
    return the record."""
    missing, root = plan.missing, plan.root
    assert root is not None  # `Plan.obstacles` refuses a launch without it.
    record = Launch.objects.create(
        object_key=plan.key,
        locale=plan.locale,
        title=plan.title[:255],
        launched_by=user,
        published=[_published(part) for part in plan.going],
        accepted=[
            {
                "key": str(part.member.key),
                "kind": part.member.kind,
                "title": part.member.title,
                "state": part.ready.status,
            }
            for part in missing
        ],
        reason=reason.strip() if missing else "",
    )
    data = {
        "launch": record.pk,
        "published": len(record.published),
        "accepted": [row["title"] for row in record.accepted],
        "reason": record.reason,
    }
    log(instance=root.target, action=ACTION, user=user, data=data)
    return record


def _published(part: Part) -> dict[str, Any]:
    return {
        "key": str(part.member.key),
        "kind": part.member.kind,
        "title": str(part.target),
        "pk": part.existing.pk,
        "revision": part.approved.revision_id,
    }
