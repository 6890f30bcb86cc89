"""The publishing gate: what is live has passed its checks, by whatever path it went live.

Not every path ends in `publish()`, so `save()` checks as well. The forms (`core.publishing.forms`) check before
it; the middleware answers what is refused elsewhere.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.locks import BaseLock
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision

from core.editing.locks import lock_of
from core.editing.turns import lock_row
from core.publishing import rules, together
from core.publishing.confirmation import Confirmation, confirmed
from core.publishing.findings import Finding, PublishBlocked
from core.publishing.people import PublicItem, PublicPlace
from core.publishing.preview import as_published
from core.publishing.publication import Publication
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

_under_way: ContextVar[dict[tuple[Any, ...], Publication] | None] = ContextVar("under_way", default=None)

# What says where and when an object stands, not what it shows.
_BOOKKEEPING = {
    "address_typed", "alias_of", "content_key", "depth", "draft_title", "expire_at", "expired",
    "first_published_at", "go_live_at",
    "has_unpublished_changes", "last_published_at", "latest_revision", "latest_revision_created_at", "live",
    "live_revision", "locked", "locked_at", "locked_by", "numchild", "owner", "path", "show_in_menus", "slug",
    "url_path", "wagtail_admin_comments",
}  # fmt: skip


class PublishGate(TranslatableMixin):
    """For pages and snippets, before Wagtail's own classes."""

    name_fields: tuple[str, ...] = ()
    """Fields whose text is a name that others may set in quotation marks."""
    quoted_fields: tuple[str, ...] = ()
    """Fields that hold quoted words by themselves, with the consent for them."""
    confirmation: Confirmation | None = None
    """Set by a form in which somebody has confirmed what becomes public; stored with the next revision."""

    def public_items(self) -> list[PublicItem]:
        """Return the names and quoted words that it makes public itself; images are found elsewhere."""
        return []

    def public_places(self) -> list[PublicPlace]:
        """Return where readers find it once it is live."""
        return [PublicPlace(gettext("Search")), PublicPlace(gettext("API"))]

    def publish_findings(self, on: date) -> list[Finding]:
        """What the model itself asks for; the images and pieces that it shows are found elsewhere."""
        return []

    def quotes_of_its_own(self) -> Iterable[Translatable]:
        """Return the quotes that were said in it; those that it points at are found elsewhere."""
        return []

    def publish_with(self) -> list[Translatable]:
        """Drafts that belong to it though nothing in it points at them."""
        return []

    def shown_along(self) -> Iterable[Translatable]:
        """Return what is live already and readers see only while this is live."""
        return []

    def take_along(self, draft: Translatable) -> bool:
        """Whether it has changed a draft that goes live together with it, which has never been live before."""
        return False

    @classmethod
    def from_db(cls, db, field_names, values) -> Translatable:
        instance = super().from_db(db, field_names, values)
        instance._was_live = instance.__dict__.get("live")
        return instance

    def with_content_json(self, content: dict[str, Any]) -> Translatable:
        version = super().with_content_json(content)
        version._was_live = self.__dict__.get("_was_live")
        return version

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self._was_live = self.live

    def publish(self, revision: Revision, user: User | None = None, **kwargs: Any) -> None:
        """Raises PublishBlocked before anything is written, also where the revision is only scheduled."""
        with transaction.atomic():
            lock_row(type(self), self.pk)
            # What was saved until then stays the newest version.
            revision.refresh_from_db()
            self._publish(revision, user, **kwargs)

    def _publish(self, revision: Revision, user: User | None, **kwargs: Any) -> None:
        publication = Publication(revision.as_object(), user or get_active_log_context().user, revision)
        publication.require()
        with _remembered(publication):
            if publication.new_people and publication.assumed:
                publication.assumed.store(revision)
            rules.accepted(self, revision, publication.user)
            if together.is_under_way():
                together.publish(self, revision, user, **kwargs)
            else:
                super().publish(revision, user=user, **kwargs)

    def get_lock(self) -> BaseLock | None:
        return lock_of(self, super().get_lock())

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        revision = super().save_revision(*args, **kwargs)
        if self.confirmation:
            self.confirmation.store(revision)
        return revision

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return it as readers will see it once it is published, drawn completely."""
        with as_published(self):
            response = super().serve_preview(request, mode_name)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises PublishBlocked. A save of single fields is not asked: locks, moves and the like; nor is one
        that changes nothing of what is live already and is shown. What receivers write is written with it."""
        update_fields = kwargs.get("update_fields")
        if update_fields is None:
            self._require_same_state()
        if not self.live or not _could_go_live(update_fields):
            super().save(*args, **kwargs)
            if update_fields is None:
                self._was_live = self.live
            return
        publication = (_under_way.get() or {}).get(_key(self)) or Publication(self, get_active_log_context().user)
        if publication.obstacles and not _shows_the_same(self):
            publication.require()
        # Tells a draft from what somebody has taken offline, also where code made it live.
        self.first_published_at = self.first_published_at or timezone.now()
        super().save(*args, **kwargs)
        if not publication.obstacles:
            publication.publish_companions()
            rules.went_live(self, publication.revision)
        self._was_live = True

    def _require_same_state(self) -> None:
        """Raise PublishBlocked where this save would publish or unpublish what somebody has unpublished or
        published since it was read: only who sets `live` changes it."""
        if not self.live and (against := rules.overwritten(self)):
            raise PublishBlocked(against, self)
        if not self.pk or self._state.adding or self.__dict__.get("_was_live") is not self.live:
            return
        rows = (Page if isinstance(self, Page) else type(self))._base_manager.filter(pk=self.pk).order_by()
        if rows.select_for_update().values_list("live", flat=True).first() is (not self.live):
            raise PublishBlocked([_decided_meanwhile(published=not self.live)], self)


def _decided_meanwhile(published: bool) -> Finding:
    if published:
        message = gettext("Somebody has published it in the meantime, and this was not saved.")
    else:
        message = gettext("Somebody has unpublished it in the meantime, and this was not saved.")
    return Finding("decided_meanwhile", message, gettext("Open it again and make your change there."))


def refuse_base_page(instance: Page, update_fields: frozenset[Any] | None = None, **kwargs: Any) -> None:
    """A receiver for Wagtail's plain Page, which has no gate of its own: moving saves one, and so could
    something that makes it live."""
    if not instance.live or not instance.pk or not _could_go_live(update_fields):
        return
    if not Page.objects.filter(pk=instance.pk, live=True).exists():
        specific = instance.get_specific()
        if isinstance(specific, PublishGate):
            Publication(specific, get_active_log_context().user).require()


def _could_go_live(update_fields: Iterable[str] | None) -> bool:
    return update_fields is None or "live" in update_fields


@contextmanager
def _remembered(publication: Publication) -> Iterator[None]:
    token = _under_way.set({**(_under_way.get() or {}), _key(publication.subject): publication})
    try:
        yield
    finally:
        _under_way.reset(token)


def _key(subject: Translatable) -> tuple[Any, ...]:
    return type(subject), subject.pk


def _shows_the_same(subject: Translatable) -> bool:
    stored = type(subject)._base_manager.filter(pk=subject.pk, live=True).first()
    return stored is not None and shown(stored.serializable_data()) == shown(subject.serializable_data())


def shown(serialized: dict[str, Any]) -> dict[str, Any]:
    """Of a serialized object what readers see of it. A stream is text in there, and PostgreSQL gives the keys of
    its blocks back in an order of its own; a child row gets its number when it is stored."""
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
