"""Done by `manage.py db_worker`, beside the server."""

from django_tasks import task

from translation.notices.mail import mail_now


@task()
def mail_notices(pks: list[int]) -> None:
    mail_now(pks)
