"""Execution of jobs. Each object is sent in a transaction that also stores the progress, so that an interrupted
job continues where it stopped, and two workers with the same job take turns."""

import logging
import time
from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale

from core.languages.site_languages import admin_language
from core.typed import Translatable
from translation.campaign_contents.to_translate import with_all
from translation.models import NoticeKind, SendJob, SendStatus
from translation.notices.people import people_by_id
from translation.notices.writing import tell
from translation.sending.assign import Changes, assign, assigned_detail
from translation.sending.create import Sent, send
from translation.sending.rules import refusals
from translation.units.states import states_of
from translation.units.summaries import Key

logger = logging.getLogger(__name__)


def run_some(job_id: int, seconds: float) -> bool:
    """Work on a job for about so many seconds, at least on one object, in the language of its user. Return whether
    something is left to do."""
    job = SendJob.objects.select_related("requested_by__wagtail_userprofile").get(pk=job_id)
    until = time.monotonic() + seconds
    with override(admin_language(job.requested_by)):
        if job.status == SendStatus.WAITING:
            _begin(job)
        while step(job_id):
            if time.monotonic() > until:
                return True
    return False


def step(job_id: int) -> bool:
    """Send the next object of a job and return True. If none is left, finish the job and return False; also if it
    is finished."""
    with transaction.atomic():
        job = SendJob.objects.select_for_update().get(pk=job_id)
        if job.is_finished:
            return False
        if job.done >= job.total:
            _finish(job)
            return False
        label, pk = job.objects_to_send[job.done]
        job.problems += _send_one(job, label, pk)
        job.done += 1
        job.save(update_fields=["done", "problems", "assigned", "progressed_at"])
    return True


def _begin(job: SendJob) -> None:
    """Add the related content of the chosen objects that can be sent, and mark the job as running. Do nothing if
    it does not wait any more."""
    chosen = list(filter(None, (_get(label, pk) for label, pk in job.objects_to_send)))
    # Objects that cannot be sent add no related content; the reason is reported when they would be sent.
    refused = refusals(chosen)
    good = [instance for instance in chosen if instance not in refused]
    everything = with_all(good, set(job.locales.values_list("pk", flat=True)))
    everything += [instance for instance in chosen if instance in refused]
    with transaction.atomic():
        locked = SendJob.objects.select_for_update().get(pk=job.pk)
        if locked.status == SendStatus.WAITING:
            locked.status, locked.objects_to_send = SendStatus.RUNNING, [SendJob.pair(each) for each in everything]
            locked.save(update_fields=["status", "objects_to_send", "progressed_at"])


def _get(label: str, pk: int) -> Translatable | None:
    instance = apps.get_model(label)._base_manager.filter(pk=pk).first()
    return getattr(instance, "specific", instance)


def _send_one(job: SendJob, label: str, pk: int) -> list[dict[str, Any]]:
    """Send one object, and return the problems as the job stores them. An unexpected error is logged and is a
    problem too."""
    instance = _get(label, pk)
    if instance is None:
        return [_problem(f"{label} {pk}", _("This item has been deleted."))]
    locales = list(job.locales.all())
    try:
        sent = _try_twice(job, instance, locales)
    except (PermissionDenied, ValidationError) as error:
        return [_problem(str(instance), " ".join(getattr(error, "messages", map(str, error.args))))]
    except Exception:
        logger.exception("%s %s was not sent", label, pk)
        return [_problem(str(instance), _("Could not be sent because of an error. See the site's log."))]
    return [_problem(str(instance), reason, refused=False) for reason in sent.problems]


def _try_twice(job: SendJob, instance: Translatable, locales: list[Locale]) -> Sent:
    """Send and assign an object. Try once more after a database error, since an editor may have created the same
    object meanwhile; the second error is raised."""
    assigned = dict(job.assigned)
    for last in (False, True):
        job.assigned = dict(assigned)
        try:
            with transaction.atomic():
                sent = send(instance, locales, job.requested_by)
                _assign(job, instance, [each.target_locale_id for each in sent.translations])
                return sent
        except DatabaseError:
            if last:
                raise
    raise AssertionError


def _assign(job: SendJob, instance: Translatable, locale_ids: list[int]) -> None:
    """Assign the object's translations into these languages as the job asks for, without those that are ready, and
    count the changes in `job.assigned`, without saving the job."""
    if not locale_ids or not (job.people or job.due):
        return
    key = instance.translation_key
    states = states_of([key], locale_ids, _targets(instance, locale_ids))
    people = people_by_id(job.people.values())
    for locale_id in locale_ids:
        person = people.get(job.people.get(str(locale_id)))
        changes: Changes = {}
        if person:
            changes["person"] = person
        if job.due:
            changes["due"] = job.due
        if (
            changes
            and not states[key, locale_id].is_ready
            and assign([key], locale_id, job.requested_by, **changes)
        ):
            job.assigned[str(locale_id)] = job.assigned.get(str(locale_id), 0) + 1


def _targets(instance: Translatable, locale_ids: Collection[int]) -> dict[Key, bool | None]:
    """Return for each language, out of these, in which an object exists whether it is live there, by key and
    locale id."""
    rows = type(instance)._base_manager.filter(translation_key=instance.translation_key, locale_id__in=locale_ids)
    return {
        (key, locale_id): live for key, locale_id, live in rows.values_list("translation_key", "locale_id", "live")
    }


def _finish(job: SendJob) -> None:
    """Mark a job as finished, or as failed if no object was sent, and notify the translators of what was assigned,
    once for each language."""
    nothing = sum(each["refused"] for each in job.problems) >= job.total
    job.status = SendStatus.FAILED if nothing else SendStatus.DONE
    job.finished_at = timezone.now()
    job.save(update_fields=["status", "finished_at", "progressed_at"])
    people = people_by_id(job.people.values())
    for locale in job.locales.all():
        person, count = people.get(job.people.get(str(locale.pk))), job.assigned.get(str(locale.pk), 0)
        if person and count and job.object_key:
            detail = assigned_detail(count, locale, job.due)
            tell(person, NoticeKind.ASSIGNED, job.object_key, locale.pk, job.title, detail)


def _problem(title: str, reason: str, refused: bool = True) -> dict[str, Any]:
    """Return a problem as a job stores it. `refused` tells that the object was sent into no language."""
    return {"title": title, "reason": reason, "refused": refused}
