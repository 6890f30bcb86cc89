"""Which pages and lists a change reaches: the page itself, what stands above it, the campaigns, editions, topics
and projects whose stories and words it is among.

Receivers record what has changed in its transaction. What it reaches is asked and written after the commit, and
until then no answer says that nothing has changed (`core.changes.last_unwritten`).
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from campaigns.kinds import BY_LABEL, BY_MODEL, KINDS
from campaigns.models import SDG, Organisation, Person, Place, Topic
from campaigns.models.ties import Tie
from campaigns.reach import STORY_TIES, above, around_material, around_stories, editions_at, showing
from core import changes, work
from core.languages.site_languages import LocaleCodes
from core.models import SiteImage
from core.publishing.closing import pages_closed
from core.typed import Translatable

# What a draft is saved with.
UNSEEN = {
    "draft_title", "expire_at", "go_live_at", "has_unpublished_changes", "latest_revision",
    "latest_revision_created_at", "live_revision", "locked", "locked_at", "locked_by", "numchild", "owner",
    "wagtail_admin_comments",
}  # fmt: skip

AT_ONCE = 200
"""Changes that whoever saves waits for."""

# Each with the names of its ends.
TIES: dict[type[Model], tuple[str, str]] = {
    **{model: ("page", target) for model, target in STORY_TIES.items()},
    **{kind.ties: (kind.tie_field, "campaign") for kind in KINDS},
}


class Reached:
    """What has changed. `code`: of the only language that it was changed in, or ""."""

    def __init__(self) -> None:
        self.marks: set[tuple[UUID, str]] = set()
        self.paths: set[tuple[str, str]] = set()
        self.branches: set[tuple[str, str]] = set()
        self.stories: set[tuple[UUID, str]] = set()
        self.pieces: dict[str, set[UUID]] = {}
        self.shown: set[tuple[type[Model], int]] = set()

    def record(self) -> None:
        """Record it in the running transaction, as lines of three words."""
        lines = {f"mark {key} {code}" for key, code in self.marks}
        lines |= {f"path {path} {code}" for path, code in self.paths}
        lines |= {f"branch {path} {code}" for path, code in self.branches}
        lines |= {f"story {key} {code}" for key, code in self.stories}
        lines |= {f"piece {key} {name}" for name, keys in self.pieces.items() for key in keys}
        lines |= {f"shown {pk} {kind._meta.label}" for kind, pk in self.shown}
        work.record(changes.WORK, lines)

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> "Reached":
        reached = cls()
        for line in lines:
            what, of, name = line.split(" ")
            if what in ("path", "branch"):
                {"path": reached.paths, "branch": reached.branches}[what].add((of, name))
            elif what in ("mark", "story"):
                {"mark": reached.marks, "story": reached.stories}[what].add((UUID(of), name))
            elif what == "piece":
                reached.pieces.setdefault(name, set()).add(UUID(of))
            else:
                reached.shown.add((apps.get_model(name), int(of)))
        return reached

    def write(self) -> None:
        for path, code in self.branches:
            pages = Page.objects.filter(path__startswith=path).order_by()
            below = {(key, code) for key in pages.values_list("translation_key", flat=True)}
            self.marks |= below
            self.stories |= below
            self.paths.add((path, code))
        for code in {code for _path, code in self.paths} | {code for _key, code in self.stories}:
            keys = above({path for path, of in self.paths if of == code})
            keys |= around_stories({key for key, of in self.stories if of == code})
            self.marks |= {(key, code) for key in keys}
        everywhere = showing(self.shown)
        for name, keys in self.pieces.items():
            everywhere |= around_material(BY_LABEL[name], keys)
        changes.write(self.marks | {(key, "") for key in everywhere})


def write(lines: list[str]) -> None:
    Reached.of_lines(lines).write()


def is_unseen(instance: Model, update_fields: Iterable[str] | None) -> bool:
    """It was a draft and is one still, or the draft of something live has been saved."""
    if update_fields is not None and not set(update_fields) - UNSEEN:
        return True
    was_live = getattr(instance, "_was_live", None)
    was_live = bool(getattr(instance, "first_published_at", None)) if was_live is None else was_live
    return not (getattr(instance, "live", True) or was_live)


def page_saved(
    instance: Page, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    if not raw and not is_unseen(instance, update_fields):
        page_changed(instance, LocaleCodes.code(instance.locale_id) if instance.live else "")


def page_going(instance: Page, **kwargs: Any) -> None:
    if not is_unseen(instance, None):
        page_changed(instance, "")
        # Its ties go with it.
        reached = Reached()
        reached.marks |= {(key, "") for key in around_stories({instance.translation_key})}
        reached.record()


def page_changed(page: Page, code: str) -> None:
    """What is gone may have stood in for other languages, and taken its translations along."""
    reached = Reached()
    reached.marks.add((page.translation_key, LocaleCodes.code(page.locale_id)))
    reached.paths.add((page.path, code))
    reached.stories.add((page.translation_key, code))
    reached.record()


def branch_changed(path: str) -> None:
    """In all languages, for what is private in one is private in each."""
    reached = Reached()
    reached.branches.add((path, ""))
    reached.record()


def page_moved(instance: Page, parent_page_before: Page, **kwargs: Any) -> None:
    branch_changed(Page.objects.values_list("path", flat=True).get(pk=instance.pk))
    reached = Reached()
    reached.marks.add((parent_page_before.translation_key, ""))
    reached.record()


def branch_closed(path: str, **kwargs: Any) -> None:
    branch_changed(path)


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    if path := Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first():
        branch_changed(path)


def piece_saved(
    instance: Translatable, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    if not raw and not is_unseen(instance, update_fields):
        reached = Reached()
        reached.pieces.setdefault(BY_MODEL[type(instance)].label, set()).add(instance.translation_key)
        reached.record()


def piece_going(instance: Translatable, **kwargs: Any) -> None:
    """Its ties go with it."""
    if not is_unseen(instance, None):
        reached = Reached()
        keys = around_material(BY_MODEL[type(instance)], {instance.translation_key})
        reached.marks |= {(key, "") for key in keys}
        reached.record()


def tie_made(instance: Tie, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        tie_changed(instance)


def tie_changed(instance: Tie, **kwargs: Any) -> None:
    """Of a story or a piece to a campaign, a topic or a project."""
    of, to = TIES[type(instance)]
    owner, target = getattr(instance, of), getattr(instance, to)
    if is_unseen(owner, None):
        return
    reached = Reached()
    reached.marks.add((target.translation_key, ""))
    if isinstance(owner, Page):
        reached.marks.add((owner.translation_key, LocaleCodes.code(owner.locale_id)))
        if to == "campaign":
            reached.marks |= {(key, "") for key in editions_at({(target.path, owner.date)})}
    reached.record()


def shown_saved(
    instance: Model,
    created: bool = False,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """A picture, a person, a place: what shows it has changed with it."""
    if not created and not raw and not is_unseen(instance, update_fields):
        reached = Reached()
        reached.shown.add((type(instance), instance.pk))
        if key := getattr(instance, "translation_key", None):
            reached.marks.add((key, ""))
        reached.record()


def shown_going(instance: Model, **kwargs: Any) -> None:
    reached = Reached()
    reached.marks |= {(key, "") for key in showing({(type(instance), instance.pk)})}
    if key := getattr(instance, "translation_key", None):
        reached.marks.add((key, ""))
    reached.record()


def connect() -> None:
    work.register(changes.WORK, write, at_once=AT_ONCE, slice_size=AT_ONCE)

    def both(sender: type[Model], saved: Callable[..., None], going: Callable[..., None]) -> None:
        post_save.connect(saved, sender=sender, dispatch_uid=f"changes_{sender._meta.label}_saved")
        pre_delete.connect(going, sender=sender, dispatch_uid=f"changes_{sender._meta.label}_going")

    for page in apps.get_models():
        if issubclass(page, Page):
            both(page, page_saved, page_going)
    for kind in KINDS:
        both(kind.model, piece_saved, piece_going)
    for shown in (Person, Place, Topic, Organisation, SDG, SiteImage):
        both(shown, shown_saved, shown_going)
    for tie in TIES:
        both(tie, tie_made, tie_changed)
    post_page_move.connect(page_moved, dispatch_uid="changes_page_moved")
    pages_closed.connect(branch_closed, dispatch_uid="changes_branch_closed")
    for name, signal in (("saved", post_save), ("deleted", post_delete)):
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid=f"changes_restriction_{name}")
