"""Signal receivers that record, in the transaction of a change, which entries it affects (`search.following`)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, PageViewRestriction
from wagtail.signals import post_page_move

from campaigns.kinds import BY_MODEL, KINDS
from campaigns.models import Person, Place
from core.internals.wagtail_models import CollectionViewRestriction
from core.media.collections import collection_moved
from core.models import Helpline, Recording
from core.publishing.closing import pages_closed
from core.stamps.changes import is_draft, saves_draft
from core.typed import Translatable
from search import following
from search.helplines import keys_with_helplines
from search.indexer import forget_words
from search.models import Entry
from search.names import NAMED, kinds, pages_naming


def is_unseen(instance: Model, update_fields: Iterable[str] | None) -> bool:
    """Return whether a row was never public and is not, or only the draft of one was saved."""
    return saves_draft(update_fields) or is_draft(instance)


def page_saved(
    instance: Page, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Receiver: record a page whose public content may have changed, and its material if it is not live."""
    if not raw and not is_unseen(instance, update_fields):
        following.record_pages([instance.translation_key])
        if not instance.live:
            pieces_hidden({instance.translation_key})
        if type(instance) is Page:
            # A move saves instances of the base class, and sends its signal after the commit only.
            following.record_branch(instance.path)


def page_going(instance: Page, **kwargs: Any) -> None:
    """Receiver: record a page that is being deleted, and its material."""
    following.record_pages([instance.translation_key])
    pieces_hidden({instance.translation_key})


def pieces_hidden(stories: set[UUID] | QuerySet[Any]) -> None:
    """Record the material that comes from these stories (translation keys): it is hidden everywhere as long as its
    source story is."""
    for kind in KINDS:
        rows = kind.model._base_manager.filter(**{f"{kind.story_field}__translation_key__in": stories}).order_by()
        following.record_pieces(kind, set(rows.values_list("translation_key", flat=True)))


def speaker_changed(
    instance: Person, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Receiver: record the material that is shown with a person, unless only a draft was saved."""
    if not raw and not is_unseen(instance, update_fields):
        for kind in KINDS:
            if kind.people_field:
                named = {f"{kind.people_field}__translation_key": instance.translation_key}
                rows = kind.model._base_manager.filter(**named).order_by()
                following.record_pieces(kind, set(rows.values_list("translation_key", flat=True)))


def piece_changed(
    instance: Translatable, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Receiver: record a row of material, unless only a draft was saved."""
    if not raw and not is_unseen(instance, update_fields):
        following.record_pieces(BY_MODEL[type(instance)], [instance.translation_key])


def name_changed(
    instance: Model,
    raw: bool = False,
    signal: object = None,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Receiver: record the pages that show the name of an object that was saved or deleted, unless only a draft
    was saved. Pages with a saved topic, partner, goal or place, of which there may be thousands, are still found
    until they are written again."""
    if raw or is_unseen(instance, update_fields):
        return
    stays = signal is post_save and isinstance(instance, (*NAMED, Place)) and instance.live
    record = following.record_entries if stays else following.record_pages
    record(pages_naming(instance))


def recording_changed(instance: Recording, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: record the pages that show a recording. Its title and transcript are found only with the consent
    of the persons in it."""
    if not raw:
        following.record_pages(pages_naming(instance.document))


def collection_restricted(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """Receiver: record the pages that show files of a collection whose view restriction has changed."""
    collection_changed(instance.collection)


def collection_changed(instance: Collection, **kwargs: Any) -> None:
    """Receiver: record the pages that show files of a collection that was moved."""
    collections = instance.get_descendants(inclusive=True)
    for kind in (get_image_model(), get_document_model()):
        for file in kind.objects.filter(collection__in=collections):
            following.record_pages(pages_naming(file))


def page_moved(instance: Page, **kwargs: Any) -> None:
    """Receiver: record the pages at and below the new path of a moved page."""
    branch_changed(Page.objects.values_list("path", flat=True).get(pk=instance.pk))


def branch_closed(path: str, **kwargs: Any) -> None:
    """Receiver: record the material of stories that wait to be unpublished or deleted. The pages themselves are
    recorded when that happens."""
    pieces_hidden(Page.objects.filter(path__startswith=path).order_by().values("translation_key"))


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Receiver: record all languages of a page whose view restriction has changed, and the pages below: a page
    that is private in one language is private in all."""
    keys = Page.objects.filter(pk=instance.page_id).values("translation_key")
    for path in Page.objects.filter(translation_key__in=keys).values_list("path", flat=True):
        branch_changed(path)


def branch_changed(path: str) -> None:
    """Record the material of the pages at and below a path, and these pages. `search.query` checks for each search
    whether pages are private, but not whether the source stories of material are."""
    keys = Page.objects.filter(path__startswith=path).order_by().values("translation_key")
    pieces_hidden(keys)
    following.record_branch(path)


def helpline_changed(raw: bool = False, **kwargs: Any) -> None:
    """Receiver: record the pages with helplines. They are not found until they are written again, so that nobody
    is shown an old telephone number."""
    if not raw:
        following.record_pages(keys_with_helplines())


def connect() -> None:
    # A receiver without a sender would make Django collect the rows of every model before deleting them.
    page_models = [each for each in apps.get_models() if issubclass(each, Page)]
    pre_delete.connect(forget_words, sender=Entry, dispatch_uid="search_forget_words")
    post_page_move.connect(page_moved, dispatch_uid="search_page_moved")
    pages_closed.connect(branch_closed, dispatch_uid="search_branch_closed")
    collection_moved.connect(collection_changed, dispatch_uid="search_collection_moved")
    for page in page_models:
        post_save.connect(page_saved, sender=page, dispatch_uid=f"search_{page._meta.label}_saved")
        pre_delete.connect(page_going, sender=page, dispatch_uid=f"search_{page._meta.label}_deleted")
    for name, signal in (("saved", post_save), ("deleted", pre_delete)):
        # pre_delete, because the deletion removes the object from the reference index.
        named: tuple[type[Model], ...] = (*kinds(), Place)
        for kind in named:
            signal.connect(name_changed, sender=kind, dispatch_uid=f"search_name_{kind._meta.label}_{name}")
    for name, signal in (("saved", post_save), ("deleted", post_delete)):
        signal.connect(speaker_changed, sender=Person, dispatch_uid=f"search_speaker_{name}")
        signal.connect(helpline_changed, sender=Helpline, dispatch_uid=f"search_helpline_{name}")
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid=f"search_restriction_{name}")
        signal.connect(
            collection_restricted, sender=CollectionViewRestriction, dispatch_uid=f"search_collection_{name}"
        )
        signal.connect(recording_changed, sender=Recording, dispatch_uid=f"search_recording_{name}")
        for each in KINDS:
            signal.connect(piece_changed, sender=each.model, dispatch_uid=f"search_{each.label}_{name}")
