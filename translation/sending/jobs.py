"""What is sent together is a job: it is written down, done in the background, and can be followed."""

import datetime
import json
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any

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
"""By the id of the language."""


def request_send(
    instances: Iterable[Translatable],
    locales: Collection[Locale],
    user: User,
    title: str,
    person: User | People | None = None,
    due: datetime.date | None = None,
) -> SendJob:
    """What hangs on the instances is sent as well. One person is for all the languages. Asked again while it waits
    or runs, it is the job that there is. Raises PermissionDenied, and ValidationError where somebody may not
    translate into a language; the rights on each thing are asked when its turn comes."""
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
    # In one transaction: with the tasks in the database there is no job without its task.
    with transaction.atomic():
        take_turns()
        if known := unfinished().filter(asked=job.asked).first():
            return known
        job.save()
        job.locales.set(locales)
        send_some.enqueue(job.pk)
    return job


def _fingerprint(job: SendJob, locales: Collection[Locale]) -> str:
    """Another person or another day is another sending."""
    languages = sorted(locale.pk for locale in locales)
    said = [sorted(job.objects_to_send), languages, sorted(job.people.items()), str(job.due)]
    return sha256(json.dumps(said).encode()).hexdigest()


def unfinished() -> QuerySet[Any]:
    return SendJob.objects.filter(status__in=[SendStatus.WAITING, SendStatus.RUNNING]).order_by("pk")


def resume() -> int:
    """Takes up what a worker that was killed has left. A job that is under way after all is not done twice."""
    jobs = list(unfinished())
    for job in jobs:
        send_some.enqueue(job.pk)
    return len(jobs)
