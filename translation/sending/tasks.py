"""Background tasks of sending, run by `manage.py db_worker`."""

from django_tasks import task

from translation.sending.job_runner import run_some

SLICE = 5.0
"""Seconds after which a job yields to other tasks, and a worker can stop."""


@task()
def send_some(job_id: int) -> None:
    """Work on a job for SLICE seconds, and enqueue the task again if something is left."""
    if run_some(job_id, SLICE):
        send_some.enqueue(job_id)
