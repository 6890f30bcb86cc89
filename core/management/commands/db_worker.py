from typing import Any

from django_tasks_db.management.commands.db_worker import Command as WorkerCommand

from core import work
from core.health.heartbeats import WORKER, Pulse
from core.outages.worker import through_outages


class Command(WorkerCommand):
    """The worker of django-tasks-db, which also writes heartbeats and waits during outages of the database. It
    first resumes the tasks that an earlier worker has not finished."""

    def handle(self, *args: Any, batch: bool, **options: Any) -> None:
        # A batch run ends by itself and does not count as the worker.
        pulse = None if batch else Pulse(WORKER)
        if pulse:
            pulse.start()
        try:
            through_outages(lambda: self._work(*args, batch=batch, **options))
        finally:
            if pulse:
                pulse.end()

    def _work(self, *args: Any, **options: Any) -> None:
        work.resume()
        super().handle(*args, **options)
