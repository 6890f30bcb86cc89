"""Signal receivers of this app that have no package of their own, and the connection of all others."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection, Locale, Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.signals import page_published, page_slug_changed, post_page_move, pre_page_move, unpublished

from core.addresses.redirects import forget_clashing, forget_on_moving, forget_on_publishing
from core.addresses.siblings import refuse_move
from core.child_rows import children_read
from core.closed import ClosedPage
from core.helplines.models import Helpline
from core.internals.wagtail_admin import BatchRedirectCreator
from core.internals.wagtail_models import CollectionViewRestriction
from core.languages.site_languages import LocaleCodes
from core.media import collections, policies, renditions
from core.media.models import Recording, SiteImage, is_recording
from core.publishing.closing import pages_closed
from core.publishing.confirmation import forget_confirmations
from core.publishing.gate import refuse_base_page
from core.references import files as file_references
from core.rights import register_page_policy
from core.seo import receivers as share
from core.stamps import tags
from core.stamps.changes import watch
from core.stamps.stamping import stamp, stamps
from core.trash import keep, purge, removal
from core.uploads import receivers as metadata


def row_for_recording(instance: AbstractDocument, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: create the Recording of a saved document that is a film or a sound recording, if it has none."""
    if not raw and is_recording(instance.file.name):
        Recording.objects.get_or_create(document=instance)


def references_at_once(instance: Page, **kwargs: Any) -> None:
    """Receiver: update the reference index of a published page at once. Wagtail leaves this to the worker, but the
    permission to change a file depends on the objects that refer to it."""
    page = instance.specific
    with children_read(page):
        ReferenceIndex.create_or_update_for_object(page)


def forget_locales(**kwargs: Any) -> None:
    """Receiver: clear this process's cache of Locales."""
    LocaleCodes.clear()


def everything_changed(**kwargs: Any) -> None:
    """Receiver: stamp everything, as a removal."""
    stamp([tags.EVERYTHING], removal=True)


def database_migrated(**kwargs: Any) -> None:
    """Receiver of `post_migrate`: stamp everything, as migrations change rows without signals."""
    stamps().stamp([tags.EVERYTHING], removal=True)


def watch_changes() -> None:
    """Stamp the changes of this app's and Wagtail's models that readers see."""
    watch(Page, SiteImage, listed=True)
    watch(get_document_model(), Recording, Collection)
    on_all_pages = (Site, Locale, PageViewRestriction, CollectionViewRestriction, Helpline, ClosedPage)
    watch(*on_all_pages, everything=True)
    for signal in (post_page_move, collections.collection_moved, pages_closed):
        signal.connect(everything_changed, dispatch_uid="stamps_everything")
    post_migrate.connect(database_migrated, sender=apps.get_app_config("core"), dispatch_uid="stamps_migrated")


def connect() -> None:
    """Connect all signal receivers of this app, those of its packages included."""
    watch_changes()
    pre_page_move.connect(refuse_move, dispatch_uid="refuse_move")
    BatchRedirectCreator.pre_process = forget_clashing
    post_page_move.connect(forget_on_moving, dispatch_uid="forget_on_moving")
    page_slug_changed.connect(forget_on_moving, dispatch_uid="forget_on_renaming")
    page_published.connect(forget_on_publishing, dispatch_uid="forget_on_publishing")
    page_published.connect(references_at_once, dispatch_uid="references_at_once")
    unpublished.connect(forget_confirmations, dispatch_uid="forget_confirmations")
    pre_save.connect(refuse_base_page, sender=Page, dispatch_uid="refuse_base_page")
    post_save.connect(renditions.record_pictures, sender=SiteImage, dispatch_uid="record_pictures")
    post_save.connect(row_for_recording, sender=get_document_model(), dispatch_uid="row_for_recording")
    collections.connect()
    policies.connect()
    register_page_policy()
    file_references.connect()
    removal.connect()
    renditions.connect()
    metadata.connect()
    keep.connect()
    purge.connect()
    share.connect()
    for signal in (post_save, post_delete):
        signal.connect(forget_locales, sender=Locale, dispatch_uid=f"forget_locales_{id(signal)}")
