"""The models of this app and of Wagtail whose changes stamp tags."""

from typing import Any

from wagtail.documents import get_document_model
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from core.closed import ClosedPage
from core.helplines.models import Helpline
from core.internals.wagtail_models import CollectionViewRestriction
from core.media.collections import collection_moved
from core.media.models import Recording, SiteImage
from core.publishing.closing import pages_closed
from core.stamps import tags
from core.stamps.changes import watch
from core.stamps.stamping import stamp, stamps


def everything_changed(**kwargs: Any) -> None:
    """Receiver: stamp everything, as a removal."""
    stamp([tags.EVERYTHING], removal=True)


def database_migrated(**kwargs: Any) -> None:
    """Receiver of `post_migrate`: stamp everything, as migrations change rows without signals."""
    stamps().stamp([tags.EVERYTHING], removal=True)


def connect() -> None:
    """Connect the receivers of the models that are not in an app of their own."""
    watch(Page, SiteImage, listed=True)
    watch(get_document_model(), Recording, Collection)
    watch(*(Site, Locale, PageViewRestriction, CollectionViewRestriction, Helpline, ClosedPage), everything=True)
    for signal in (post_page_move, collection_moved, pages_closed):
        signal.connect(everything_changed, dispatch_uid="stamps_everything")
