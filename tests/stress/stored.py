"""Changes of a readable site (`readable`) that stored pages have to follow."""

import os
import signal

from campaigns.models import NewsPage
from core import work
from core.publishing.gate import confirmed


def story() -> NewsPage:
    return NewsPage.objects.get(locale__language_code="en")


def retitle(title: str) -> None:
    row = story()
    row.title = title
    with confirmed():
        row.save_revision().publish()


def unpublish_and_die() -> None:
    """Unpublish the story, and kill this process as soon as that is committed."""
    work.Recorded.__call__ = lambda self: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    story().unpublish()
