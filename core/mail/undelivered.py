"""Undelivered mails: listed for administrators, sent again, and deleted when they are too old."""

import datetime
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from core import work
from core.consent.masking import mask_columns
from core.consent.stores import Store, Subject, register
from core.mail.backend import SEND
from core.mail.delivery import deliver
from core.mail.models import QueuedMail
from core.work import RecordedWork

MOMENT = datetime.timedelta(minutes=2)
"""A mail that waits for less time than this is not listed."""


def undelivered() -> QuerySet[Any]:
    """Return the mails that have failed, refused ones included, or wait for longer than MOMENT, the newest first;
    their texts are not loaded."""
    late = QueuedMail.objects.filter(queued_at__lt=timezone.now() - MOMENT)
    tried = QueuedMail.objects.exclude(last_error="")
    return (late | tried).defer("content").order_by("-pk")


def try_again(pks: Collection[int]) -> int:
    """Record that these mails (primary keys), refused ones included, are to be sent at once. Return how many there
    are; mails whose text was deleted are left out."""
    with transaction.atomic():
        mails = QueuedMail.objects.select_for_update().filter(pk__in=pks).exclude(content={})
        keys = [str(pk) for pk in mails.values_list("pk", flat=True)]
        mails.update(refused_at=None)
        RecordedWork.objects.filter(name=SEND, key__in=keys).delete()
        work.record(SEND, keys)
    return len(keys)


def discard(pks: Collection[int]) -> int:
    """Delete these mails (primary keys), which are then never sent, and return how many."""
    with transaction.atomic():
        RecordedWork.objects.filter(name=SEND, key__in=[str(pk) for pk in pks]).delete()
        return QueuedMail.objects.filter(pk__in=pks).delete()[0]


def give_up_old() -> None:
    """Delete the texts of mails that were not delivered within MAIL_DAYS and mark them as refused; delete their
    rows UNDELIVERED_DAYS later."""
    limit = timezone.now() - datetime.timedelta(days=settings.MAIL_DAYS)
    old = list(QueuedMail.objects.filter(queued_at__lt=limit).exclude(content={}).values_list("pk", flat=True))
    if old:
        RecordedWork.objects.filter(name=SEND, key__in=[str(pk) for pk in old]).delete()
        QueuedMail.objects.filter(pk__in=old).update(content={}, refused_at=timezone.now())
    forgotten = limit - datetime.timedelta(days=settings.UNDELIVERED_DAYS)
    QueuedMail.objects.filter(queued_at__lt=forgotten).delete()


def mask_mails(subject: Subject) -> int:
    """Mask the words of a withdrawn subject in the subjects, texts and errors of queued mails. Return how many
    were changed."""
    return mask_columns(QueuedMail.objects.all(), ("subject", "content", "last_error"), subject.words)


def connect() -> None:
    """Register the delivery as recorded work, and the queue as a store of words (see `core.consent.stores`)."""
    work.register(SEND, deliver, outside=True)
    register(Store(_("Mails not yet sent"), mask_mails, again=True))
