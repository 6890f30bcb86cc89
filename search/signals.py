"""Whoever changes something that readers see has its pages written anew when the change is certain to stay."""

from collections.abc import Collection
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from campaigns.drawing import model
from campaigns.reach import PIECES
from core.after_commit import AfterCommit
from search.keeping import forget_words
from search.models import Entry
from search.names import kinds, pages_naming
from search.tasks import follow


class Later(AfterCommit):
    """What changed in one transaction is written once, however often it was saved."""

    def __init__(self) -> None:
        self.pages: set[UUID] = set()
        self.pieces: dict[str, set[UUID]] = {}

    def __call__(self) -> None:
        follow(self.pages, self.pieces)


def changed(pages: Collection[UUID] = (), piece: Model | None = None) -> None:
    later = Later.of_transaction()
    later.pages.update(pages)
    if piece is not None:
        later.pieces.setdefault(type(piece).__name__, set()).add(piece.translation_key)
    later.certain()


def page_changed(instance: Model, raw: bool = False, **kwargs) -> None:
    if not raw:
        changed([instance.translation_key])


def speaker_changed(instance: Model, raw: bool = False, **kwargs) -> None:
    if not raw:
        for quote in model("Quote")._base_manager.filter(speaker__translation_key=instance.translation_key):
            changed(piece=quote)


def piece_changed(instance: Model, raw: bool = False, **kwargs) -> None:
    if not raw:
        changed(piece=instance)


def name_changed(instance: Model, raw: bool = False, **kwargs) -> None:
    if not raw:
        changed(pages_naming(instance))


def branch_changed(path: str) -> None:
    keys = Page.objects.filter(path__startswith=path).order_by().values("translation_key")
    changed(Page.objects.filter(translation_key__in=keys).values_list("translation_key", flat=True))


def page_moved(instance: Page, **kwargs) -> None:
    branch_changed(Page.objects.values_list("path", flat=True).get(pk=instance.pk))


def restriction_changed(instance: PageViewRestriction, **kwargs) -> None:
    """What is private in one language is private in all, with what stands beneath it there."""
    keys = Page.objects.filter(pk=instance.page_id).values("translation_key")
    for path in Page.objects.filter(translation_key__in=keys).values_list("path", flat=True):
        branch_changed(path)


def connect() -> None:
    # One for all models would take the fast way of deleting from every one.
    page_models = [each for each in apps.get_models() if issubclass(each, Page)]
    pre_delete.connect(forget_words, sender=Entry, dispatch_uid="search_forget_words")
    post_page_move.connect(page_moved, dispatch_uid="search_page_moved")
    for name, signal in (("saved", post_save), ("deleted", pre_delete)):
        # Before it goes, for afterwards nobody knows where it stood.
        for kind in (*kinds(), model("Place")):
            signal.connect(name_changed, sender=kind, dispatch_uid=f"search_name_{kind._meta.label}_{name}")
    for name, signal in (("saved", post_save), ("deleted", post_delete)):
        for page in page_models:
            signal.connect(page_changed, sender=page, dispatch_uid=f"search_{page._meta.label}_{name}")
        signal.connect(speaker_changed, sender=model("Person"), dispatch_uid=f"search_speaker_{name}")
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid=f"search_restriction_{name}")
        for piece in PIECES:
            signal.connect(piece_changed, sender=model(piece), dispatch_uid=f"search_{piece}_{name}")
