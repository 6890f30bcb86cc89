from django_tasks import task

from core.share.pictures import keep_pictures


@task()
def make_share_picture(page: int) -> None:
    """Of the page, and of the pages that wear its colour or bear its name where that has changed. Forgets it where
    the page is no more."""
    keep_pictures([page])
