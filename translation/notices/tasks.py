"""Background tasks of notices, run by `manage.py db_worker`."""

from django_tasks import task

from translation.notices.mail import mail_now


@task()
def mail_notices(pks: list[int]) -> None:
    """Mail the notices with these primary keys."""
    mail_now(pks)
