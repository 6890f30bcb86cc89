from wagtail.signals import unpublished

from core.publishing import rules
from translation.lifecycle import archive as keep
from translation.lifecycle import purge
from translation.lifecycle.schedule import GoesLiveTogether, expire_others


def connect() -> None:
    keep.connect()
    purge.connect()
    unpublished.connect(expire_others, dispatch_uid="expire_in_other_languages")
    rules.register(GoesLiveTogether())
