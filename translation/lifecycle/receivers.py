"""Connection of the package's receivers and publishing rule."""

from wagtail.signals import unpublished

from core import rules
from translation.lifecycle import archive, purge
from translation.lifecycle.schedule import GoesLiveTogether, expire_others


def connect() -> None:
    archive.connect()
    purge.connect()
    unpublished.connect(expire_others, dispatch_uid="expire_in_other_languages")
    rules.register(GoesLiveTogether())
