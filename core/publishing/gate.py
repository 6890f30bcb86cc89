"""The publishing gate: whatever goes live has passed the publishing checks, whichever code publishes it.

Not all code calls `publish()`, so `save()` runs the checks as well. The forms (`core.publishing.forms`) run them
before saving; the middleware answers requests in which other code was refused.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.fields import StreamField
from wagtail.models import Page, PreviewableMixin, Revision, WorkflowMixin

from core import rules
from core.child_rows import children_read, read_children
from core.context import held
from core.editing.dangling import has_dangling
from core.editing.locks import lock_of
from core.editing.turns import lock_row
from core.findings import Finding, PublishBlocked
from core.internals.wagtail_models import BaseLock, get_active_log_context
from core.publishing.as_published import as_published
from core.publishing.confirmation import Confirmation, confirmed
from core.publishing.people import PublicItem, PublicPlace
from core.publishing.publication import Publication, day_of_going_live
from core.stamps.changes import children_together
from core.typed import Translatable, TranslatableMixin

__all__ = [
    "Finding",
    "Publication",
    "PublishBlocked",
    "PublishGate",
    "confirmed",
    "refuse_base_page",
    "shown",
]

if TYPE_CHECKING:

    class _GateBase(Translatable, WorkflowMixin, PreviewableMixin):
        """The classes that come after `PublishGate` in the bases of a page or snippet."""

        class Meta:
            abstract = True
else:
    _GateBase = TranslatableMixin

_under_way: ContextVar[dict[tuple[Any, ...], Publication] | None] = ContextVar("under_way", default=None)

# Fields that readers do not see: place in the tree, dates, locks and the like.
_BOOKKEEPING = {
    "address_typed", "alias_of", "content_key", "depth", "draft_title", "expire_at", "expired",
    "first_published_at", "go_live_at",
    "has_unpublished_changes", "last_published_at", "latest_revision", "latest_revision_created_at", "live",
    "live_revision", "locked", "locked_at", "locked_by", "numchild", "owner", "path", "show_in_menus", "slug",
    "url_path", "wagtail_admin_comments",
}  # fmt: skip


class PublishGate(_GateBase):
    """The publishing checks for the model of a page or snippet. List this class before Wagtail's classes."""

    name_fields: tuple[str, ...] = ()
    """Fields whose text is a name, which other texts may put in quotation marks."""
    quoted_fields: tuple[str, ...] = ()
    """Fields that hold quoted words for which the object itself records the consent."""
    confirmation: Confirmation | None = None
    """What somebody has confirmed in a form as becoming public; stored with the next revision."""
    examined: tuple[Publication, dict[str, Any]] | None = None
    """What a form has examined that publishes the object, with the content then; kept for the version that is made
    from it."""
    _was_live: bool | None
    """`live` as it was when the object was read or last saved."""

    def public_items(self) -> list[PublicItem]:
        """Return the names and quoted words that this object makes public, by default none. `Publication` finds
        the images and recordings."""
        return []

    def public_places(self) -> list[PublicPlace]:
        """Return the places where readers find this object once it is live, by default the search and the API."""
        return [PublicPlace(gettext("Search")), PublicPlace(gettext("API"))]

    def publish_findings(self, on: date) -> list[Finding]:
        """Return the findings of the model's own checks for a publication on the day `on`, by default none.
        `Publication` checks the images, documents and snippets that the object shows."""
        return []

    def quotes_of_its_own(self) -> Iterable[Translatable]:
        """Return the quotes whose source is this object; quotes that it refers to need not be included."""
        return []

    @classmethod
    def read_for_checks(cls, rows: Sequence[Self]) -> None:
        """Read with stored objects of this class what their publishing checks ask for."""
        read_children(rows)

    def publish_with(self) -> "Iterable[PublishGate]":
        """Return drafts that go live with this object although it does not refer to them."""
        return []

    def shown_along(self) -> "Iterable[PublishGate]":
        """Return live objects that readers see only while this object is live."""
        return []

    def take_along(self, draft: Translatable) -> bool:
        """Adapt a draft that goes live together with this object. Return whether the draft has been changed, by
        default False."""
        return False

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        instance = super().from_db(*args, **kwargs)
        instance._was_live = instance.__dict__.get("live")
        return instance

    def with_content_json(self, content: dict[str, Any]) -> Translatable:
        """Return the version with this content. While a revision is published, return for its content the version
        that was examined."""
        publication = (_under_way.get() or {}).get(_key(self))
        if publication and publication.revision and publication.revision.content is content:
            return publication.subject
        version = super().with_content_json(content)
        version._was_live = self.__dict__.get("_was_live")
        version.examined = self.examined
        if self.examined:
            self._hand_on_streams(version, shown(content))
        return version

    def _hand_on_streams(self, version: Translatable, content: dict[str, Any]) -> None:
        """Give a version the streams that a form has examined, with what was read for them, if they say the
        same."""
        examined, known = self.examined or (None, {})
        for name in (each.name for each in self._meta.concrete_fields if isinstance(each, StreamField)):
            if examined and content[name] == known[name]:
                setattr(version, name, getattr(examined.subject, name))

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False) -> Any:
        """Return the object with this content. Where a row that it refers to is gone, modelcluster decides what
        becomes of that."""
        return super().from_serializable_data(data, check_fks and has_dangling(cls, data), strict_fks)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        # None where it is deferred, as in `from_db()`.
        self._was_live = self.__dict__.get("live")

    def publish(self, revision: Revision, user: User | None = None, **kwargs: Any) -> None:
        """Publish the revision, or schedule it if its go-live date is in the future, with the drafts that go live
        together. Raise PublishBlocked before anything is written if the publishing checks have findings or the
        list “Becomes public” is not confirmed. The row is locked."""
        with transaction.atomic():
            lock_row(type(self), self.pk)
            # Another transaction may have written the revision before this one held the lock.
            revision.refresh_from_db()
            self._publish(revision, user, **kwargs)

    def _publish(self, revision: Revision, user: User | None, **kwargs: Any) -> None:
        row = revision.content_object
        if row.latest_revision_id == revision.pk:
            row.latest_revision = revision
        if row.locale_id == self.locale_id:
            row.locale = self.locale
        subject = row.with_content_json(revision.content)
        publication = Publication(subject, user or get_active_log_context().user, revision)
        publication.require()
        with _remembered(publication):
            if publication.assumed and publication.new_people:
                publication.assumed.store(revision)
            rules.accepted(self, revision, publication.user)
            super().publish(revision, user=user, **kwargs)

    def get_lock(self) -> BaseLock | None:
        return lock_of(self, super().get_lock())

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a revision and store the form's confirmation with it, if there is one. What a form has examined is
        not validated again."""
        if self.examined:
            kwargs.setdefault("clean", False)
        with children_read(self):
            revision = super().save_revision(*args, **kwargs)
        if self.confirmation:
            self.confirmation.store(revision)
        return revision

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the rendered preview of the object in the mode `mode_name`, as readers will see it once it is
        published. Nothing is written. A request with the attribute `is_only_drawn` gets the object alone, without
        the drafts that go live with it and without a transaction."""
        if getattr(request, "is_only_drawn", False):
            return super().serve_preview(request, mode_name)
        with as_published(self):
            response = super().serve_preview(request, mode_name)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the object, in the transaction that a class with this mixin begins; if it is live, publish the
        drafts that go live with it. Raise PublishBlocked if it is live and has obstacles, or if it was published
        or unpublished since it was read. Saves of single fields other than `live` (such as locks and moves), and
        saves of a live object that change nothing that readers see, are not checked."""
        update_fields = kwargs.get("update_fields")
        if update_fields is None:
            self._require_same_state()
        if not self.live or not _could_go_live(update_fields):
            self._save_with_children(*args, **kwargs)
            if update_fields is None:
                self._was_live = self.live
            return
        kept = self._kept()
        if kept and isinstance(self, Page):
            # The form has validated it.
            kwargs.setdefault("clean", False)
        known = (_under_way.get() or {}).get(_key(self)) or kept
        publication = known or Publication(self, get_active_log_context().user)
        if publication.obstacles and not _shows_the_same(self):
            publication.require()
        # This date tells a draft from an unpublished object, also if code sets `live`.
        self.first_published_at = self.first_published_at or timezone.now()
        self._save_with_children(*args, **kwargs)
        if not publication.obstacles:
            publication.publish_companions()
            rules.went_live(self, publication.revision)
        self._was_live = True

    def _save_with_children(self, *args: Any, **kwargs: Any) -> None:
        with children_together(self, kwargs.get("update_fields")):
            super().save(*args, **kwargs)

    def keep_examined(self, publication: Publication) -> None:
        """Keep the publication of this object, which is about to be published."""
        self.examined = publication, shown(self.serializable_data())

    def _kept(self) -> Publication | None:
        """Return the publication that was kept, once, if user, day and content are still the same."""
        if self.examined is None:
            return None
        (publication, content), self.examined = self.examined, None
        user, day = get_active_log_context().user, day_of_going_live(self)
        is_same = (publication.user, publication.day) == (user, day) and content == shown(self.serializable_data())
        return publication if is_same else None

    def _require_same_state(self) -> None:
        """Raise PublishBlocked if the object has been published or unpublished since it was read and this save,
        which leaves `live` as it was read, would undo that, or if a rule forbids saving a draft over the row."""
        if not self.live and (against := rules.overwritten(self)):
            raise PublishBlocked(against, self)
        if not self.pk or self._state.adding or self.__dict__.get("_was_live") is not self.live:
            return
        rows = (Page if isinstance(self, Page) else type(self))._base_manager.filter(pk=self.pk).order_by()
        if rows.select_for_update().values_list("live", flat=True).first() is (not self.live):
            raise PublishBlocked([_decided_meanwhile(published=not self.live)], self)


def _decided_meanwhile(published: bool) -> Finding:
    if published:
        message = gettext("Not saved: somebody else has published this content in the meantime.")
    else:
        message = gettext("Not saved: somebody else has unpublished this content in the meantime.")
    return Finding("decided_meanwhile", message, gettext("Open the content again and repeat your change."))


def gated_snippets() -> list[type[PublishGate]]:
    """Return the models of snippets with publishing checks."""
    return [model for model in apps.get_models() if issubclass(model, PublishGate) and not issubclass(model, Page)]


def refuse_base_page(instance: Page, update_fields: frozenset[Any] | None = None, **kwargs: Any) -> None:
    """Receiver: before a plain `Page` that was not live is saved as live, run the publishing checks of its
    specific object and raise PublishBlocked if there are obstacles. `Page` has no `PublishGate`; Wagtail saves one
    when it moves a page, for example."""
    if not instance.live or not instance.pk or not _could_go_live(update_fields):
        return
    if not Page.objects.filter(pk=instance.pk, live=True).exists():
        specific = instance.get_specific()
        if isinstance(specific, PublishGate):
            Publication(specific, get_active_log_context().user).require()


def _could_go_live(update_fields: Iterable[str] | None) -> bool:
    return update_fields is None or "live" in update_fields


def _remembered(publication: Publication) -> AbstractContextManager[None]:
    return held(_under_way, {**(_under_way.get() or {}), _key(publication.subject): publication})


def _key(subject: Translatable) -> tuple[Any, ...]:
    return type(subject), subject.pk


def _shows_the_same(subject: Translatable) -> bool:
    stored = type(subject)._base_manager.filter(pk=subject.pk, live=True).first()
    return stored is not None and shown(stored.serializable_data()) == shown(subject.serializable_data())


def shown(serialized: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a serialized object that readers see, in a form to compare: streams are parsed, because
    PostgreSQL changes the order of keys in JSON, and child rows lack the primary key, which they get on saving."""
    return {name: _content(value) for name, value in serialized.items() if name not in _BOOKKEEPING}


def _content(value: object) -> object:
    if isinstance(value, list):
        return [{k: v for k, v in row.items() if k != "pk"} if isinstance(row, dict) else row for row in value]
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
