"""Done by `manage.py db_worker`, beside the server."""

from django_tasks import task

from translation.sending.run import run_some

SLICE = 5.0
"""Seconds; then other tasks have their turn, and a worker that is told to stop has not long to go."""


@task()
def send_some(job_id: int) -> None:
    if run_some(job_id, SLICE):
        send_some.enqueue(job_id)
