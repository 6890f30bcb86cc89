import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.core.management import CommandError
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from core import periodic, work
from core.findings import PublishBlocked
from core.health.errors import is_disk_full
from core.health.heartbeats import SCHEDULER, beat
from core.internals.wagtail_admin import PublishScheduledCommand
from core.outages.errors import is_outage
from core.publishing.schedule import report_blocked, report_failed
from core.typed import Translatable

logger = logging.getLogger(__name__)

Subject = models.Model | Callable[..., object]
"""An object to publish or unpublish, or a function to run."""


class Command(PublishScheduledCommand):
    """Wagtail's command with the periodic jobs and recorded work. If an object cannot be published, those who can
    correct it are notified, it stays scheduled, and the command goes on with the others; only an outage of the
    database stops it."""

    help = "Publishes and unpublishes scheduled content, and runs the other periodic jobs."

    def handle(self, *args: Any, dryrun: bool = False, **options: Any) -> None:
        if dryrun:
            super().handle(*args, dryrun=dryrun, **options)
            return
        self.failed = 0
        # At the beginning and at the end, as a run may take longer than a minute.
        _beat()
        for subject in _expired():
            self._attempt(subject, partial(_unpublish, subject))
        for revision in Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by(
            "approved_go_live_at"
        ):
            self._attempt(revision, partial(_publish, revision))
        for deed in periodic.deeds():
            self._attempt(deed, deed)
        self._perform_recorded()
        _beat()
        if self.failed:
            raise CommandError(f"{self.failed} failed; see the log.")

    def _attempt(self, subject: "Subject", deed: periodic.Deed) -> None:
        """Run `deed` in a transaction, and report and log its failure; `subject` is named in the log. An outage of
        the database is raised; a refusal by publishing checks is not counted as a failure."""
        try:
            with transaction.atomic():
                deed()
        except PublishBlocked as blocked:
            self.stderr.write(blocked.unnamed_summary)
            self._attempt(report_blocked, partial(report_blocked, subject, blocked))
        except Exception as error:
            if is_outage(error):
                raise
            logger.exception("%s was left as it is", _name(subject))
            self.failed += 1
            if isinstance(subject, Revision):
                self._attempt(report_failed, partial(report_failed, subject))

    def _perform_recorded(self) -> None:
        """Do the recorded work that is due, outside of a transaction, as each slice has its own. Log and count an
        error, but raise an outage of the database."""
        try:
            work.perform_due()
        except Exception as error:
            if is_outage(error):
                raise
            logger.exception("Recorded work was interrupted")
            self.failed += 1


def _beat() -> None:
    """Write the scheduler's heartbeat. Raise CommandError if the disk is full."""
    try:
        beat(SCHEDULER)
    except DatabaseError as error:
        if not is_disk_full(error):
            raise
        # A CommandError, so that each run prints one line and no traceback.
        raise CommandError("The disk is full. Free some space and run the command again.") from error


def _expired() -> Iterator[Translatable]:
    """Yield the live pages and snippets whose `expire_at` has passed, pages as instances of `Page`."""
    kinds = [Page, *(m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page))]
    for model in kinds:
        yield from list(
            model._default_manager.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")
        )


def _name(subject: "Subject") -> str:
    """Return the name of a subject for the log: label and primary key of an object, as titles may be people's
    words, or the name of a function."""
    return f"{subject._meta.label} {subject.pk}" if isinstance(subject, models.Model) else repr(subject)


def _unpublish(subject: Translatable) -> None:
    """Unpublish an expired object, unless another run does so or it is not due any more."""
    now = timezone.now()
    rows: models.QuerySet[Any] = type(subject)._base_manager.select_for_update(skip_locked=_skips())
    if row := rows.filter(pk=subject.pk, live=True, expire_at__lt=now).first():
        row.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision) -> None:
    """Publish a scheduled revision, unless another run does so or it is not due any more."""
    rows = Revision.objects.select_for_update(skip_locked=_skips())
    if row := rows.filter(pk=revision.pk, approved_go_live_at__lt=timezone.now()).first():
        row.publish(log_action="wagtail.publish.scheduled")


def _skips() -> bool:
    """Return whether the database can skip locked rows (SQLite cannot)."""
    return connection.features.has_select_for_update_skip_locked
