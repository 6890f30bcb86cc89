from wagtail.signals import unpublished

from core.gate import rules
from translation.life import keep, purge
from translation.life.together import GoesLiveTogether, expire_others


def connect() -> None:
    keep.connect()
    purge.connect()
    unpublished.connect(expire_others, dispatch_uid="expire_in_other_languages")
    rules.register(GoesLiveTogether())
