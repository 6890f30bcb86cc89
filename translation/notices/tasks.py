"""Background tasks of notices, run by `manage.py db_worker`."""

from django_tasks import task

from translation.notices.mail import mail_now


@task()
def mail_notices(pks: list[int]) -> None:
    """Mail those of the notices with these primary keys that are not mailed yet."""
    mail_now(pks)
