"""Jobs: objects that are sent for translation together, in the background, with their progress stored."""

import datetime
import json
from collections.abc import Collection, Iterable
from hashlib import sha256

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Locale

from core.typed import Translatable
from translation.models import SendJob, SendStatus
from translation.sending.assign import check_person
from translation.sending.rules import may_submit
from translation.sending.tasks import send_some
from translation.sending.turns import take_turns

People = dict[int, User]
"""The translators by the id of the language."""


def request_send(
    instances: Iterable[Translatable],
    locales: Collection[Locale],
    user: User,
    title: str,
    person: User | People | None = None,
    due: datetime.date | None = None,
) -> SendJob:
    """Create a job that sends objects with their related content, enqueue its task and return it, or return the
    unfinished job with the same request. `person` is one translator for all languages, or a dict by locale id.
    Raise PermissionDenied if `user` may not send anything, and ValidationError if a translator may not translate
    into the language. The rights on each object are checked when the job sends it."""
    if not may_submit(user):
        raise PermissionDenied
    people = dict(person) if isinstance(person, dict) else {locale.pk: person for locale in locales if person}
    for locale in locales:
        if locale.pk in people:
            check_person(people[locale.pk], locale)
    instances = list(instances)
    job = SendJob(
        title=title[:255],
        object_key=instances[0].translation_key if instances else None,
        objects_to_send=[SendJob.pair(instance) for instance in instances],
        people={str(locale.pk): people[locale.pk].pk for locale in locales if locale.pk in people},
        due=due,
        requested_by=user,
    )
    job.asked = _fingerprint(job, locales)
    # The tasks are stored in the database: in one transaction, no job is stored without its task.
    with transaction.atomic():
        take_turns()
        if known := unfinished().filter(asked=job.asked).first():
            return known
        job.save()
        job.locales.set(locales)
        send_some.enqueue(job.pk)
    return job


def _fingerprint(job: SendJob, locales: Collection[Locale]) -> str:
    """Return a SHA-256 of what a job is asked for: objects, languages, translators and due date."""
    languages = sorted(locale.pk for locale in locales)
    said = [sorted(job.objects_to_send), languages, sorted(job.people.items()), str(job.due)]
    return sha256(json.dumps(said).encode()).hexdigest()


def unfinished() -> QuerySet[SendJob]:
    """Return the jobs that wait or run, the oldest first."""
    return SendJob.objects.filter(status__in=[SendStatus.WAITING, SendStatus.RUNNING]).order_by("pk")


def resume() -> int:
    """Enqueue the tasks of all unfinished jobs again and return how many. A job that is running after all is not
    done twice."""
    jobs = list(unfinished())
    for job in jobs:
        send_some.enqueue(job.pk)
    return len(jobs)
