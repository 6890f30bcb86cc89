"""A campaign or an edition goes live in a language: all of it, or nothing."""

from collections.abc import Collection
from contextlib import nullcontext

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from core.publishing.findings import PublishBlocked
from core.publishing.forms import ASK
from core.publishing.gate import confirmed
from core.publishing.people import digest_of
from core.publishing.together import together
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
) -> Launch | None:
    """`accepted` are the keys of what may be missing, `digest` is that of the list of people that was confirmed;
    the confirmation is stored with each revision. Everything is asked anew, under a lock: rights, approvals,
    the gate. Returns None where there is nothing left to publish. Raises PermissionDenied, and ValidationError
    that names what stands against it; then nothing has gone live and nothing is logged."""
    with together():
        # Two launches in one language come one after the other.
        Locale.objects.select_for_update(no_key=True).get(pk=locale.pk)
        plan = Plan(page, locale)
        if not plan.may_launch(user):
            raise PermissionDenied
        _check(plan, accepted, reason)
        if not plan.going:
            return None
        plan.examine(user)
        people = [item for part in plan.going for item in part.publication.people]
        if plan.asks and digest != digest_of(plan.people):
            raise ValidationError(ASK)
        with confirmed(user, people) if plan.asks else nullcontext():
            for part in plan.going:
                _publish(part, user)
        return _record(plan, user, reason)


def _check(plan: Plan, accepted: Collection[str], reason: str) -> None:
    if obstacles := plan.obstacles():
        raise ValidationError(obstacles)
    refused = [part for part in plan.missing if str(part.member.key) not in accepted]
    if refused:
        message = ngettext(
            "This is not reviewed, and nobody has accepted that it is missing: %(titles)s.",
            "These are not reviewed, and nobody has accepted that they are missing: %(titles)s.",
            len(refused),
        )
        raise ValidationError(message % {"titles": ", ".join(f"“{part.member.title}”" for part in refused)})
    if plan.missing and not reason.strip():
        raise ValidationError(_("Say why it goes live although something is missing."))


def _publish(part: Part, user: User) -> None:
    try:
        publish_approved(part.target, user)
    except PublishBlocked as error:
        raise ValidationError(error.summary) from error
    part.target.refresh_from_db()
    if not part.target.live:
        raise ValidationError(
            _("“%(title)s” is scheduled for later and would not go live now.") % {"title": part.target}
        )


def _record(plan: Plan, user: User, reason: str) -> Launch:
    missing = plan.missing
    record = Launch.objects.create(
        object_key=plan.key,
        locale=plan.locale,
        title=plan.title[:255],
        launched_by=user,
        published=[
            {
                "key": str(part.member.key),
                "kind": part.member.kind,
                "title": str(part.target),
                "pk": part.target.pk,
                "revision": part.review.revision_id,
            }
            for part in plan.going
        ],
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
    log(instance=plan.root.target, action=ACTION, user=user, data=data)
    return record
