from django_tasks_db.management.commands.db_worker import Command as WorkerCommand

from core.health.heartbeats import WORKER, Pulse


class Command(WorkerCommand):
    """The worker of django-tasks-db, which shows the administrators that it runs."""

    def handle(self, *args, batch: bool, **options) -> None:
        # A batch ends by itself and is nobody's worker.
        pulse = None if batch else Pulse(WORKER)
        if pulse:
            pulse.start()
        try:
            super().handle(*args, batch=batch, **options)
        finally:
            if pulse:
                pulse.end()
