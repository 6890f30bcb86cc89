"""Registration of the helplines' signal receivers, recorded work, periodic job and journal handler."""

from django.db.models.signals import post_delete, pre_delete

from core import periodic, work
from core.helplines import changes, copy, deletion, journal, notices
from core.helplines.models import Helpline


def connect() -> None:
    """Register everything; called once when the apps are ready."""
    work.register(changes.MAIL, notices.mail_changes)
    work.register(changes.COPY, copy.write_copy, at_once=1)
    periodic.register(copy.write_copy)
    journal.connect()
    pre_delete.connect(deletion.refuse_where_shown, sender=Helpline, dispatch_uid="refuse_where_shown")
    post_delete.connect(deletion.record_deletion, sender=Helpline, dispatch_uid="record_deletion")
